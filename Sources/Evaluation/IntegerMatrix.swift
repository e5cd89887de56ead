import CKernels
import ExactArithmetic

/// A sparse matrix over one denominator: integers that all fit in 64 bits, or limbs.
final class IntegerMatrix {
  let denominator = BigInteger(1)

  /// The sum of magnitudes in any row is less than 2^normBits.
  private(set) var normBits = 0
  let isSmall: Bool

  private let rowCount: Int
  private var starts: [Int32] = [0]
  private var columns: [Int32] = []
  private var small: [Int64] = []
  private var wide: [UInt64] = []
  private var wideStarts: [Int64] = [0]
  private var negative: [UInt8] = []

  typealias Entry = (column: Int, value: Rational)

  init(_ rows: [[Entry]]) {
    let own = BigInteger()
    let integer = BigInteger()
    for entry in rows.joined() {
      if let parts = entry.value.smallParts, parts.denominator == 1 { continue }
      integer.setNumerator(of: entry.value, denominator: own)
      denominator.formLeastCommonMultiple(with: own)
    }
    rowCount = rows.count
    // Both forms are made; the one that is not needed is dropped.
    var fits = true
    let sum = BigInteger()
    for row in rows {
      sum.set(0)
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
      if !sum.isZero { normBits = max(normBits, sum.bitCount) }
    }
    isSmall = fits
    if fits {
      (wide, wideStarts, negative) = ([], [], [])
    } else {
      small = []
    }
  }

  /// Calls `body` with the matrix as kernels see it.
  func withKernelForm(_ body: (UnsafePointer<ck_matrix>) -> Void) {
    starts.withUnsafeBufferPointer { starts in
      columns.withUnsafeBufferPointer { columns in
        small.withUnsafeBufferPointer { small in
          wide.withUnsafeBufferPointer { wide in
            wideStarts.withUnsafeBufferPointer { wideStarts in
              negative.withUnsafeBufferPointer { negative in
                var form = ck_matrix(
                  rows: rowCount, starts: starts.baseAddress, columns: columns.baseAddress,
                  small: isSmall ? small.baseAddress : nil, wide: wide.baseAddress,
                  wide_starts: wideStarts.baseAddress, negative: negative.baseAddress)
                body(&form)
              }
            }
          }
        }
      }
    }
  }
}
