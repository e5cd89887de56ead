import Architectures
import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("Sizes and refusals of Hawk and Griffin")
struct HawkSizeTests {
  private static func path(_ dimension: Int, _ operations: Operation...) throws -> PathGraph {
    try PathGraph(inputDimension: dimension, steps: operations.map { PathGraph.Step($0) })
  }

  private static func blocks(
    _ path: PathGraph, _ architecture: Architecture = .hawk,
    _ options: LoweringOptions = LoweringOptions()
  ) throws -> [HawkBlock] {
    try lowered(path: path, to: architecture, options: options).layers.compactMap {
      guard case .hawk(let block) = $0 else { return nil }
      return block
    }
  }

  private static func refusal(
    _ matrix: Matrix, _ architecture: Architecture, _ options: LoweringOptions = LoweringOptions()
  ) throws -> LoweringRefusal? {
    let path = try PathCase.state(matrix)
    do {
      _ = try lowered(path: path, to: architecture, options: options)
      return nil
    } catch {
      return error
    }
  }

  @Test("A ReLU of d takes d units, a product 2d, a diagonal state d channels")
  func primitives() throws {
    let state = try PathCase.state(.diagonal([Rational(3, 5), 0, Rational(12, 13)]))
    for (path, width) in [
      (try Self.path(3, .relu), 3), (try Self.path(6, .multiply), 6), (state, 3),
    ] {
      for architecture in [Architecture.hawk, .griffin] {
        #expect(try Self.blocks(path, architecture).map(\.busyPartCount) == [1])
      }
      // The input itself is not erased by what reads it last; a = 0 stays where it is.
      let expected = path.steps[0].operation == state.steps[0].operation ? 2 : width
      #expect(try Self.blocks(path).map(\.width) == [expected])
      let dense = try Self.blocks(path, .hawkDense).map(\.width)
      #expect(dense == [path.steps[0].operation == .multiply ? 6 : width])
    }
    let reset = LoweringOptions(resetsAtStart: true)
    #expect(try Self.blocks(state, .hawk, reset).map(\.width) == [3], "one more tells the start")
  }

  @Test("What is read for the last time takes a channel more, except in the last part")
  func erasures() throws {
    // σ of two inputs: 2 units, 2 to erase the inputs; the product: 1 unit, as its factors are ≥ 0.
    let path = try Self.path(2, .relu, .multiply)
    #expect(try Self.blocks(path).map(\.mlp.width) == [4, 1])
    // Known to be ≥ 0, a ReLU costs nothing.
    #expect(try Self.blocks(Self.path(2, .relu, .relu, .relu)).map(\.mlp.width) == [2])
  }

  @Test("What is zero or goes on as it is takes no layer at all")
  func nothingToDo() throws {
    let path = try Self.path(
      1, .linear(AffineMap([[1], [0]])),
      .linState(LinState(recurrence: .zero(2, 2), input: .identity(2), initial: [0, 0])),
      .linear(AffineMap([[2, 5]])))
    #expect(try Self.blocks(path).isEmpty)
    let stack = try lowered(path: path, to: .hawk)
    #expect(try stack.run([[3]] as [[Rational]]) == [[6]])
  }

  /// y = γ(x) ⊙ φ(s) with γ and φ of K ReLUs, as a path: the state beside x, K times a Linear and a
  /// ReLU, a Linear, a Multi.
  @Test("A gated linear layer with K hidden layers takes K + 2 parts", arguments: 0...4)
  func gatedLayer(depth: Int) throws {
    var dice = Dice(seed: depth)
    var operations: [Operation] = [
      .linState(
        LinState(
          recurrence: .diagonal([Rational(3, 5), Rational(5, 13), 0]),
          input: AffineMap([[1], [2], [1]]), initial: [1, 2, 0]))
    ]
    for _ in 0..<depth {
      operations += [.linear(dice.affine(from: 3, to: 3, [1, 2])), .relu]
    }
    operations += [.linear(dice.affine(from: 3, to: 4, [1, 2])), .multiply]
    let path = try PathGraph(inputDimension: 1, steps: operations.map { PathGraph.Step($0) })
    for architecture in [Architecture.hawk, .griffin] {
      let parts = try Self.blocks(path, architecture).reduce(0) { $0 + $1.busyPartCount }
      #expect(parts == depth + 2)
    }
    #expect(try Self.blocks(path, .hawkDense).count == depth + 1)
  }

