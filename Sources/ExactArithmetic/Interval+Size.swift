extension Interval {
  /// The interval without those bounds that take more than `bits` to hold: a wider one, so what it
  /// encloses stays enclosed. Products of bounds would otherwise double in length with each.
  public func droppingBounds(over bits: Int) -> Interval {
    func isModest(_ bound: Rational) -> Bool { bound.bitCount <= bits }
    guard lower.map(isModest) ?? true, upper.map(isModest) ?? true else {
      return Interval(
        lower.flatMap { isModest($0) ? $0 : nil }, upper.flatMap { isModest($0) ? $0 : nil })
    }
    return self
  }
}
