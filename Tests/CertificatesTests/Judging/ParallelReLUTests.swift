import Certificates
import ExactArithmetic
import Testing

@Suite("Parallel ReLUs")
struct ParallelReLUTests {
  /// Σ weight · ReLU(slope x + offset) + linear · x + constant, and that behind a ReLU: equal if and
  /// only if the sum is never negative.
  private static func judgement(
    _ terms: [(weight: Rational, slope: Rational, offset: Rational)], linear: Rational = 0,
    constant: Rational = 0, within bounds: Interval = .everything
  ) -> Judgement {
    let columns = terms.count + 1
    var row = terms.enumerated().map { Matrix.Entry(column: $0.offset, value: $0.element.weight) }
    row.append(Matrix.Entry(column: terms.count, value: linear))
    let nodes: [CellProgram.Node] = [
      .input,
      .linear(
        AffineMap(Matrix(dense: terms.map { [$0.slope] }), offset: terms.map(\.offset)), of: 0),
      .relu(of: 1), .concat([2, 0]),
      .linear(AffineMap(Matrix(columnCount: columns, rows: [row]), offset: [constant]), of: 3),
    ]
    return Certificate(
      inputBounds: [bounds], source: CellProgram(nodes: nodes, initial: [], output: 4),
      target: CellProgram(nodes: nodes + [.relu(of: 4)], initial: [], output: 5), reads: [],
      coupling: CellProgram(nodes: [.input], initial: [], output: 0), links: []
    ).judged()
  }

  private static let step: [(weight: Rational, slope: Rational, offset: Rational)] = [
    (1, 2, 0), (-1, 2, -1),
  ]

  @Test("A step is between 0 and 1, and a bump is not negative")
  func steps() {
    #expect(Self.judgement(Self.step).isAccepted)
    #expect(Self.judgement(Self.step.map { (-$0.weight, $0.1, $0.2) }, constant: 1).isAccepted)
    let bump = Self.step + Self.step.map { (-$0.weight, $0.slope, $0.offset - 6) }
    #expect(Self.judgement(bump).isAccepted)
    #expect(!Self.judgement(bump, constant: Rational(-1, 1000)).isAccepted)
  }

  @Test("What is negative somewhere is not seen to be positive")
  func negative() {
    #expect(!Self.judgement(Self.step, constant: Rational(-1, 1_000_000)).isAccepted)
    #expect(!Self.judgement([(1, 1, 0), (-1, 1, 1)], constant: Rational(999, 1000)).isAccepted)
    #expect(!Self.judgement([(1, 1, 0), (-2, 1, -5)]).isAccepted)
    #expect(!Self.judgement([(1, -1, 0), (-2, -1, -5)]).isAccepted)
  }

  @Test("Linear parts and bounds of the direction count")
  func linear() {
    // |x| = 2 ReLU(x) - x, and |x| + |x - 1| is at least 1.
    #expect(Self.judgement([(2, 1, 0)], linear: -1).isAccepted)
    #expect(
      Self.judgement([(2, 1, 0), (2, 1, -1)], linear: -2, constant: 0).isAccepted)
    #expect(
      !Self.judgement([(2, 1, 0), (2, 1, -1)], linear: -2, constant: Rational(-1, 9)).isAccepted)
    #expect(Self.judgement([(1, 1, 0), (-2, 1, -5)], within: Interval(-3, 10)).isAccepted)
    #expect(!Self.judgement([(1, 1, 0), (-2, 1, -5)], within: Interval(-3, 11)).isAccepted)
  }
}
