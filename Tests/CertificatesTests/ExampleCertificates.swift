import Certificates
import ExactArithmetic

/// Certificates written by hand.
enum Example {
  /// A state in two forms of its own: s ← A s + B x + b with ReLU behind, and a recurrent layer that
  /// keeps ReLU(s) and ReLU(−s).
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
