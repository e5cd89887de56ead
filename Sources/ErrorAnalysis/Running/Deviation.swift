import ExactArithmetic

/// Where float − exact lies: within `radius` of `center`. A radius of infinity says that nothing is
/// known.
///
/// Invariants: the center is finite; the radius is not negative and no NaN; unknown ones have the
/// center 0.
public struct Deviation: Hashable, Sendable, BitwiseCopyable {
  public let center: Double
  public let radius: Double

  /// No error at all.
  public static let zero = Deviation(center: 0, radius: 0)

  public static let unknown = Deviation(center: 0, radius: .infinity)

  /// Unknown if one of the two is no finite number.
  @inline(__always)
  public init(_ center: Double, _ radius: Double) {
    let isKnown = center.magnitude < .infinity && radius < .infinity
    self.center = isKnown ? center : 0
    self.radius = isKnown ? radius : .infinity
  }

  @inline(__always)
  private init(center: Double, radius: Double) {
    self.center = center
    self.radius = radius
  }

  /// The deviation of `float` from `exact`; unknown if the float is not finite.
  public init(of float: Double, from exact: Rational) {
    guard let value = Rational(exactly: float) else {
      self = .unknown
      return
    }
    let error = value - exact
    let center = Double(nearest: error)
    guard let rounded = Rational(exactly: center) else {
      self = .unknown
      return
    }
    self.init(center, Double.upperBound(of: (error - rounded).magnitude))
  }

  @inline(__always)
  public var isZero: Bool { center == 0 && radius == 0 }

  @inline(__always)
  public var isUnknown: Bool { radius == .infinity }

  /// An upper bound of |float − exact|.
  @inline(__always)
  public var bound: Double { center.magnitude.upward(plus: radius) }
}

extension Double {
  /// Some number that is not smaller than `exact` ≥ 0; 0 for 0 only.
  static func upperBound(of exact: Rational) -> Double {
    let nearest = Double(nearest: exact)
    guard let rounded = Rational(exactly: nearest) else { return .infinity }
    return rounded < exact ? nearest.above : nearest
  }
}

// MARK: - Arithmetic

extension Deviation {
  @inline(__always)
  static func + (left: Deviation, right: Deviation) -> Deviation {
    if left.isZero { return right }
    if right.isZero { return left }
    let sum = left.center + right.center
    let lost = left.center.sumError(right.center, sum).magnitude
    return Deviation(sum, left.radius.upward(plus: right.radius).upward(plus: lost))
  }

  /// Times a float.
  @inline(__always)
  func scaled(by factor: Double) -> Deviation {
    if isZero || factor == 0 { return .zero }
    let product = factor * center
    let radius = factor.magnitude.upward(times: radius)
    return Deviation(product, radius.upward(plus: Deviation.slack(ofProduct: product, center)))
  }

  /// An upper bound of what rounding to `product` loses: u |product|, and the smallest number for
  /// underflow.
  @inline(__always)
  static func slack(ofProduct product: Double, _ factor: Double) -> Double {
    factor == 0 ? 0 : (product.magnitude * 0x1p-53).above
  }

  /// What encloses `lower...upper`.
  @inline(__always)
  init(lower: Double, upper: Double) {
    if lower == 0, upper == 0 {
      self = .zero
      return
    }
    let middle = lower * 0.5 + upper * 0.5
    let reach = Swift.max(upper - middle, middle - lower).above
    self.init(middle, reach)
  }

  /// Where `float` − error lies, which is the exact number.
  @inline(__always)
  func exact(of float: Double) -> (lower: Double, upper: Double) {
    if isZero { return (float, float) }
    let middle = float - center
    return ((middle.nextDown - radius).nextDown, (middle.nextUp + radius).nextUp)
  }

  /// The deviation of max(0, float), if this is the deviation of `float`.
  @inline(__always)
  func throughReLU(of float: Double) -> Deviation {
    if isZero { return .zero }
    let (lower, upper) = exact(of: float)
    if lower >= 0, float >= 0 { return self }
    if upper <= 0, float <= 0 { return .zero }
    let value = Swift.max(float, 0)
    let least = Swift.max(lower, 0)
    let most = Swift.max(upper, 0)
    return Deviation(
      lower: value == most ? 0 : (value - most).nextDown,
      upper: value == least ? 0 : (value - least).nextUp)
  }
}

/// An exact factor, as deviations are multiplied by it.
struct Factor: Sendable, BitwiseCopyable {
  let nearest: Double

  /// Upper bounds of the factor's magnitude, and of its distance from `nearest`.
  let magnitude: Double
  let distance: Double
  let isUnit: Bool

  init(_ exact: Rational) {
    nearest = Double(nearest: exact)
    magnitude = Double.upperBound(of: exact.magnitude)
    if let rounded = Rational(exactly: nearest) {
      distance = Double.upperBound(of: (exact - rounded).magnitude)
    } else {
      distance = .infinity
    }
    isUnit = exact == 1 || exact == -1
  }

  @inline(__always)
  func times(_ deviation: Deviation) -> Deviation {
    if deviation.isZero { return .zero }
    let product = nearest * deviation.center
    if isUnit { return Deviation(product, deviation.radius) }
    let radius = magnitude.upward(times: deviation.radius)
      .upward(plus: Deviation.slack(ofProduct: product, deviation.center))
      .upward(plus: distance.upward(times: deviation.center.magnitude))
    return Deviation(product, radius)
  }
}
