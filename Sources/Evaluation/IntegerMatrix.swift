import CKernels
import ExactArithmetic

/// A sparse matrix over one denominator: integers that all fit in 64 bits, or limbs.
final class IntegerMatrix {
  let denominator = BigInteger(1)

  /// See `IntegerVector.primes`.
  private(set) var primes: Int64 = 0

  /// The sum of magnitudes in any row is less than 2^normBits.
  private(set) var normBits = 0
  let isSmall: Bool

  /// As kernels see it. Points into `blocks`, which are written in `init` only.
  let form: UnsafePointer<ck_matrix>
  private var blocks: [UnsafeMutableRawPointer] = []

  typealias Entry = (column: Int, value: Rational)

  init(_ rows: [[Entry]]) {
    let own = BigInteger()
    let integer = BigInteger()
    for entry in rows.joined() {
      if let parts = entry.value.smallParts, parts.denominator == 1 { continue }
      integer.setNumerator(of: entry.value, denominator: own)
      denominator.formLeastCommonMultiple(with: own)
    }
    var starts: [Int32] = [0]
    var columns: [Int32] = []
    var small: [Int64] = []
    var wide: [UInt64] = []
    var wideStarts: [Int64] = [0]
    var negative: [UInt8] = []
    var ones: [UInt8] = []
    // Both forms are made; the one that is not needed is dropped.
    var fits = true
    let sum = BigInteger()
    for row in rows {
      sum.set(0)
      let first = small.count
      for entry in row {
        integer.setNumerator(of: entry.value, denominator: own)
        own.setQuotient(denominator, by: own)
        integer.setProduct(integer, own)
        let isNegative = integer.isNegative
        fits = fits && integer.bitCount <= 63
        columns.append(Int32(entry.column))
        let magnitude = Int64(truncatingIfNeeded: integer.lowLimb)
        small.append(isNegative ? 0 &- magnitude : magnitude)
        wide += integer.limbs
        wideStarts.append(Int64(wide.count))
        negative.append(isNegative ? 1 : 0)
        sum.addMagnitude(of: integer)
      }
      starts.append(Int32(columns.count))
      ones.append(small[first...].allSatisfy { $0.magnitude == 1 } ? 1 : 0)
      if !sum.isZero { normBits = max(normBits, sum.bitCount) }
    }
    isSmall = fits
    primes = denominator.small ?? 0
    let form = UnsafeMutablePointer<ck_matrix>.allocate(capacity: 1)
    self.form = UnsafePointer(form)
    form.initialize(
      to: ck_matrix(
        rows: rows.count, starts: keep(starts), columns: keep(columns),
        small: fits ? keep(small) : nil, wide: fits ? nil : keep(wide),
        wide_starts: fits ? nil : keep(wideStarts), negative: fits ? nil : keep(negative),
        ones: keep(ones)))
  }

  deinit {
    form.deallocate()
    for block in blocks { block.deallocate() }
  }

  private func keep<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
    let block = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    elements.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { block.initialize(from: base, count: buffer.count) }
    }
    blocks.append(UnsafeMutableRawPointer(block))
    return UnsafePointer(block)
  }
}
