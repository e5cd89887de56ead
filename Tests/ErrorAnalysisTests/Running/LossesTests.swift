import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import Testing

@Suite("Losses are found where they happen")
struct LossesTests {
  private func losses(
    _ operations: [LSRL.Operation], _ tokens: [[Rational]], _ format: FloatFormat = .binary64
  ) throws -> Losses {
    let path = try PathGraph(
      inputDimension: tokens.first?.count ?? 1, steps: operations.map { PathGraph.Step($0) })
    return try Losses(Tape(path), format: format, tokens: tokens)
  }

  @Test("none where nothing is lost")
  func none() throws {
    let found = try losses(
      [.linear(AffineMap([[2, -3]], offset: [1])), .relu], [[1, 2], [5, 0]])
    #expect(found.count == 0 && found.first == nil && found.largest == nil)
  }

  @Test("in tokens, weights, offsets and initial states")
  func representation() throws {
    let third = Rational(1, 3)
    #expect(try losses([.relu], [[1], [third]]).first?.operation == .token(coordinate: 0))
    #expect(try losses([.relu], [[1], [third]]).first?.step == 1)
    let weight = try losses([.linear(AffineMap([[third]]))], [[0], [2]])
    #expect(weight.first?.operation == .weight(third, factor: 2) && weight.first?.step == 1)
    let offset = try losses([.linear(AffineMap([[1]], offset: [third]))], [[0]])
    #expect(offset.first?.operation == .offset(third) && offset.first?.instruction == 0)
    let state = LinState(recurrence: [[1]], input: AffineMap([[1]]), initial: [third])
    #expect(try losses([.linState(state)], [[0]]).first?.operation == .initialState(third))
  }

  @Test("in sums and products, with their operands; the largest one is known")
  func operations() throws {
    let big = Rational(2).raised(to: 60)
    let found = try losses(
      [.linear(AffineMap([[1, 1]])), .linear(AffineMap([[1], [1]])), .multiply],
      [[1, 2], [big, 1]])
    #expect(found.first?.operation == .sum(0x1p60, 1) && found.first?.step == 1)
    #expect(found.first?.amount == 1 && found.first?.instruction == 0 && found.count == 1)
    let third = Double(1) / 3
    let exact = try #require(Rational(exactly: third))
    let product = try losses([.multiply], [[exact, exact]])
    #expect(product.first?.operation == .product(third, third))
    let overflow = try losses([.multiply], [[big, big]], .binary16)
    #expect(overflow.largest?.amount == .infinity)
  }
}
