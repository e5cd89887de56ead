extension Rational {
  /// A number that equal values share and different ones hardly ever do: for tables in memory, where
  /// hashing in full would cost more than what is looked up. Not the same from run to run.
  @inlinable
  public var sketch: UInt64 {
    guard case .small(let value) = storage else { return sketchBeyondSmall }
    let top = UInt64(bitPattern: value.numerator) &* 0x9e37_79b9_7f4a_7c15
    return top ^ (UInt64(bitPattern: value.denominator) &* 0xbf58_476d_1ce4_e5b9)
  }

  @usableFromInline
  var sketchBeyondSmall: UInt64 { UInt64(bitPattern: Int64(hashValue)) }

  /// As `sketch`, but the same in every run and on every machine. For large numbers it costs more.
  public var fingerprint: UInt64 {
    if case .small = storage { return sketch }
    // Fowler, Noll and Vo's hash, 1a.
    return description.utf8.reduce(0xcbf2_9ce4_8422_2325) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
  }
}
