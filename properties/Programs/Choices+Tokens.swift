import ExactArithmetic
import LSRL
import PropertyTesting

/// Numbers for tokens; the simplest is 0, or `lower`.
extension Choices {
  mutating func whole(from lower: Int, to upper: Int) -> Rational {
    Rational(lower + index(below: upper - lower + 1))
  }

  /// A fraction of either sign with a small numerator, at most `size`, and a small denominator.
  mutating func fraction(upTo size: Int = 6) -> Rational {
    let position = index(below: 2 * size + 1)
    let numerator = position.isMultiple(of: 2) ? -position / 2 : (position + 1) / 2
    return Rational(numerator, element(of: [1, 2, 3, 4, 7, 10]))
  }

  mutating func fractions(_ count: Int) -> [Rational] { (0..<count).map { _ in fraction() } }

  /// Fractions that are often equal, or as far apart as a ramp of steepness μ is wide.
  mutating func neighbours(_ count: Int, mu: Rational) -> [Rational] {
    let ramp = mu.reciprocal
    let distances = [0, ramp, -ramp, ramp / 2, ramp * ramp, ramp * (1 - ramp)]
    var numbers: [Rational] = []
    for _ in 0..<count {
      let isNear = !numbers.isEmpty && index(below: 2) == 1
      let origin = isNear ? element(of: numbers) : fraction()
      numbers.append(origin + element(of: distances))
    }
    return numbers
  }
}

extension Generator where Value == [[Rational]] {
  /// Sequences of tokens that do not depend on each other.
  static func sequences(
    average: UInt64 = 6, limit: Int = 12,
    of token: @escaping @Sendable (inout Choices) -> [Rational]
  ) -> Generator<[[Rational]]> {
    Generator<[Rational]>(token).list(average: average, limit: limit)
  }
}

extension ConditionalVariant {
  /// Every setting with every variant.
  static func all(_ settings: [[String: ParameterValue]] = [[:]]) -> [[String: ParameterValue]] {
    settings.flatMap { setting in
      allCases.map { setting.merging(["variant": .word($0.rawValue)]) { _, new in new } }
    }
  }
}
