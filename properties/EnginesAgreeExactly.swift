import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

extension Property {
  /// The exact engine computes with floats that it trusts never to round, with whole numbers of 128
  /// bits, and with integers over common denominators in which nothing is checked: flags, scales
  /// and bounds had better be right.
  ///
  /// Each case runs the program, its lean path and its networks by every tier that can, on the
  /// tokens as they are and on the tokens with powers of a large number put in, so that values
  /// cross from one tier to the next; then on all of these side by side.
  public static let enginesAgreeExactly = Property(
    id: "engines-agree-exactly",
    statement: "each tier of the exact engine gives what the interpreter and the layers' equations "
      + "give, whatever the size of the numbers"
  ) { run in
    var covered: Set<String> = []
    for (name, subject) in run.engineSubjects {
      guard let tape = subject.exactTape else {
        return Examination(.refuted(kind: "no tape", explanation: name), covering: covered)
      }
      do {
        let engine = ExactEngine(tape)
        var sequences: [[[Rational]]] = []
        var results: [[[Rational]]] = []
        for scale in [0, 14, 40] as [UInt] {
          let tokens = run.tokens(scaledBy: scale)
          guard let expected = try? subject.run(tokens, bitLimit: 1 << 20) else {
            return Examination(.undecided("too large to evaluate"), covering: covered)
          }
          for tier in ExactEngine.Tier.allCases {
            guard let found = try engine.run(tokens, by: tier) else { continue }
            covered.insert(tier.rawValue)
            guard found == expected else {
              return Examination(
                .refuted(
                  kind: "other outputs",
                  explanation: "\(name) by \(tier.rawValue), on \(tokens): expected "
                    + "\(expected), found \(found)"), covering: covered)
            }
          }
          sequences += [tokens, Array(tokens.prefix(tokens.count / 2))]
          results += [expected, Array(expected.prefix(tokens.count / 2))]
        }
        guard try engine.run(sequences: sequences) == results else {
          return Examination(
            .refuted(kind: "other outputs", explanation: "\(name), side by side"),
            covering: covered)
        }
        covered.insert(name)
      } catch {
        return Examination(
          .refuted(kind: "an error", explanation: "\(name), \(error)"), covering: covered)
      }
    }
    return Examination(.holds, covering: covered)
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
