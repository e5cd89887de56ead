import ExactArithmetic

/// A, A², A³, …: as far as their cost in time and memory stays within bounds.
struct MatrixPowers {
  /// Multiplications of entries, and bits of entries, over all powers. (2²⁶ multiplications of
  /// small fractions take about a second.) Bits: 128 MB.
  private static let largestWork = 1 << 25
  private static let largestMemory = 1_073_741_824.0

  private let matrix: Matrix
  private var current: Matrix
  private var work = 0
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
    for row in current.rows {
      for entry in row { work += matrix.row(entry.column).count }
    }
    guard work <= MatrixPowers.largestWork else { return nil }
    exponent += 1
    current = current.multiplied(by: matrix)
    memory += Double(current.nonzeroCount) * max(64, exponent * growth)
    guard memory <= MatrixPowers.largestMemory else { return nil }
    return current
  }

  /// log₂ of a common denominator D, and of the largest row sum of |D A|.
  private static func bitGrowth(of matrix: Matrix) -> Double {
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
    return denominator.bitLength * 2 + largest.bitLength
  }
}

extension Rational {
  /// How many binary digits the integer part has, roughly.
  var bitLength: Double {
    var bits = 0.0
    var rest = self
    let step = Rational(2).raised(to: 64)
    while rest > step {
      rest = rest / step
      bits += 64
    }
    let small = Double(nearest: rest)
    return bits + (small > 1 ? Double(small.exponent) + 1 : 0)
  }
}
