import Architectures
import ExactArithmetic
import LSRL
import PropertyTesting
import Verification

extension Property {
  /// Every compiled form has a certificate that the judge accepts: then its outputs are the
  /// program's on every sequence, not only on those that were tried.
  ///
  /// Undecided where the search finds none. Refuted where the outputs of what was compiled differ
  /// on some tokens, and where something wrong was certified.
  public static func compilesCertify(
    on architectures: [Architecture], by compilers: Compilers = .standard(largestPath: 20_000),
    bitLimit: Int = 1 << 20
  ) -> Property {
    Property(
      id: "compiles-certify",
      statement: "what a program is compiled to has a certificate that the judge accepts"
    ) { run in
      let compilation = Compilation(run.program, for: architectures, by: compilers)
      let results = compilation.results(on: run.tokens, bitLimit: bitLimit)
      var covered: Set<String> = []
      var uncertified: [String] = []
      for route in compilation.compiledRoutes {
        let certification = compilation.certification(of: route)
        let isWrong = results.contains {
          if case ($0.route, .wrong) = (route, $0.result) { true } else { false }
        }
        switch certification {
        case .certified(_, let scope):
          covered.insert("\(route) \(scope)")
          if isWrong && scope.covers(length: run.tokens.count) {
            return Examination(
              .refuted(kind: "\(route) is wrong and certified", explanation: "\(run.tokens)"),
              covering: covered)
          }
        case .different(let tokens):
          return Examination(
            .refuted(kind: "\(route) changes the outputs", explanation: "on \(tokens)"),
            covering: covered)
        case .incomplete(let reason):
          covered.insert("\(route) not certified")
          uncertified.append("\(route): \(reason)")
        }
      }
      let verdict: Verdict =
        uncertified.isEmpty ? .holds : .undecided(uncertified.joined(separator: "; "))
      return Examination(verdict, covering: covered)
    }
  }
}
