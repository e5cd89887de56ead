import ExactArithmetic
import LSRL
import PropertyTesting

/// Vectors and matrices are zero but for a list of entries. How many choices they take does not
/// depend on their dimensions: when shrinking lowers a dimension, everything behind it stays as it
/// was. With one choice for each coordinate it would shift, and shrinking would stop halfway.
extension Choices {
  /// Simple numbers first; a few that break what only holds for integers or positive numbers.
  private static let numbers: [Rational] = [
    1, -1, 2, -2, Rational(1, 2), -3, Rational(-3, 2), 5, Rational(1, 3),
  ]

  mutating func number() -> Rational { element(of: Choices.numbers) }

  mutating func vector(_ dimension: Int) -> [Rational] {
    var vector = [Rational](repeating: 0, count: dimension)
    var drawn = 0
    while another(after: drawn, average: UInt64(dimension), limit: 2 * dimension) {
      vector[index(below: dimension)] = number()
      drawn += 1
    }
    return vector
  }

  /// A token that keeps to the declared ranges: what lies outside becomes the nearest bound.
  mutating func token(within ranges: [Interval]) -> [Rational] {
    zip(vector(ranges.count), ranges).map { value, range in
      range.nearest(to: value)
    }
  }

  mutating func matrix(_ rowCount: Int, _ columnCount: Int) -> Matrix {
    matrix(rowCount, columnCount) { _, _, number in number }
  }

  /// A matrix whose entries are drawn, then changed by `admit` to what is wanted at their place.
  mutating func matrix(
    _ rowCount: Int, _ columnCount: Int, admit: (Int, Int, Rational) -> Rational
  ) -> Matrix {
    let size = rowCount * columnCount
    var values = [Rational](repeating: 0, count: size)
    var drawn = 0
    while another(after: drawn, average: UInt64(size), limit: 2 * size) {
      let row = index(below: rowCount)
      let column = index(below: columnCount)
      values[row * columnCount + column] = admit(row, column, number())
      drawn += 1
    }
    return Matrix(rowCount: rowCount, columnCount: columnCount, values: values)
  }

  mutating func affineMap(_ dimension: Int, to size: Int) -> AffineMap {
    AffineMap(matrix(size, dimension), offset: vector(size))
  }
}

/// The kinds of state matrices that architectures tell apart, the simplest first. Entries that do
/// not fit the kind become the nearest that do, so the number of choices is the same for all.
private enum StateMatrixKind: CaseIterable {
  case forgetting, integrator, decaying, triangular, upperTriangular, nilpotent, anything

  func admit(_ row: Int, _ column: Int, _ number: Rational) -> Rational {
    let decay = StateMatrixKind.decay(number)
    return switch self {
    case .forgetting: 0
    case .integrator: row == column ? 1 : 0
    case .decaying: row == column ? decay : 0
    case .triangular: row == column ? decay : row > column ? number : 0
    case .upperTriangular: row == column ? decay : row < column ? number : 0
    case .nilpotent: row > column ? number : 0
    case .anything: number
    }
  }

  /// From 0 to 1. Some a with a rational √(1 − a²) are among them: Hawk can take no others.
  private static func decay(_ number: Rational) -> Rational {
    if number == 5 { return Rational(4, 5) }
    if number == Rational(1, 3) { return Rational(3, 5) }
    return number > 1 ? number.reciprocal : max(0, number)
  }
}

extension Choices {
  mutating func linState(reading dimension: Int) -> LinState {
    let size = 1 + index(below: 4)
    let kind = element(of: StateMatrixKind.allCases)
    return LinState(
      recurrence: matrix(size, size, admit: kind.admit), input: affineMap(dimension, to: size),
      initial: vector(size))
  }
}
