extension Rational {
  /// The very number that `value` is; nil for infinities and NaN.
  public init?(exactly value: some BinaryFloatingPoint) {
    let value = Double(value)
    guard value.isFinite else { return nil }
    guard value != 0 else {
      self = 0
      return
    }
    // The significand has 53 bits: times 2^52 it is an integer.
    let digits = Rational(Int(value.significand * 0x1p52))
    let exponent = Int(value.exponent) - 52
    let power = Rational(2).raised(to: exponent.magnitude)
    let magnitude = exponent >= 0 ? digits * power : digits / power
    self = value < 0 ? -magnitude : magnitude
  }
}
