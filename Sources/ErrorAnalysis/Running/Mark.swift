/// What is known about a register at a glance, so that rows in which nothing can be lost are summed
/// without looking for what is lost. Marks of several registers are joined by `|`.
///
/// From bit 2 on: the lowest bit of the float, 2^(bit − 32); a float 0 has none.
enum Mark {
  /// The register has a local deviation, or a float that is not finite or whose lowest bit is out
  /// of reach.
  static let unclear: UInt64 = 1

  /// An atom of the register's form may have a deviation.
  static let uncertain: UInt64 = 2

  /// The exponents of the lowest bits that marks know; larger ones count as the largest.
  static let least = -30
  static let most = 31

  @inline(__always)
  static func of(_ value: Double, _ local: Deviation) -> UInt64 {
    local.isZero ? of(value) : unclear
  }

  @inline(__always)
  static func of(_ value: Double) -> UInt64 {
    let bits = value.bitPattern
    let exponent = Int(truncatingIfNeeded: (bits >> 52) & 0x7ff)
    if bits << 1 == 0 { return 0 }
    // Subnormal numbers come out as below the least.
    let lowest = exponent &- 1075 &+ (bits | 1 << 52).trailingZeroBitCount
    if exponent == 0x7ff || lowest < least { return unclear }
    return 1 << UInt64(truncatingIfNeeded: min(lowest, most) &- least &+ 2)
  }

  /// The exponent of the lowest bit of what has this mark, which is not unclear.
  @inline(__always)
  static func lowest(_ mark: UInt64) -> Int {
    min((mark & ~uncertain).trailingZeroBitCount &- 2 &+ least, most)
  }
}

/// Below which sum of magnitudes a row loses nothing: weights, offset and floats are then multiples
/// of a power of two, and no partial sum has too many digits.
struct RowGrid: BitwiseCopyable {
  /// The exponents of the lowest bits of all weights, and of the offset.
  private let ofWeights: Int
  private let ofOffset: Int

  /// Whether weights and offset are in the format, and their lowest bits within reach.
  let isUsable: Bool
  private let precision: Int
  private let least: Int
  private let greatest: Int

  init(weights: [Double], offset: Double, areExact: Bool, _ format: FloatFormat) {
    precision = format.precision
    least = format.minimumExponent
    greatest = format.maximumExponent
    ofWeights = weights.compactMap(RowGrid.lowestBit).min() ?? 0
    ofOffset = RowGrid.lowestBit(offset) ?? greatest
    let areFinite = offset.isFinite && weights.allSatisfy(\.isFinite)
    isUsable = areExact && areFinite && min(ofWeights, ofOffset) >= -512
  }

  private static func lowestBit(_ value: Double) -> Int? {
    guard value.isFinite, value != 0 else { return nil }
    return Int(value.exponent) - Int(value.significandWidth)
  }

  /// A sum of magnitudes, rounded to binary64, below which nothing is lost, if the floats have this
  /// mark; half of what there is room for, because of that rounding.
  @inline(__always)
  func limit(_ mark: UInt64) -> Double {
    let lowest = min(ofWeights &+ Mark.lowest(mark), ofOffset)
    if lowest < least { return 0 }
    let digits = min(lowest &+ precision &- 1, greatest)
    return Double(bitPattern: UInt64(truncatingIfNeeded: min(digits, 1_000) &+ 1023) << 52)
  }
}
