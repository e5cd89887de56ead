import ExactArithmetic
import LSRL

/// What a random state matrix looks like.
enum MatrixKind: CaseIterable {
  case zero, diagonal, triangular, nilpotent, conjugated, mixed
  case any, permutation, partlyTurning
  case shrinking, shrinkingTriangle, shrinkingConjugated, shrinkingMixture

  /// Those that decaying channels compute for every length.
  static let decaying: [MatrixKind] = [
    .zero, .diagonal, .triangular, .nilpotent, .conjugated, .mixed,
  ]

  /// Those that channels with rational decays a < 1 and rational √(1 − a²) compute for every
  /// length.
  static let hawks: [MatrixKind] = [
    .zero, .nilpotent, .shrinking, .shrinkingTriangle, .shrinkingConjugated, .shrinkingMixture,
  ]
}

/// Random small numbers, matrices and paths; the same for the same seed.
struct Dice {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 &+ 0x1234_5678_9abc_def1 }

  mutating func roll(_ range: ClosedRange<Int>) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return range.lowerBound + Int((state >> 11) % UInt64(range.count))
  }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[roll(0...elements.count - 1)]
  }

  /// Signed, with denominators up to `largestDenominator`; often zero.
  mutating func number(_ denominators: [Int] = [1, 1, 2, 3]) -> Rational {
    roll(0...4) == 0 ? 0 : Rational(roll(-4...4), pick(denominators))
  }

  mutating func vector(_ count: Int, _ denominators: [Int] = [1, 1, 2, 3]) -> [Rational] {
    (0..<count).map { _ in number(denominators) }
  }

  mutating func affine(from columns: Int, to rows: Int, _ denominators: [Int]) -> AffineMap {
    AffineMap(
      Matrix(dense: (0..<rows).map { _ in vector(columns, denominators) }),
      offset: vector(rows, denominators))
  }

  mutating func permutation(_ size: Int) -> [Int] {
    var order = Array(0..<size)
    for index in stride(from: size - 1, to: 0, by: -1) { order.swapAt(index, roll(0...index)) }
    return order
  }
}

// MARK: - State matrices

extension Dice {
  mutating func matrix(_ kind: MatrixKind, _ size: Int, _ denominators: [Int]) -> Matrix {
    var numbers = [[Rational]](repeating: Array(repeating: 0, count: size), count: size)
    switch kind {
    case .zero: break
    case .diagonal:
      for index in 0..<size { numbers[index][index] = decay(denominators) }
    case .shrinking:
      for index in 0..<size { numbers[index][index] = pythagoreanDecay() }
    case .shrinkingConjugated:
      numbers = conjugated(matrix(.shrinkingTriangle, size, denominators))
    case .triangular, .nilpotent, .shrinkingTriangle:
      let order = permutation(size)
      for row in 0..<size {
        if kind == .triangular { numbers[row][row] = decay(denominators) }
        if kind == .shrinkingTriangle { numbers[row][row] = pythagoreanDecay() }
        for column in 0..<size where order[column] < order[row] {
          numbers[row][column] = number(denominators)
        }
      }
    case .conjugated:
      numbers = conjugated(matrix(.triangular, size, denominators))
    case .mixed, .partlyTurning, .shrinkingMixture:
      return mixture(kind, size, denominators)
    case .any:
      numbers = (0..<size).map { _ in vector(size, denominators) }
    case .permutation:
      for (row, column) in permutation(size).enumerated() { numbers[row][column] = 1 }
    }
    return Matrix(dense: numbers)
  }

  private mutating func decay(_ denominators: [Int]) -> Rational {
    let denominator = pick(denominators)
    return Rational(roll(0...denominator), denominator)
  }

  private mutating func pythagoreanDecay() -> Rational {
    let legs = [(0, 1), (3, 5), (4, 5), (5, 13), (12, 13), (8, 17)].map { Rational($0.0, $0.1) }
    return pick(legs)
  }

  /// E A E⁻¹ for a product E of integer shears.
  mutating func conjugated(_ matrix: Matrix) -> [[Rational]] {
    let size = matrix.rowCount
    var product = matrix
    for _ in 0..<(size > 1 ? 2 * size : 0) {
      let row = roll(0...size - 1)
      let column = (row + roll(1...size - 1)) % size
      let amount = Rational(pick([-1, 1]))
      let shear = Matrix.shear(size, row, column, amount)
      product = shear.multiplied(by: product).multiplied(by: .shear(size, row, column, -amount))
    }
    return product.dense
  }

