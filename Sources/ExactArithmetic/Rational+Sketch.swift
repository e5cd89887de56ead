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

/// Makes one number of several, in their order. Not collision-free.
public struct Sketch {
  @usableFromInline var mixed: UInt64 = 0

  @inlinable
  public var value: UInt64 { mixed }

  @inlinable
  public init() {}

  @inlinable
  public mutating func add(_ part: UInt64) {
    mixed = (mixed ^ part) &* 0x94d0_49bb_1331_11eb
    mixed ^= mixed >> 29
  }

  @inlinable
  public mutating func add(_ part: Int) { add(UInt64(bitPattern: Int64(part))) }

  /// By their sketches: see `Rational.sketch`.
  @inlinable
  public mutating func add(_ entries: some Sequence<Matrix.Entry>) {
    for entry in entries {
      add(entry.column)
      add(entry.value.sketch)
    }
  }
}
