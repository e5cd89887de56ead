import ExactArithmetic

/// Sums, products and quotients of doubles, rounded up or down.
///
/// Tight wherever the error of the nearest double can be had exactly: by Knuth's TwoSum for sums,
/// which never fails short of overflow, by a fused multiply-add for products and quotients that
/// are far from underflow; elsewhere one place wider. 0 · ∞ is 0, because an infinite bound stands
/// for numbers without bound, and all of them are numbers.
enum Directed {
  static func sumUp(_ a: Double, _ b: Double) -> Double {
    let sum = a + b
    guard sum.isFinite else { return limit(sum, isReal: a.isFinite && b.isFinite) }
    return sumError(a, b, sum) > 0 ? sum.nextUp : sum
  }

  static func sumDown(_ a: Double, _ b: Double) -> Double { -sumUp(-a, -b) }

  /// a + b − `sum`, exactly, where `sum` is the double nearest to a + b and finite.
  static func sumError(_ a: Double, _ b: Double, _ sum: Double) -> Double {
    let right = sum - a
    return (a - (sum - right)) + (b - right)
  }

  static func productUp(_ a: Double, _ b: Double) -> Double {
    if a == 0 || b == 0 { return 0 }
    let product = a * b
    guard product.isFinite else { return limit(product, isReal: a.isFinite && b.isFinite) }
    guard product.magnitude > farFromUnderflow else { return product.nextUp }
    return (-product).addingProduct(a, b) > 0 ? product.nextUp : product
  }

  static func productDown(_ a: Double, _ b: Double) -> Double { -productUp(-a, b) }

  static func quotientUp(_ a: Double, _ b: Double) -> Double {
    if a == 0 { return 0 }
    let quotient = a / b
    guard quotient.isFinite else { return limit(quotient, isReal: a.isFinite && b != 0) }
    return isAtLeast(quotient, a, over: b) == true ? quotient : quotient.nextUp
  }

  static func quotientDown(_ a: Double, _ b: Double) -> Double { -quotientUp(-a, b) }

  /// A double that no double between it and a/b exceeds: the largest that is not above a/b, or a
  /// larger one. For bounds on what is known to be a double.
  static func largestBelow(quotient a: Double, _ b: Double) -> Double {
    if a == 0 { return 0 }
    let quotient = a / b
    guard quotient.isFinite else { return .infinity }
    return isAtLeast(-quotient, -a, over: b) == false ? quotient.nextDown : quotient
  }

  private static let farFromUnderflow = 0x1p-900

  /// Whether `quotient` ≥ a/b; nil if rounding hides it.
  private static func isAtLeast(_ quotient: Double, _ a: Double, over b: Double) -> Bool? {
    guard a.magnitude > farFromUnderflow, quotient.magnitude > farFromUnderflow else { return nil }
    let excess = (-a).addingProduct(quotient, b)
    return b > 0 ? excess >= 0 : excess <= 0
  }

  /// The upper bound that an infinite or undefined result stands for.
  private static func limit(_ result: Double, isReal: Bool) -> Double {
    result == -.infinity && isReal ? -.greatestFiniteMagnitude : result.isNaN ? .infinity : result
  }

  /// The smallest double that is not below `value`.
  static func up(_ value: Rational) -> Double {
    let nearest = Double(nearest: value)
    guard let exact = Rational(exactly: nearest) else {
      return nearest > 0 ? .infinity : -.greatestFiniteMagnitude
    }
    return exact < value ? nearest.nextUp : nearest
  }

  static func down(_ value: Rational) -> Double { -up(-value) }
}
