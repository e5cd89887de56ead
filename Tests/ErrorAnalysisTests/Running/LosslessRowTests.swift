import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import Testing

/// Rows at the border of what a format can hold, where marks say whether anything may be lost.
@Suite("Rows that lose nothing are known to, and no others")
struct LosslessRowTests {
  private static func values(_ format: FloatFormat) -> [Rational] {
    let edge = Rational.powerOfTwo(format.precision)
    return [
      0, 1, 3, Rational(1, 2), edge - 1, edge, -edge, edge / 2, edge / 4, edge / 2 + 1,
      Rational.powerOfTwo(-30), Rational.powerOfTwo(-31), Rational.powerOfTwo(31),
      Rational.powerOfTwo(format.minimumExponent), Rational.powerOfTwo(format.maximumExponent),
    ]
  }

  @Test(
    "Sums of two at the edge: a bound of 0 where the float is exact, and bounds that hold",
    arguments: FloatFormat.catalogue)
  func edges(format: FloatFormat) throws {
    let values = Self.values(format)
    let tokens = values.flatMap { first in values.map { [first, $0] } }
    var exact = (known: 0, all: 0)
    for (weight, offset) in [
      (1, 0), (-1, 1), (3, 0), (2, Rational(1, 2)), (Rational(1, 2), 4), (4, 3),
    ] as [(Rational, Rational)] {
      let graph = try PathGraph(
        inputDimension: 2,
        steps: [
          PathGraph.Step(
            .linear(
              AffineMap(Matrix(dense: [[1, weight], [weight, weight]]), offset: [offset, 0])))
        ]
      ).graph
      let truths = try ExactEngine(Tape(graph)).run(tokens).flatMap(\.self)
      for mode in BoundMode.allCases {
        let found = try RunningBound(Tape(graph), format: format, mode: mode).run(tokens)
        for (value, truth) in zip(found.joined(), truths) {
          #expect(value.holds(for: truth), "\(mode), \(weight), \(offset): \(value), \(truth)")
          guard mode == .tight, value.error(from: truth) == 0 else { continue }
          exact.all += 1
          if value.bound == 0 { exact.known += 1 }
        }
      }
    }
    // Two losses may cancel; nothing else is missed.
    #expect(exact.known > 500 && 20 * (exact.all - exact.known) <= exact.all, "\(exact)")
  }

  @Test("An offset with lower bits than all products is not forgotten")
  func offset() throws {
    let large = Rational.powerOfTwo(60)
    for offset in [1, Rational(1, 2), 4] as [Rational] {
      let run = try BoundedRun(
        1, [.linear(AffineMap(Matrix(dense: [[8]]), offset: [offset]))], [[large], [8]])
      let values = try run.values(.binary64, .tight)
      #expect(values[0].bound == Double(nearest: offset) && values[1].bound == 0)
    }
  }
}
