import ExactArithmetic

/// What bounds believe about rounding in a format. `NearestEven` is what is true; tests bring
/// models that are wrong on purpose, and must see them refuted.
///
/// Everything is computed in binary64, of which all formats are part.
public protocol RoundingModel: Sendable {
  associatedtype Number: FormattedNumber

  /// How far a weight or an input is from what it is rounded to.
  static func deviation(of float: Double, from exact: Rational) -> Deviation

  /// |rnd(z) − z| ≤ `productUnit` |rnd(z)| + `leastStep` for products, the latter where something
  /// underflows.
  static var productUnit: Double { get }
  static var leastStep: Double { get }

  /// Where rnd(left · right) − left · right lies, `product` being the rounded one and finite.
  static func productDeviation(_ left: Double, _ right: Double, _ product: Double) -> Deviation

  /// What is known about a value that is not finite: nothing, even where a ReLU makes 0 of −∞.
  static func deviation(ofNonFinite value: Double) -> Deviation
}

extension RoundingModel {
  public static func deviation(of float: Double, from exact: Rational) -> Deviation {
    Deviation(of: float, from: exact)
  }

  @inline(__always)
  public static var productUnit: Double { unit }

  @inline(__always)
  public static var leastStep: Double { leastNonzero }

  public static func deviation(ofNonFinite value: Double) -> Deviation { .unknown }

  @inline(__always)
  public static func productDeviation(
    _ left: Double, _ right: Double, _ product: Double
  ) -> Deviation {
    if left == 0 || right == 0 { return .zero }
    if isShort {
      // At most 50 bits, none of them below 2^−1074: binary64 holds the product.
      return Deviation(product - left * right, 0)
    }
    // Within these borders Dekker's product neither overflows nor loses a bit.
    if product.magnitude >= 0x1p-900, left.magnitude < 0x1p900, right.magnitude < 0x1p900 {
      return Deviation(-dekkerError(left, right, product), 0)
    }
    return Deviation(0, (product.magnitude * productUnit).above.upward(plus: leastStep))
  }
}

extension RoundingModel {
  /// u of the format.
  @inline(__always)
  static var unit: Double { Number.unit }

  /// eta of the format.
  @inline(__always)
  static var leastNonzero: Double { Number.leastNonzero }

  @inline(__always)
  static var isShort: Bool { Number.unit > 0x1p-53 }

  /// Products that are smaller may have underflowed. For binary64 more than that: there the bounds
  /// themselves underflow, which are in binary64 too.
  @inline(__always)
  static var underflowThreshold: Double {
    isShort ? Number.leastNonzero / Number.unit : 0x1p-900
  }

  /// Where rnd(left + right) − (left + right) lies, `sum` being the rounded one and finite.
  @inline(__always)
  static func sumDeviation(_ left: Double, _ right: Double, _ sum: Double) -> Deviation {
    guard isShort else { return Deviation(-left.sumError(right, sum), 0) }
    // left + right = wide + rest exactly, and wide − sum is exact: they are neighbours.
    let wide = left + right
    let lost = (wide - sum) + left.sumError(right, wide)
    return lost == 0 ? .zero : Deviation(-lost, lost.magnitude * 0x1p-52)
  }

  /// `left` · `right` − `product`, exactly (Dekker, Veltkamp).
  @inline(__always)
  static func dekkerError(_ left: Double, _ right: Double, _ product: Double) -> Double {
    let a = left.halves
    let b = right.halves
    return ((a.high * b.high - product) + a.high * b.low + a.low * b.high) + a.low * b.low
  }
}

extension Double {
  /// Two halves of at most 26 bits each, signs included, that make up this number.
  @inline(__always)
  var halves: (high: Double, low: Double) {
    let shifted = 134_217_729 * self
    let high = shifted - (shifted - self)
    return (high, self - high)
  }
}

/// Rounding to nearest, ties to even, as `Tape` promises.
public enum NearestEven<Number: FormattedNumber>: RoundingModel {}
