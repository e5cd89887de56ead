import ExactArithmetic

/// A format whose arithmetic is emulated.
public protocol EmulatedFormat: Sendable {
  static var format: FloatFormat { get }
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
  public static let format = FloatFormat.binary16
}

/// The upper half of a binary32, as accelerators have it; with subnormals and ties to even.
public enum BrainPrecision: EmulatedFormat {
  public static let format = FloatFormat.bfloat16
}

public typealias Binary16 = EmulatedNumber<HalfPrecision>
public typealias BFloat16 = EmulatedNumber<BrainPrecision>

extension EmulatedNumber: FormattedNumber {
  public static var format: FloatFormat { Format.format }

  @inlinable
  public init(rounding double: Double) { self.init(unchecked: Self.round(double)) }

  @inlinable
  public static func round(_ double: Double) -> Double {
    guard double.isFinite, double != 0 else { return double }
    let format = Format.format
    let binade = Int(double.exponent)
    let unit = max(binade - format.precision + 1, format.minimumExponent)
    // Beside 1.5 · 2^(unit + 52) binary64 has just the multiples of 2^unit, evens at even places.
    let anchor = Double(sign: .plus, exponent: unit + 52, significand: 1.5)
    let magnitude = (double.magnitude + anchor) - anchor
    let isFinite = magnitude == 0 || Int(magnitude.exponent) <= format.maximumExponent
    return Double(signOf: double, magnitudeOf: isFinite ? magnitude : .infinity)
  }
}

extension EmulatedNumber: Scalar {
  public init(nearest rational: Rational) {
    // Not by way of a nearest Double: that would round twice.
    guard let value = Format.format.rounded(rational).value else {
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
