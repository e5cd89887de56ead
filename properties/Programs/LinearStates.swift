import ExactArithmetic
import LSRL
import PropertyTesting

/// Programs that are nothing but one linear recurrence.
extension ExampleProgram {
  static let delay = ExampleProgram(
    id: "delay",
    title: "the token of n steps ago",
    settings: [[:], ["n": .number(1)], ["n": .number(8)]],
    specify: { tokens, parameters in
      let n = parameters.count("n")
      return tokens.indices.map { $0 < n ? [0] : tokens[$0 - n] }
    },
    tokens: { _ in .sequences(average: 10, limit: 20) { $0.fractions(1) } })

  /// By the sum that the recurrence stands for: (1 − α) Σ α^(t−k) x_k.
  static let movingAverage = ExampleProgram(
    id: "moving-average",
    title: "the exponential moving average",
    settings: [
      [:], ["alpha": .number(Rational(2, 3))], ["alpha": .number(-1)], ["alpha": .number(0)],
    ],
    specify: { tokens, parameters in
      let alpha = parameters.number("alpha")
      return tokens.indices.map { now in
        (0..<2).map { coordinate in
          (0...now).reduce(Rational(0)) { sum, then in
            sum + (1 - alpha) * alpha.raised(to: UInt(now - then)) * tokens[then][coordinate]
          }
        }
      }
    },
    tokens: { _ in .sequences { $0.fractions(2) } })

  /// By binomial coefficients: F_t = Σ_k C(t−1−k, k).
  static let fibonacci = ExampleProgram(
    id: "fibonacci",
    title: "the Fibonacci numbers",
    specify: { tokens, _ in
      tokens.indices.map { t in
        let terms = t == 0 ? 0...0 : 0...(t - 1) / 2
        return [t == 0 ? 0 : terms.reduce(0) { $0 + binomial(t - 1 - $1, $1) }]
      }
    },
    tokens: { _ in .sequences(average: 40, limit: 120) { _ in [0] } })

  private static func binomial(_ n: Int, _ k: Int) -> Rational {
    (0..<k).reduce(1) { $0 * Rational(n - $1) / Rational($1 + 1) }
  }

  static let countdown = ExampleProgram(
    id: "countdown",
    title: "what is left of the initial state",
    settings: [[:], ["start": .number(Rational(-1, 3))]],
    specify: { tokens, parameters in
      tokens.indices.map { now in
        [parameters.number("start") - tokens[...now].reduce(0) { $0 + $1[0] }]
      }
    },
    tokens: { _ in .sequences { $0.fractions(1) } })
}
