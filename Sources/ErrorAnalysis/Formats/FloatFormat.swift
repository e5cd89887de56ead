/// A binary floating-point format with gradual underflow, rounding to nearest, ties to even.
public struct FloatFormat: Hashable, Sendable {
  public let name: String

  /// p: bits of the significand, the leading one included.
  public let precision: Int

  /// The smallest subnormal number is 2^minimumExponent.
  public let minimumExponent: Int

  /// Finite numbers are less than 2^(maximumExponent + 1).
  public let maximumExponent: Int

  public static let binary64 = FloatFormat(
    name: "binary64", precision: 53, minimumExponent: -1074, maximumExponent: 1023)
  public static let binary32 = FloatFormat(
    name: "binary32", precision: 24, minimumExponent: -149, maximumExponent: 127)
  public static let binary16 = FloatFormat(
    name: "binary16", precision: 11, minimumExponent: -24, maximumExponent: 15)
  public static let bfloat16 = FloatFormat(
    name: "bfloat16", precision: 8, minimumExponent: -133, maximumExponent: 127)

  public static let catalogue = [binary64, binary32, binary16, bfloat16]
}
