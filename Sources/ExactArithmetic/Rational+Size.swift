extension Rational {
  /// The value, if it is a whole number that fits.
  public var wholeNumber: Int? {
    guard case .small(let value) = storage, value.denominator == 1 else { return nil }
    return Int(value.numerator)
  }

  /// Bits of the numerator and of the denominator together: what the number takes to hold and,
  /// roughly, to compute with.
  public var bitCount: Int {
    switch storage {
    case .small(let value):
      (64 - value.numerator.magnitude.leadingZeroBitCount)
        + (64 - value.denominator.leadingZeroBitCount)
    case .big(let value): value.bitCount
    }
  }
}
