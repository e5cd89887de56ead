import Certificates
import ExactArithmetic

/// Certificates written by hand.
enum Example {
  /// A state in two forms of its own: s ← A s + B x + b with ReLU behind, and a recurrent layer
  /// that keeps ReLU(s) and ReLU(−s).
  static let pair = Certificate(
    inputBounds: [.everything, .everything],
    source: CellProgram(
      nodes: [
        .input,
        .state(
          recurrence: [[Rational(1, 2), -1], [0, Rational(1, 3)]],
          input: AffineMap([[1, 2], [-1, 1]], offset: [1, -2]), of: 0),
        .relu(of: 1),
      ],
      initial: [[], [Rational(1, 5), -1], []], output: 2),
    target: CellProgram(
      nodes: [
        .input, .previous(of: 4), .concat([1, 0]),
        .linear(
          AffineMap(
            [
              [Rational(1, 2), -1, Rational(-1, 2), 1, 1, 2],
              [0, Rational(1, 3), 0, Rational(-1, 3), -1, 1],
              [Rational(-1, 2), 1, Rational(1, 2), -1, -1, -2],
              [0, Rational(-1, 3), 0, Rational(1, 3), 1, -1],
            ],
            offset: [1, -2, -1, 2]), of: 2),
        .relu(of: 3), .linear(.selection(of: 0..<2, from: 4), of: 4), .relu(of: 5),
      ],
      initial: [[], [], [], [], [Rational(1, 5), 0, 0, 1], [], []], output: 6),
    reads: [.init(node: 1, place: 0), .init(node: 1, place: 1)],
    coupling: positiveAndNegativePart(2),
    links: [[], [], [], [], [0, 1, 2, 3]])

  /// x ↦ [ReLU(x); ReLU(−x)].
  static func positiveAndNegativePart(_ size: Int) -> CellProgram {
    CellProgram(
      nodes: [
        .input, .linear(AffineMap(.stacked([.identity(size), -.identity(size)])), of: 0),
        .relu(of: 1),
      ],
      initial: [], output: 2)
  }

  /// x ↦ x.
  static let passing = CellProgram(nodes: [.input], initial: [], output: 0)
}

// MARK: - Without memory

extension Example {
  static func withoutMemory(
    _ source: CellProgram, _ target: CellProgram, inputs: Int = 1,
    within bounds: Interval = .everything
  ) -> Certificate {
    Certificate(
      inputBounds: Array(repeating: bounds, count: inputs), source: source, target: target,
      reads: [], coupling: passing, links: [])
  }

  /// Σ weight · ReLU(row · x); with `passing`, the last weight is of x itself.
  static func sum(_ weights: [Rational], of rows: Matrix, passing: Bool = false) -> CellProgram {
    var nodes: [CellProgram.Node] = [.input, .linear(AffineMap(rows), of: 0), .relu(of: 1)]
    if passing { nodes.append(.concat([2, 0])) }
    nodes.append(.linear(AffineMap(Matrix(dense: [weights])), of: nodes.count - 1))
    return CellProgram(nodes: nodes, initial: [], output: nodes.count - 1)
  }
}

// MARK: - With bounds

extension Example {
  /// s ← s/2 + x for x ≥ 0, beside the same with a ReLU behind it, which does nothing as s ≥ 0.
  static let oneSided = Certificate(
    inputBounds: [.nonnegative],
    source: CellProgram(
      nodes: [
        .input, .state(recurrence: [[Rational(1, 2)]], input: .identity(1), of: 0),
      ],
      initial: [[], [1]], output: 1),
    target: CellProgram(
      nodes: [
        .input, .previous(of: 4), .concat([0, 1]),
        .linear(AffineMap([[1, Rational(1, 2)]]), of: 2), .relu(of: 3),
      ],
      initial: [[], [], [], [], [1]], output: 4),
    reads: [.init(node: 1, place: 0)], coupling: passing, links: [[], [], [], [], [0]],
    sourceBounds: [[], [.nonnegative]])

  /// [x; y] ↦ x y.
  static let product = CellProgram(
    nodes: [.input, .multiply(of: 0)], initial: [], output: 1)
}
