import Compiler
import ExactArithmetic
import LSRL
import PropertyTesting
import Verification

extension Property {
  /// Two compilers that share no code, checked against each other and against the program.
  public static func compilersAgree(by compilers: Compilers) -> Property {
    Property(
      id: "compilers-agree",
      statement: "the program, its path by the rules and its lean path have the same outputs"
    ) { run in
      let compilation = Compilation(run.program, for: [], by: compilers)
      for (route, result) in compilation.results(on: run.tokens, bitLimit: 1 << 20) {
        switch result {
        case .right, .refused: continue
        case .undecided(let reason): return Examination(.undecided("\(route): \(reason)"))
        case .wrong(let difference):
          return Examination(
            .refuted(kind: "\(route) changes the outputs", explanation: "\(difference)"))
        }
      }
      return Examination(.holds, covering: compilation.labels)
    }
  }
}
