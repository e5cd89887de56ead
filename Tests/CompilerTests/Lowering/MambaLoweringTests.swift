import Architectures
import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("Lowering to Mamba")
struct MambaLoweringTests {
  private static func path(_ dimension: Int, _ operations: Operation...) throws -> PathGraph {
    try PathGraph(inputDimension: dimension, steps: operations.map { PathGraph.Step($0) })
  }

  private static func widths(
    _ path: PathGraph, _ options: LoweringOptions = LoweringOptions()
  ) throws -> [Int] {
    try lowered(path: path, to: .mamba, options: options).size.widths
  }

  /// The identity on the lower coordinates, 1 beside the diagonal: a delay line.
  private static func shift(_ size: Int) -> Matrix {
    Matrix(
      columnCount: size,
      rows: (0..<size).map { $0 == 0 ? [] : [.init(column: $0 - 1, value: 1)] })
  }

  @Test("A ReLU of d takes d + 1 channels, a product 4d + 1, a diagonal state 2d + 1")
  func primitives() throws {
    #expect(try Self.widths(Self.path(3, .relu)) == [4])
    #expect(try Self.widths(Self.path(6, .multiply)) == [13])
    #expect(try Self.widths(PathCase.state(.diagonal([1, 0, Rational(1, 2)]))) == [7])
    let layers = try Self.widths(Self.path(2, .relu, .multiply, .linear(AffineMap([[2]]))))
    #expect(layers == [3, 5], "the linear is part of the read-out")
  }

  @Test("Ranges halve the channels of states and quarter those of products")
  func ranges() throws {
    let path = try Self.path(2, .relu, .multiply)
    let known = path.graph.ranges(ofInputs: [.everything, .everything])
    #expect(try Self.widths(path, LoweringOptions(ranges: known)) == [3, 2])
    let counter = try PathCase.state([[1]])
    let positive = [[Interval.nonnegative], [Interval.everything]]
    #expect(try Self.widths(counter, LoweringOptions(ranges: positive)) == [2])
    let negative = [[Interval(nil, 0)], [Interval.everything]]
    #expect(try Self.widths(counter, LoweringOptions(ranges: negative)) == [2])
    let stack = try lowered(path: counter, to: .mamba, options: LoweringOptions(ranges: negative))
    #expect(try stack.run([[-1], [-2]] as [[Rational]]) == [[-1], [-3]])
  }

  @Test("A triangular state takes a block for each level")
  func levels() throws {
    // Level 0 passes the other's input on: 2 · 2 + 1; level 1 passes the first state on and sums
    // two signals: 2 · 3 + 1.
    #expect(try Self.widths(PathCase.state([[1, 0], [1, 1]])) == [5, 7])
    #expect(try Self.widths(PathCase.state([[1, 1, 0], [0, 1, 1], [0, 0, 1]])).count == 3)
  }

  @Test("A delay line takes a block for each three places")
  func delays() throws {
    for (size, blocks) in [(1, 1), (2, 1), (4, 1), (5, 2), (7, 2), (8, 3)] {
      let path = try PathCase.state(Self.shift(size))
      #expect(try Self.widths(path).count == blocks, "\(size) places")
      let tokens = (0..<12).map { time in (0..<size).map { Rational((time + 1) * ($0 - 1)) } }
      #expect(try lowered(path: path, to: .mamba).run(tokens) == path.run(tokens))
    }
  }

  @Test("Independent components share blocks, and the shorter ones pass through")
  func components() throws {
    let matrix = Matrix.blockDiagonal([Self.shift(5), [[1]], .diagonal([Rational(1, 3)])])
    let path = try PathCase.state(matrix, initial: [1, 0, -1, 0, 2, 5, -3])
    #expect(try Self.widths(path).count == 2)
    let tokens = (0..<9).map { time in (0..<7).map { Rational(time * $0 - 3) } }
    #expect(try lowered(path: path, to: .mamba).run(tokens) == path.run(tokens))
  }

  @Test("A projector takes one block, in the basis of its eigenvectors")
  func projector() throws {
    let half = Rational(1, 2)
    let path = try PathCase.state([[half, half], [half, half]], initial: [1, 2])
    #expect(try Self.widths(path).count == 1)
    let tokens: [[Rational]] = [[1, 2], [-1, 0], [0, 3], [2, -7]]
    #expect(try lowered(path: path, to: .mamba).run(tokens) == path.run(tokens))
  }

  @Test("A strongly connected nilpotent matrix is a convolution")
  func fullNilpotent() throws {
    let path = try PathCase.state([[1, -1], [1, -1]], initial: [0, 1])
    #expect(try Self.widths(path).count == 1)
    let tokens: [[Rational]] = [[1, 2], [-1, 0], [0, 3], [2, -7]]
    #expect(try lowered(path: path, to: .mamba).run(tokens) == path.run(tokens))
  }

  @Test("Unrolled for T tokens, it is right up to 3L + 1 ≥ T and wrong behind", arguments: 1...11)
  func bounds(length: Int) throws {
    let parity = try PathCase.state([[0, 1], [1, 0]], initial: [1, 0])
    let options = LoweringOptions(maximumLength: length)
    let stack = try lowered(path: parity, to: .mamba, options: options)
    let blocks = max(1, (length + 1) / 3)
    #expect(stack.layers.count == blocks)
    let tokens = [[Rational]](repeating: [1, 0], count: 3 * blocks + 4)
    let expected = parity.run(tokens)
    let found = try stack.run(tokens)
    let reach = 3 * blocks + 1
    #expect(found[..<reach] == expected[..<reach])
    #expect(zip(found[reach...], expected[reach...]).allSatisfy { $0 != $1 })
  }

  @Test("Only the component that needs it is unrolled")
  func mixedBounds() throws {
    let matrix: Matrix = [[0, 0, -1], [0, 1, 0], [1, 0, 0]]
    let path = try PathCase.state(matrix, initial: [1, 1, 0])
    let stack = try lowered(path: path, to: .mamba, options: LoweringOptions(maximumLength: 4))
    let tokens: [[Rational]] = Array(repeating: [1, 2, 3], count: 9)
    let (found, expected) = (try stack.run(tokens), path.run(tokens))
    #expect(found[..<4] == expected[..<4] && found != expected)
    #expect(found.map { $0[1] } == expected.map { $0[1] }, "the counter counts for ever")
  }

  @Test("A delay line of hundreds of places takes no time")
  func longDelay() throws {
    let stack = try lowered(path: PathCase.state(Self.shift(300)), to: .mamba)
    #expect(stack.layers.count == 100)
  }
}
