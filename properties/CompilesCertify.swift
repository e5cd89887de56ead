import Architectures
import ExactArithmetic
import LSRL
import PropertyTesting
import Verification

extension Property {
  /// Certificates tell the truth about what a program is compiled to: what has one has the
  /// program's outputs on the tokens that are tried, and the search finds no tokens on which the
  /// outputs differ.
  ///
  /// Where no certificate is found, nothing is said: that is incompleteness, and counted by route
  /// (`CertificateTally`). `docs/trust.md` says how often it happens.
  public static func compilesCertify(
    on architectures: [Architecture], by compilers: Compilers = .standard(largestPath: 20_000),
    bitLimit: Int = 1 << 20
  ) -> Property {
    Property(
      id: "compiles-certify",
      statement: "what the judge certifies has the program's outputs; what it does not is counted"
    ) { run in
      let compilation = Compilation(run.program, for: architectures, by: compilers)
      let results = compilation.results(on: run.tokens, bitLimit: bitLimit)
      var covered: Set<String> = []
      for route in compilation.compiledRoutes {
        let certification = compilation.certification(of: route)
        let isWrong = results.contains {
          if case ($0.route, .wrong) = (route, $0.result) { true } else { false }
        }
        if let refuted = compilation.count(certification, of: route, &covered) {
          return Examination(refuted, covering: covered)
        }
        guard let scope = certification.found?.scope else { continue }
        if isWrong && scope.covers(length: run.tokens.count) {
          return Examination(
            .refuted(kind: "\(route) is wrong and certified", explanation: "\(run.tokens)"),
            covering: covered)
        }
      }
      return Examination(.holds, covering: covered)
    }
  }
}

extension Compilation {
  /// Adds the label of what came of looking for a certificate. Returns what refutes the compilation.
  func count(
    _ certification: Certification, of route: Route, _ covered: inout Set<String>
  ) -> Verdict? {
    switch certification {
    case .certified, .certifiedThrough, .incomplete:
      covered.insert(CertificateTally.label("\(route)", certification.verdict))
    case .different(let tokens):
      return .refuted(kind: "\(route) changes the outputs", explanation: "on \(tokens)")
    }
    return nil
  }
}
