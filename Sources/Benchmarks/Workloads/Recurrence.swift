import ExactArithmetic
import LSRL
import PropertyTesting

extension Workload {
  /// s ← A s + B x + b with `perRow` non-zeros in each row of A and one in B, over 200 tokens:
  /// weights n/d with |n| up to `numerator` and d = `denominator`, tokens a third of such, so
  /// numbers grow by about log₂(numerator · √perRow) + log₂(denominator) bits a token.
  public static func recurrence(
    _ name: String, width: Int = 64, perRow: Int, numerator: Int, denominator: Int,
    tokens count: Int = 200, seed: UInt64 = 1
  ) throws -> Workload {
    var random = SplitMix64(seed: seed, trial: 0)
    func weight() -> Rational {
      let magnitude = Int.random(in: max(1, numerator / 2)...numerator, using: &random)
      return Rational(Bool.random(using: &random) ? magnitude : -magnitude, denominator)
    }
    func row(_ count: Int, of columns: Int) -> [Matrix.Entry] {
      Array(0..<columns).shuffled(using: &random).prefix(count).sorted()
        .map { Matrix.Entry(column: $0, value: weight()) }
    }
    let inputs = 4
    let state = LinState(
      recurrence: Matrix(columnCount: width, rows: (0..<width).map { _ in row(perRow, of: width) }),
      input: AffineMap(
        Matrix(columnCount: inputs, rows: (0..<width).map { _ in row(1, of: inputs) }),
        offset: (0..<width).map { _ in weight() }),
      initial: (0..<width).map { _ in weight() })
    // One output: so that what is timed is the recurrence, not the reduction to lowest terms.
    let readOut = Matrix(
      columnCount: width,
      rows: [(0..<width).map { Matrix.Entry(column: $0, value: $0.isMultiple(of: 2) ? 1 : -1) }])
    let path = try PathGraph(
      inputDimension: inputs,
      steps: [PathGraph.Step(.linState(state)), PathGraph.Step(.linear(AffineMap(readOut)))])
    return Workload(
      name, path, on: (0..<count).map { _ in (0..<inputs).map { _ in weight() / 3 } })
  }

  /// Exact recurrences by how long their numbers get: up to 128, about 300 and about 4,000 bits.
  public static func recurrences() throws -> [Workload] {
    [
      try recurrence("up to 128 bits", perRow: 2, numerator: 1, denominator: 1),
      try recurrence("about 300 bits", perRow: 8, numerator: 1, denominator: 1),
      try recurrence("about 4,000 bits", perRow: 4, numerator: 700, denominator: 1_000),
    ]
  }
}
