import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

extension Property {
  /// The exact engine computes with integers over common denominators, and nothing is checked while
  /// it does: the bounds that it trusts had better be right.
  ///
  /// Each case runs the program and its lean path, on the tokens as they are and on the tokens with
  /// powers of a large number put in, so that values cross from one limb to two and beyond.
  public static let enginesAgreeExactly = Property(
    id: "engines-agree-exactly",
    statement: "the exact engine gives what the interpreter gives, whatever the size of the numbers"
  ) { run in
    var tiers: Set<String> = []
    for (name, graph, tape) in run.tapes {
      let engine = ExactEngine(tape)
      for scale in [0, 14, 40] as [UInt] {
        let tokens = run.tokens(scaledBy: scale)
        var interpreter = Interpreter<Rational>(graph, bitLimit: 1 << 20)
        guard let expected = try? interpreter.run(tokens) else {
          return Examination(.undecided("too large to evaluate"), covering: tiers)
        }
        let found: [[Rational]]
        do {
          found = try engine.run(tokens)
        } catch {
          return Examination(
            .refuted(kind: "an error", explanation: "\(name), \(error)"), covering: tiers)
        }
        guard found == expected else {
          return Examination(
            .refuted(
              kind: "other outputs",
              explanation: "\(name), on \(tokens): expected \(expected), found \(found)"),
            covering: tiers)
        }
      }
      tiers.formUnion(engine.tiersUsed)
    }
    return Examination(.holds, covering: tiers)
  }
}

extension ProgramCase {
  /// The tokens with every other number times or over a power of a number with many digits.
  fileprivate func tokens(scaledBy exponent: UInt) -> [[Rational]] {
    guard exponent > 0 else { return tokens }
    let scale = Rational(10).raised(to: exponent) + 7
    return tokens.enumerated().map { time, token in
      token.enumerated().map { place, value in
        switch (time + 2 * place) % 3 {
        case 0: value * scale
        case 1: value
        default: value / scale
        }
      }
    }
  }
}
