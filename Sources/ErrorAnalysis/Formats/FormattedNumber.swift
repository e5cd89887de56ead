import ExactArithmetic

/// The numbers of a format, each operation rounded to nearest, ties to even.
///
/// Every format in the catalogue is part of binary64, so a number is known by its `double`, with
/// infinities and NaN.
public protocol FormattedNumber: Scalar {
  static var format: FloatFormat { get }

  /// u = 2^−p.
  static var unit: Double { get }

  /// eta, the smallest subnormal number.
  static var leastNonzero: Double { get }

  var double: Double { get }

  /// `double` rounded to this format.
  init(rounding double: Double)

  /// `double` rounded to this format: the hot form.
  static func round(_ double: Double) -> Double
}

extension FormattedNumber {
  /// The number itself; nil for infinities and NaN.
  public var exact: Rational? { Rational(exactly: double) }
}

extension Double: FormattedNumber {
  public static var format: FloatFormat { .binary64 }

  @inlinable public static var unit: Double { 0x1p-53 }
  @inlinable public static var leastNonzero: Double { 0x1p-1074 }

  @inlinable
  public var double: Double { self }

  @inlinable
  public init(rounding double: Double) { self = double }

  @inlinable @inline(__always)
  public static func round(_ double: Double) -> Double { double }
}

extension Float: FormattedNumber {
  public static var format: FloatFormat { .binary32 }

  @inlinable public static var unit: Double { 0x1p-24 }
  @inlinable public static var leastNonzero: Double { 0x1p-149 }

  @inlinable
  public var double: Double { Double(self) }

  @inlinable
  public init(rounding double: Double) { self = Float(double) }

  @inlinable @inline(__always)
  public static func round(_ double: Double) -> Double { Double(Float(double)) }
}
