import ExactArithmetic
import LSRL
import PropertyTesting
import Testing

@testable import Evaluation

@Suite("Recurrences whose numbers grow through all numbers of limbs")
struct LongRecurrenceTests {
  struct Case: CustomTestStringConvertible {
    let weights: [Int]
    let denominator: Int
    let tokens: Int

    var testDescription: String { "weights \(weights) over \(denominator)" }
  }

  /// To more than sixteen limbs.
  static let cases = [
    Case(weights: [1, -1], denominator: 1, tokens: 700),
    Case(weights: [700, -699, 3], denominator: 1, tokens: 120),
    Case(weights: [1 << 40, -(1 << 62), 1, -1], denominator: 1, tokens: 30),
    Case(weights: [7, -3], denominator: 6, tokens: 200),
    Case(weights: [999, -1, 500], denominator: 1_000, tokens: 60),
  ]

  @Test("Every tier that can tell gives what the path means", arguments: cases)
  func recurrences(of sample: Case) throws {
    var random = SplitMix64(seed: 5, trial: 0)
    let width = 6
    func weight() -> Rational {
      Rational(sample.weights.randomElement(using: &random) ?? 1, sample.denominator)
    }
    func matrix(_ rows: Int, columns: Int, perRow: Int) -> Matrix {
      Matrix(
        columnCount: columns,
        rows: (0..<rows).map { _ in
          Array(0..<columns).shuffled(using: &random).prefix(perRow).sorted()
            .map { Matrix.Entry(column: $0, value: weight()) }
        })
    }
    let state = LinState(
      recurrence: matrix(width, columns: width, perRow: 3),
      input: AffineMap(
        matrix(width, columns: 2, perRow: 1), offset: (0..<width).map { _ in weight() }),
      initial: (0..<width).map { _ in weight() })
    let path = try ExactEngineTests.path(
      2, [.linState(state), .linear(AffineMap(matrix(3, columns: width, perRow: 4)))])
    let tokens = (0..<sample.tokens).map { _ in [weight() / 3, -weight()] }
    try ExactEngineTests.run(path, tokens)
  }
}
