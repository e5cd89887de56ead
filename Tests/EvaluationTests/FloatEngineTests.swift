import Evaluation
import ExactArithmetic
import LSRL
import Testing

@Suite("The float engine")
struct FloatEngineTests {
  private static func path(_ dimension: Int, _ operations: [LSRL.Operation]) throws -> PathGraph {
    try PathGraph(inputDimension: dimension, steps: operations.map { PathGraph.Step($0) })
  }

  /// Both ways, and that they agree bit for bit.
  private static func run<Number: LaneNumber & BinaryFloatingPoint>(
    _ path: PathGraph, _ tokens: [[Number]], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [[Number]] {
    let found = try FloatEngine<Number>(Tape(path)).run(tokens)
    for (left, right) in zip(path.run(tokens).joined(), found.joined()) {
      let isSame = left.isNaN ? right.isNaN : left == right && left.sign == right.sign
      #expect(isSame, "\(left), \(right)", sourceLocation: sourceLocation)
    }
    return found
  }

  @Test("ReLU keeps NaN, drops minus infinity and the sign of zero")
  func relu() throws {
    let values: [Double] = [.nan, -.infinity, .infinity, -0.0, -0x1p-1074, 0x1p-1074]
    let found = try Self.run(Self.path(6, [.relu]), [values])[0]
    #expect(found[0].isNaN)
    #expect(found[1...] == [0, .infinity, 0, 0, 0x1p-1074])
    #expect(found[3].sign == .plus)
  }

  @Test("Products are rounded before they are added")
  func noFusing() throws {
    // (1 + u)² = 1 + 2u + u²: u² is lost by rounding the product, kept by a fused operation.
    let u = 0x1p-52
    let row = try Self.path(2, [.linear(AffineMap([[Rational(exactly: 1 + u) ?? 0, 1]]))])
    #expect(try Self.run(row, [[1 + u, -(1 + 2 * u)]]) == [[0]])
  }

  @Test("Columns are added in ascending order, from the offset on; old state before input")
  func order() throws {
    let big = Rational(2).raised(to: 60)
    let map = AffineMap([[1, 1, 1]], offset: [big])
    #expect(try Self.run(Self.path(3, [.linear(map)]), [[1, 1, -0x1p60]]) == [[0]])
    #expect(try Self.run(Self.path(3, [.linear(map)]), [[-0x1p60, 1, 1]]) == [[2]])
    let state = LinState(recurrence: [[1]], input: AffineMap([[1, 1]]), initial: [big])
    #expect(
      try Self.run(Self.path(2, [.linState(state)]), [[1, -0x1p60], [-1, 1]]) == [[0], [0]])
  }

  @Test("A weight that rounds to zero still makes infinity a NaN")
  func vanishingWeight() throws {
    let tiny = Rational(2).raised(to: 2_000).reciprocal
    let path = try Self.path(1, [.linear(AffineMap([[tiny]]))])
    #expect(try Self.run(path, [[Double.infinity]])[0][0].isNaN)
    #expect(try Self.run(path, [[Double(1)]]) == [[0]])
    let huge = try Self.path(1, [.linear(AffineMap([[tiny.reciprocal]]))])
    #expect(try Self.run(huge, [[Float(-1)]]) == [[-.infinity]])
  }

  @Test("Subnormals are neither flushed nor read as zero")
  func subnormals() throws {
    let half = try Self.path(2, [.linear(AffineMap([[Rational(1, 2), 0], [0, 1]])), .multiply])
    #expect(try Self.run(half, [[0x1p-1073, 1]]) == [[0x1p-1074]])
    let floats: [[Float]] = [[0x1p-148, 1]]
    #expect(try Self.run(half, floats) == [[0x1p-149]])
  }

  @Test("Batches of any size and any lengths give what each sequence gives alone")
  func batches() throws {
    let state = LinState(
      recurrence: [[Rational(1, 3), 1], [0, -1]],
      input: AffineMap([[1], [Rational(1, 7)]], offset: [0, Rational(1, 10)]),
      initial: [Rational(1, 3), 1])
    let path = try Self.path(1, [.linState(state), .relu, .multiply])
    let engine = try FloatEngine<Double>(Tape(path))
    for count in [0, 1, 2, 15, 16, 17, 33] {
      let sequences = (0..<count).map { sequence in
        (0..<(sequence * 7) % 11).map { [Double(sequence) - 0.1 * Double($0)] }
      }
      let found = try engine.run(SequenceBatch(dimension: 1, sequences))
      #expect(found.count == count)
      for (index, sequence) in sequences.enumerated() {
        #expect(found[index] == path.run(sequence))
      }
    }
  }

  @Test("A token of the wrong size, and a program that is too large, are refused")
  func refusals() throws {
    let tape = Tape(try Self.path(2, [.relu]))
    #expect(throws: EngineError.tokenSize(expected: 2, found: 1)) {
      try FloatEngine<Double>(tape).run([[1]])
    }
    #expect(throws: EngineError.tooManyNumbers(4, limit: 3)) {
      try FloatEngine<Float>(tape, registerLimit: 3)
    }
  }

  @Test("A program that is only its input, or one that ignores it, runs")
  func corners() throws {
    #expect(try Self.run(Self.path(2, []), [[1, -0.0], [2, 3]]) == [[1, 0], [2, 3]])
    let constant = AffineMap(.zero(1, 2), offset: [7])
    #expect(try Self.run(Self.path(2, [.linear(constant)]), [[.nan, 1.0]]) == [[7]])
    #expect(try Self.run(Self.path(2, []), [[Double]]()) == [])
  }
}
