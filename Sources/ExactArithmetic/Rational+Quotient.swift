extension Rational {
  /// The nearest double, if numerator and denominator are doubles exactly: one division of two
  /// exact numbers rounds once.
  var quotientOfDoubles: Double? {
    guard case .small(let value) = storage,
      value.numerator.magnitude <= 1 << 53, value.denominator <= 1 << 53
    else { return nil }
    return Double(value.numerator) / Double(value.denominator)
  }

  /// The nearest float, likewise. Between 2^−24 and 2^24, so never subnormal.
  var quotientOfFloats: Float? {
    guard case .small(let value) = storage,
      value.numerator.magnitude <= 1 << 24, value.denominator <= 1 << 24
    else { return nil }
    return Float(value.numerator) / Float(value.denominator)
  }
}
