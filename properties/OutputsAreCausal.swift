import ExactArithmetic
import LSRL
import PropertyTesting

extension Property {
  /// An output depends on the tokens up to its own: what comes later changes nothing, and a run
  /// leaves nothing behind for the next.
  public static let outputsAreCausal = Property(
    id: "outputs-are-causal",
    statement: "the outputs of a prefix are the prefix of the outputs, on every run"
  ) { run in
    var interpreter = Interpreter<Rational>(run.program.graph, bitLimit: 1 << 20)
    guard let whole = try? interpreter.run(run.tokens) else {
      return Examination(.undecided("too large to evaluate"))
    }
    for length in run.tokens.indices {
      guard let part = try? interpreter.run(Array(run.tokens[..<length])) else {
        return Examination(.undecided("too large to evaluate"))
      }
      guard part == Array(whole[..<length]) else {
        return Examination(
          .refuted(
            kind: "a prefix has other outputs",
            explanation: "\(length) tokens give \(part), all give \(whole)"))
      }
    }
    return Examination(.holds)
  }
}
