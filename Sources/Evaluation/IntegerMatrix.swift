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

  var isZero: Bool { form.pointee.starts[form.pointee.rows] == 0 }

  convenience init(_ rows: [[Entry]]) {
    var starts: [Int32] = [0]
    var entries: [Entry] = []
    for row in rows {
      entries += row
      starts.append(Int32(entries.count))
    }
    self.init(starts, entries)
  }

  /// The matrix for vectors that begin with `start` other numbers.
  convenience init(_ matrix: Matrix, from start: Int) {
    var starts: [Int32] = [0]
    var entries: [Entry] = []
    starts.reserveCapacity(matrix.rowCount + 1)
    entries.reserveCapacity(matrix.nonzeroCount)
    for index in 0..<matrix.rowCount {
      for entry in matrix.row(index) { entries.append((start + entry.column, entry.value)) }
      starts.append(Int32(entries.count))
    }
    self.init(starts, entries)
  }

  private init(_ starts: [Int32], _ entries: [Entry]) {
    var wide = WideNumbers()
    let common = IntegerMatrix.smallDenominator(entries)
    var small = common.flatMap { IntegerMatrix.smallNumbers(entries, over: $0) } ?? []
    if let common, small.count == entries.count {
      denominator.set(Int(common))
    } else {
      wide = WideNumbers(entries, denominator)
      small = wide.fit ? wide.small : []
    }
    isSmall = small.count == entries.count
    primes = denominator.small ?? 0
    var columns = entries.map { Int32($0.column) }
    let norm = isSmall ? IntegerMatrix.normBits(starts, small) : wide.normBits(starts)
    let minus =
      isSmall
      ? IntegerMatrix.sortUnits(starts, &columns, &small)
      : Array(repeating: -1, count: starts.count)
    let form = UnsafeMutablePointer<ck_matrix>.allocate(capacity: 1)
    self.form = UnsafePointer(form)
    normBits = norm
    form.initialize(
      to: ck_matrix(
        rows: starts.count - 1, starts: keep(starts), columns: keep(columns),
        small: isSmall ? keep(small) : nil, wide: isSmall ? nil : keep(wide.limbs),
        wide_starts: isSmall ? nil : keep(wide.starts),
        negative: isSmall ? nil : keep(wide.negative), minus: keep(minus)))
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

// MARK: - Numbers of one limb

extension IntegerMatrix {
  /// Nil if it is large, or some number is.
  private static func smallDenominator(_ entries: [Entry]) -> Int64? {
    var multiple: Int64 = 1
    for entry in entries {
      guard let parts = entry.value.smallParts else { return nil }
      if parts.denominator == 1 || multiple % parts.denominator == 0 { continue }
      guard let next = try? Ratio.commonMultiple(multiple, parts.denominator) else { return nil }
      multiple = next
    }
    return multiple
  }

  /// Nil if some number is large.
  private static func smallNumbers(_ entries: [Entry], over denominator: Int64) -> [Int64]? {
    var numbers: [Int64] = []
    numbers.reserveCapacity(entries.count)
    for entry in entries {
      guard let parts = entry.value.smallParts else { return nil }
      if parts.denominator == denominator {
        numbers.append(parts.numerator)
      } else {
        let factor = denominator / parts.denominator
        guard let number = try? Ratio.product(parts.numerator, factor) else { return nil }
        numbers.append(number)
      }
    }
    return numbers
  }

  /// How many bits rows add up to.
  private static func normBits(_ starts: [Int32], _ numbers: [Int64]) -> Int {
    var bits = 0
    for row in 0..<starts.count - 1 {
      var sum: UInt128 = 0
      for position in Int(starts[row])..<Int(starts[row + 1]) {
        sum += UInt128(numbers[position].magnitude)
      }
      bits = max(bits, UInt128.bitWidth - sum.leadingZeroBitCount)
    }
    return bits
  }

  /// Rows of nothing but 1 and −1 are put in order, first the former. Answers where the latter
  /// begin; −1 for other rows.
  private static func sortUnits(
    _ starts: [Int32], _ columns: inout [Int32], _ numbers: inout [Int64]
  ) -> [Int32] {
    var minus: [Int32] = []
    minus.reserveCapacity(starts.count)
    for row in 0..<starts.count - 1 {
      let range = Int(starts[row])..<Int(starts[row + 1])
      guard range.allSatisfy({ numbers[$0].magnitude == 1 }) else {
        minus.append(-1)
        continue
      }
      var middle = range.lowerBound
      for position in range where numbers[position] > 0 {
        numbers.swapAt(position, middle)
        columns.swapAt(position, middle)
        middle += 1
      }
      minus.append(Int32(middle))
    }
    return minus
  }
}

// MARK: - Of any size

/// Entries in limbs.
private struct WideNumbers {
  var limbs: [UInt64] = []
  var starts: [Int64] = [0]
  var negative: [UInt8] = []

  /// The same in one limb each, if they fit.
  var small: [Int64] = []
  var fit = true

  init() {}

  /// Sets `denominator`.
  init(_ entries: [IntegerMatrix.Entry], _ denominator: BigInteger) {
    let own = BigInteger()
    let integer = BigInteger()
    denominator.set(1)
    for entry in entries {
      if let parts = entry.value.smallParts, parts.denominator == 1 { continue }
      integer.setNumerator(of: entry.value, denominator: own)
      denominator.formLeastCommonMultiple(with: own)
    }
    for entry in entries {
      integer.setNumerator(of: entry.value, denominator: own)
      own.setQuotient(denominator, by: own)
      integer.setProduct(integer, own)
      let isNegative = integer.isNegative
      fit = fit && integer.bitCount <= 63
      let magnitude = Int64(truncatingIfNeeded: integer.lowLimb)
      small.append(isNegative ? 0 &- magnitude : magnitude)
      limbs += integer.limbs
      starts.append(Int64(limbs.count))
      negative.append(isNegative ? 1 : 0)
    }
  }

  /// How many bits rows add up to.
  func normBits(_ rowStarts: [Int32]) -> Int {
    var bits = 0
    let sum = BigInteger()
    let magnitude = BigInteger()
    for row in 0..<rowStarts.count - 1 {
      sum.set(0)
      for position in Int(rowStarts[row])..<Int(rowStarts[row + 1]) {
        magnitude.setMagnitude(limbs[Int(starts[position])..<Int(starts[position + 1])])
        sum.addMagnitude(of: magnitude)
      }
      if !sum.isZero { bits = max(bits, sum.bitCount) }
    }
    return bits
  }
}