  /// Independent blocks, their coordinates shuffled.
  private mutating func mixture(
    _ kind: MatrixKind, _ size: Int, _ denominators: [Int]
  ) -> Matrix {
    let first = roll(0...size)
    let second: [MatrixKind] =
      kind == .shrinkingMixture ? [.nilpotent, .shrinkingConjugated] : [.nilpotent, .conjugated]
    let firsts: [MatrixKind] =
      switch kind {
      case .mixed: [.triangular, .diagonal]
      case .shrinkingMixture: [.shrinkingTriangle, .shrinking]
      default: [.permutation]
      }
    let blocks = [
      matrix(pick(firsts), first, denominators), matrix(pick(second), size - first, denominators),
    ]
    let numbers = Matrix.blockDiagonal(blocks.filter { $0.rowCount > 0 }).dense
    let order = permutation(size)
    return Matrix(dense: order.map { row in order.map { numbers[row][$0] } })
  }
}

extension Matrix {
  static func shear(_ size: Int, _ row: Int, _ column: Int, _ amount: Rational) -> Matrix {
    var numbers = Matrix.identity(size).dense
    numbers[row][column] = amount
    return Matrix(dense: numbers)
  }

  /// The leading rows and columns.
  func restricted(to range: Range<Int>) -> Matrix {
    Matrix(columnCount: range.count, rows: range.map { row($0).filter { range ~= $0.column } })
  }

  var dense: [[Rational]] {
    rows.map { row in
      var numbers = [Rational](repeating: 0, count: columnCount)
      for entry in row { numbers[entry.column] = entry.value }
      return numbers
    }
  }
}

// MARK: - Paths

/// A path and a sequence for it.
struct PathCase {
  let path: PathGraph
  let tokens: [[Rational]]

  /// Up to six steps of all kinds, at most two states and two multiplications.
  init(
    seed: Int, matrices: [MatrixKind], multiplies: Bool = true, length: ClosedRange<Int> = 3...6,
    denominators: [Int] = [1, 1, 2, 3]
  ) throws {
    var dice = Dice(seed: seed)
    let inputDimension = dice.roll(1...2)
    var dimension = inputDimension
    var operations: [Operation] = []
    var budget = (states: 2, products: 2)
    for _ in 0..<dice.roll(0...6) {
      switch dice.roll(0...3) {
      case 0:
        let next = dice.roll(1...3)
        operations.append(.linear(dice.affine(from: dimension, to: next, denominators)))
        dimension = next
      case 1: operations.append(.relu)
      case 2 where budget.states > 0:
        budget.states -= 1
        let next = dice.roll(1...4)
        operations.append(
          .linState(
            LinState(
              recurrence: dice.matrix(dice.pick(matrices), next, denominators),
              input: dice.affine(from: dimension, to: next, denominators),
              initial: dice.vector(next, denominators))))
        dimension = next
      case 3 where multiplies && budget.products > 0:
        budget.products -= 1
        if !dimension.isMultiple(of: 2) {
          let next = dice.pick([2, 4])
          operations.append(.linear(dice.affine(from: dimension, to: next, denominators)))
          dimension = next
        }
        operations.append(.multiply)
        dimension /= 2
      default: operations.append(.relu)
      }
    }
    path = try PathGraph(
      inputDimension: inputDimension,
      steps: operations.enumerated().map {
        PathGraph.Step($0.element, origins: [NodeID(100 + $0.offset)])
      })
    tokens = (0..<dice.roll(length)).map { _ in dice.vector(inputDimension, denominators) }
  }

  /// s ← A s + x, and nothing else; x has the dimension of s.
  static func state(_ matrix: Matrix, initial: [Rational]? = nil) throws -> PathGraph {
    let size = matrix.rowCount
    let state = LinState(
      recurrence: matrix, input: .identity(size),
      initial: initial ?? Array(repeating: 0, count: size))
    return try PathGraph(
      inputDimension: size, steps: [PathGraph.Step(.linState(state), origins: [7])])
  }
}
