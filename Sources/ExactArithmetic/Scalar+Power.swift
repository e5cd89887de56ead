#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Numbers that can be raised to a power of their own kind, as selective state spaces do with their
/// decays. 0⁰ is 1.
public protocol PowerScalar: Scalar {
  /// Whether 0 · x = 0 and 0 + x = x for every x of this type, so that terms that are zero may be
  /// left out. Not so for floats, where x may be infinite.
  static var isExact: Bool { get }

  /// `self` to the power `exponent`; nil if the result is not a number of this type, or would be
  /// too large to hold.
  func power(_ exponent: Self) -> Self?

  /// The square root; nil if it is not a number of this type.
  var root: Self? { get }

  /// Weights of attention: positive, of sum 1, in the proportions of exp(score / √`dimension`); nil
  /// for exact numbers.
  static func softmax(_ scores: [Self], dimension: Int) -> [Self]?
}

extension Rational: PowerScalar {
  @inlinable
  public static var isExact: Bool { true }

  /// For integers from 0 to `Rational.largestExponent`; 0 and 1 take any other number from 0 too.
  public func power(_ exponent: Rational) -> Rational? {
    guard exponent.signum >= 0 else { return nil }
    if exponent == 0 { return 1 }
    if self == 0 || self == 1 { return self }
    guard exponent.isInteger, let count = exponent.integer, count <= Rational.largestExponent else { return nil }
    return raised(to: UInt(count))
  }
}

extension Interval: PowerScalar {
  @inlinable
  public static var isExact: Bool { true }

  /// For points only.
  public func power(_ exponent: Interval) -> Interval? {
    guard let base = point, let exponent = exponent.point else { return nil }
    return base.power(exponent).map { Interval($0) }
  }
}

extension Double: PowerScalar {
  @inlinable
  public static var isExact: Bool { false }

  /// C's `pow`; the base itself for exponent 1.
  public func power(_ exponent: Double) -> Double? { exponent == 1 ? self : pow(self, exponent) }
}

extension Float: PowerScalar {
  @inlinable
  public static var isExact: Bool { false }

  /// C's `powf`; the base itself for exponent 1.
  public func power(_ exponent: Float) -> Float? { exponent == 1 ? self : pow(self, exponent) }
}
