import ErrorAnalysis
import ExactArithmetic
import LSRL

extension ProgramCase {
  /// The same program with many of its weights, and some numbers of its tokens, times powers of two
  /// that make things under- and overflow in `format`. Declares no ranges.
  func stretched(for format: FloatFormat) -> ProgramCase {
    let scale = Stretch(format)
    let nodes = program.graph.nodes.map { node in
      Node(node.id, node.operation.stretched(scale), reading: node.inputs)
    }
    let graph = (try? Graph(nodes: nodes, output: program.graph.output)) ?? program.graph
    return ProgramCase(program: Program(graph: graph), tokens: stretched(tokens, for: format))
  }

  /// Other tokens for the stretched program.
  func stretched(_ tokens: [[Rational]], for format: FloatFormat) -> [[Rational]] {
    let scale = Stretch(format)
    return tokens.enumerated().map { time, token in
      token.enumerated().map { scale($0.element, time, $0.offset) }
    }
  }
}

/// Multiplies numbers by powers of two, which depend on the number and its place only: so shrinking
/// a program does not stretch the rest of it otherwise.
private struct Stretch {
  private let powers: [Rational]

  init(_ format: FloatFormat) {
    let (low, high) = (format.minimumExponent, format.maximumExponent)
    powers =
      ([0, 0, 0, 0, 0, 0, 0, low, low / 2, low / 3, low / 2 - 3, high / 2, high / 3, high - 2]
      + [-format.precision, format.precision]).map { .powerOfTwo($0) }
  }

  func callAsFunction(_ number: Rational, _ row: Int, _ column: Int) -> Rational {
    var hash = UInt64(truncatingIfNeeded: number.numerator.integer ?? 0)
    for part in [number.denominator.integer ?? 0, row, column] {
      hash = (hash ^ UInt64(truncatingIfNeeded: part)) &* 0x9E37_79B9_7F4A_7C15
      hash = (hash ^ (hash >> 29)) &* 0xBF58_476D_1CE4_E5B9
    }
    return number * powers[Int((hash >> 32) % UInt64(powers.count))]
  }

  func callAsFunction(_ numbers: [Rational]) -> [Rational] {
    numbers.enumerated().map { self($0.element, $0.offset, -1) }
  }

  func callAsFunction(_ map: AffineMap) -> AffineMap {
    AffineMap(self(map.matrix), offset: self(map.offset))
  }

  func callAsFunction(_ matrix: Matrix) -> Matrix {
    Matrix(
      columnCount: matrix.columnCount,
      rows: matrix.rows.enumerated().map { index, row in
        row.map { Matrix.Entry(column: $0.column, value: self($0.value, index, $0.column)) }
      })
  }
}

extension Operation {
  fileprivate func stretched(_ scale: Stretch) -> Operation {
    switch self {
    case .linear(let map): return .linear(scale(map))
    case .linState(let state):
      return .linState(
        LinState(
          recurrence: scale(state.recurrence), input: scale(state.input),
          initial: scale(state.initial)))
    case .input, .slice, .relu, .concat, .multiply: return self
    }
  }
}