  @Test("Every third layer of a Griffin attends, and nobody listens")
  func pattern() throws {
    let delay = Matrix(
      columnCount: 20, rows: (0..<20).map { $0 == 0 ? [] : [.init(column: $0 - 1, value: 1)] })
    let blocks = try Self.blocks(PathCase.state(delay), .griffin)
    let kinds = blocks.map { block -> String in
      switch block.mixing {
      case .recurrence: "r"
      case .attention(let attention): attention.isUnused ? "a" : "used"
      }
    }
    #expect(kinds.joined() == "rrarrarrar", "7 recurrences of three taps")
    let rectified = try Self.blocks(
      Self.path(
        1, .relu, .linear(AffineMap([[1]], offset: [-1])), .relu,
        .linear(AffineMap([[1]], offset: [-1])), .relu), .griffin)
    #expect(
      rectified.count == 3 && rectified.allSatisfy { $0.mlp.width > 0 }, "their MLPs are used")
  }

  @Test(
    "Hawk names what is wrong with a state matrix",
    arguments: [
      ([[1]], [.integrator]), ([[-1]], [.negativeEigenvalue(-1)]),
      ([[Rational(1, 2)]], [.irrationalMultiplier(Rational(1, 2))]),
      ([[0, -1], [1, 0]], [.complexEigenvalues]),
      // A projector: eigenvalues 0 and 1.
      ([[Rational(1, 2), Rational(1, 2)], [Rational(1, 2), Rational(1, 2)]], [.integrator]),
      // x² − 7/10 x + 1/10: 1/2 and 1/5.
      (
        [[0, Rational(-1, 10)], [1, Rational(7, 10)]],
        [.irrationalMultiplier(Rational(1, 5)), .irrationalMultiplier(Rational(1, 2))]
      ),
    ] as [(Matrix, [StateObstacle.Kind])])
  func obstacles(matrix: Matrix, kinds: [StateObstacle.Kind]) throws {
    for architecture in [Architecture.hawk, .griffin] {
      let refusal = try #require(try Self.refusal(matrix, architecture))
      #expect(
        refusal.reason
          == .stateMatrix(
            kinds.map { StateObstacle(coordinates: Array(0..<matrix.rowCount), kind: $0) }))
      #expect(refusal.offenders == [7] && refusal.step == 0)
      #expect(refusal.description.hasSuffix("; bound the length with --max-length T"))
      #expect(try Self.refusal(matrix, architecture, LoweringOptions(maximumLength: 5)) == nil)
    }
    #expect(try Self.refusal(matrix, .hawkDense) == nil)
  }

  @Test("The message of a refusal says what Hawk can do")
  func message() throws {
    let refusal = try #require(try Self.refusal([[1, 0], [3, Rational(1, 3)]], .hawk))
    #expect(
      refusal.description
        == "step 0 (n7): the state of a Hawk can only shrink, each channel by a factor a from 0 to "
        + "below 1 with a rational square root of 1 - a^2: coordinate 0 has the eigenvalue 1: it "
        + "sums over all tokens; coordinate 1 has the eigenvalue 1/3, and the square root of "
        + "1 - (1/3)^2 is irrational; bound the length with --max-length T")
  }

  @Test("A refusal is right: no random state with Pythagorean eigenvalues is refused")
  func noFalseRefusals() throws {
    for seed in 0..<300 {
      var dice = Dice(seed: seed)
      let matrix = dice.matrix(dice.pick(MatrixKind.hawks), dice.roll(1...5), [1, 2, 3, 4])
      #expect(try Self.refusal(matrix, .hawk) == nil, "\(matrix)")
    }
  }

  @Test("Kernels end where powers do, or at the bound")
  func kernels() throws {
    func lengths(_ matrix: Matrix, _ bound: Int?) throws -> (kernel: Int, maximum: Int?) {
      let path = try PathCase.state(matrix)
      let stack = try lowered(
        path: path, to: .hawkDense, options: LoweringOptions(maximumLength: bound))
      guard case .hawk(let block)? = stack.layers.first,
        case .recurrence(let recurrence) = block.mixing
      else { return (0, nil) }
      return (recurrence.reach, stack.maximumLength)
    }
    let nilpotent: Matrix = [[0, 0, 0], [1, 0, 0], [5, 1, 0]]
    #expect(try lengths([[0]], nil) == (1, nil))
    #expect(try lengths(nilpotent, nil) == (3, nil))
    #expect(try lengths(nilpotent, 3) == (3, nil), "A³ = 0: right for ever")
    #expect(try lengths(nilpotent, 2) == (2, 2))
    #expect(try lengths([[1]], nil) == (64, 64))
    #expect(try lengths([[-2]], 5) == (5, 5))
    #expect(try lengths([[-2]], -5) == (1, -5), "nothing is promised")
    for length in [LoweringOptions.longestBound + 1, .max] {
      let refusal = try Self.refusal(
        [[1]], .hawkDense, LoweringOptions(maximumLength: length))
      #expect(refusal?.reason == .lengthBoundTooLarge(requested: length))
    }
  }

  @Test("A dense network is wrong behind its kernel, and right up to it", arguments: 1...6)
  func kernelBounds(length: Int) throws {
    let parity = try PathCase.state([[0, 1], [1, 0]], initial: [1, 0])
    let stack = try lowered(
      path: parity, to: .hawkDense, options: LoweringOptions(maximumLength: length))
    let tokens = [[Rational]](repeating: [1, 0], count: length + 4)
    let (found, expected) = (try stack.run(tokens), parity.run(tokens))
    #expect(found[..<length] == expected[..<length])
    #expect(zip(found[length...], expected[length...]).allSatisfy { $0 != $1 })
  }
}
