import ExactArithmetic

/// A, A², A³, …: as far as their cost in time and memory stays within bounds.
struct MatrixPowers {
  /// Multiplications of entries, each weighted by the 64-bit words of its result, over all powers:
  /// about a second.
  private static let largestWork = Double(1 << 23)

  /// Bits of all entries: 128 MB.
  private static let largestMemory = Double(1 << 30)

  private let matrix: Matrix
  private var current: Matrix
  private var work = 0.0
  private var memory = 0.0
  private var exponent = 0.0

  /// An entry of A^k has at most about k times so many bits.
  private let growth: Double

  init(of matrix: Matrix) {
    self.matrix = matrix
    current = .identity(matrix.rowCount)
    growth = MatrixPowers.bitGrowth(of: matrix)
  }

  /// The next power; nil if the bounds are used up.
  mutating func next() -> Matrix? {
    exponent += 1
    let bits = max(64, exponent * growth)
    for row in current.rows {
      for entry in row { work += Double(matrix.row(entry.column).count) * (bits / 64) }
    }
    guard work <= MatrixPowers.largestWork else { return nil }
    current = current.multiplied(by: matrix)
    memory += Double(current.nonzeroCount) * bits
    guard memory <= MatrixPowers.largestMemory else { return nil }
    return current
  }

  /// log₂ of a common denominator D, and of the largest row sum of |D A|.
  static func bitGrowth(of matrix: Matrix) -> Double {
    var denominator: Rational = 1
    var largest: Rational = 0
    for row in matrix.rows {
      var sum: Rational = 0
      for entry in row {
        denominator = denominator * (denominator * entry.value).denominator
        sum += max(entry.value, -entry.value)
      }
      largest = max(largest, sum)
    }
    return Double(max(0, denominator.binaryExponent) * 2 + max(0, largest.binaryExponent))
  }
}
