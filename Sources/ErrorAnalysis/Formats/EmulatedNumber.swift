import ExactArithmetic

/// A format whose arithmetic is emulated; the numbers are those of `FloatFormat`.
public protocol EmulatedFormat: Sendable {
  static var name: String { get }
  static var precision: Int { get }
  static var minimumExponent: Int { get }
  static var maximumExponent: Int { get }
}

/// A number of a short format, whose operations are those of binary64, rounded.
///
/// Rounding twice is rounding once here. Let p ≤ 25 be the precision. A product of two numbers has
/// at most 2p bits and no digit below 2^−1074, so binary64 holds it. A sum in the subnormal range
/// is exact; any other is rounded to 53 ≥ 2p + 2 bits first, which hides no tie (Figueroa 1995).
public struct EmulatedNumber<Format: EmulatedFormat>: Hashable, Sendable {
  public let double: Double

  @inlinable
  init(unchecked double: Double) { self.double = double }
}

/// IEEE 754's half precision.
public enum HalfPrecision: EmulatedFormat {
  public static var name: String { "binary16" }
  @inlinable public static var precision: Int { 11 }
  @inlinable public static var minimumExponent: Int { -24 }
  @inlinable public static var maximumExponent: Int { 15 }
}

/// The upper half of a binary32, as accelerators have it; with subnormals and ties to even.
public enum BrainPrecision: EmulatedFormat {
  public static var name: String { "bfloat16" }
  @inlinable public static var precision: Int { 8 }
  @inlinable public static var minimumExponent: Int { -133 }
  @inlinable public static var maximumExponent: Int { 127 }
}

public typealias Binary16 = EmulatedNumber<HalfPrecision>
public typealias BFloat16 = EmulatedNumber<BrainPrecision>

extension EmulatedNumber: FormattedNumber {
  public static var format: FloatFormat {
    FloatFormat(
      name: Format.name, precision: Format.precision, minimumExponent: Format.minimumExponent,
      maximumExponent: Format.maximumExponent)
  }

  @inlinable public static var unit: Double {
    Double(sign: .plus, exponent: -Format.precision, significand: 1)
  }

  @inlinable public static var leastNonzero: Double {
    Double(sign: .plus, exponent: Format.minimumExponent, significand: 1)
  }

  @inlinable
  public init(rounding double: Double) { self.init(unchecked: Self.round(double)) }

  @inlinable
  public static func round(_ double: Double) -> Double {
    guard double.isFinite, double != 0 else { return double }
    let binade = Int(double.exponent)
    let unit = max(binade - Format.precision + 1, Format.minimumExponent)
    // Beside 1.5 · 2^(unit + 52) binary64 has just the multiples of 2^unit, evens at even places.
    let anchor = Double(sign: .plus, exponent: unit + 52, significand: 1.5)
    let magnitude = (double.magnitude + anchor) - anchor
    let isFinite = magnitude == 0 || Int(magnitude.exponent) <= Format.maximumExponent
    return Double(signOf: double, magnitudeOf: isFinite ? magnitude : .infinity)
  }
}

extension EmulatedNumber: Scalar {
  public init(nearest rational: Rational) {
    // Not by way of a nearest Double: that would round twice.
    guard let value = EmulatedNumber.format.rounded(rational).value else {
      self.init(unchecked: rational < 0 ? -.infinity : .infinity)
      return
    }
    let double = Double(nearest: value)
    self.init(unchecked: double == 0 && rational < 0 ? -0.0 : double)
  }

  public init(integerLiteral value: Int) { self.init(nearest: Rational(value)) }

  @inlinable
  public static var zero: EmulatedNumber { EmulatedNumber(unchecked: 0) }

  @inlinable
  public static func + (left: EmulatedNumber, right: EmulatedNumber) -> EmulatedNumber {
    EmulatedNumber(rounding: left.double + right.double)
  }

  @inlinable
  public static func - (left: EmulatedNumber, right: EmulatedNumber) -> EmulatedNumber {
    EmulatedNumber(rounding: left.double - right.double)
  }

  @inlinable
  public static func * (left: EmulatedNumber, right: EmulatedNumber) -> EmulatedNumber {
    EmulatedNumber(rounding: left.double * right.double)
  }

  /// As `Tape` promises: −0 becomes 0, a NaN stays.
  @inlinable
  public var positivePart: EmulatedNumber { EmulatedNumber(unchecked: double.positivePart) }

  @inlinable
  public var bitCount: Int { 16 }
}

extension EmulatedNumber: CustomStringConvertible {
  public var description: String { "\(double)" }
}
