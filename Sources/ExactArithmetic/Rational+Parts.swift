extension Rational {
  /// p of p/q in lowest terms.
  public var numerator: Rational { self * denominator }

  /// q of p/q in lowest terms: a positive integer.
  public var denominator: Rational {
    switch storage {
    case .small(let value):
      return Rational(SmallFraction(lowestTerms: value.denominator, 1))
    case .big(let value):
      let parts = value.decimal.split(separator: "/")
      return parts.count < 2 ? 1 : BigRational(decimalDigits: String(parts[1])).reduced
    }
  }

  /// Some e with 2^(e−1) < |self| < 2^(e+1); meaningless for zero.
  public var binaryExponent: Int { big.exponentEstimate }

  public var isInteger: Bool { denominator == 1 }
}

extension Int {
  /// The value, if it is an integer of this size.
  public init?(exactly rational: Rational) {
    guard case .small(let value) = rational.storage, value.denominator == 1 else { return nil }
    self = Int(value.numerator)
  }
}
