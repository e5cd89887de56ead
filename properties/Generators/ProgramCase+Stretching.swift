import ErrorAnalysis
import ExactArithmetic
import LSRL

extension ProgramCase {
  /// The same program with many of its weights, and some numbers of its tokens, times powers of two
  /// that make things under- and overflow in `format`. Declares no ranges.
  func stretched(for format: FloatFormat) -> ProgramCase {
    var scales = ScaleSource(format)
    let nodes = program.graph.nodes.map { node in
      Node(node.id, node.operation.scaled { scales.next() }, reading: node.inputs)
    }
    let graph = (try? Graph(nodes: nodes, output: program.graph.output)) ?? program.graph
    return ProgramCase(
      program: Program(graph: graph), tokens: tokens.map { $0.map { $0 * scales.next() } })
  }
}

/// Powers of two, one after the other; not random, so that shrinking keeps the first ones.
private struct ScaleSource {
  private let powers: [Rational]
  private var position: UInt64 = 0

  init(_ format: FloatFormat) {
    let (low, high) = (format.minimumExponent, format.maximumExponent)
    powers =
      ([0, 0, 0, 0, 0, 0, low, low / 2, low / 3, low / 2 - 3, high / 2, high / 3, high - 2]
      + [-format.precision, format.precision]).map { .powerOfTwo($0) }
  }

  mutating func next() -> Rational {
    position += 1
    var hash = position &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ (hash >> 29)) &* 0xBF58_476D_1CE4_E5B9
    return powers[Int((hash >> 32) % UInt64(powers.count))]
  }
}

extension Operation {
  fileprivate func scaled(by scale: () -> Rational) -> Operation {
    switch self {
    case .linear(let map): return .linear(map.scaled(by: scale))
    case .linState(let state):
      return .linState(
        LinState(
          recurrence: state.recurrence.scaled(by: scale), input: state.input.scaled(by: scale),
          initial: state.initial.map { $0 * scale() }))
    case .input, .slice, .relu, .concat, .multiply: return self
    }
  }
}

extension AffineMap {
  fileprivate func scaled(by scale: () -> Rational) -> AffineMap {
    AffineMap(matrix.scaled(by: scale), offset: offset.map { $0 * scale() })
  }
}

extension Matrix {
  fileprivate func scaled(by scale: () -> Rational) -> Matrix {
    Matrix(
      columnCount: columnCount,
      rows: rows.map { $0.map { Entry(column: $0.column, value: $0.value * scale()) } })
  }
}
