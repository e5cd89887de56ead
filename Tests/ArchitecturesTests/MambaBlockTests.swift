import Architectures
import ExactArithmetic
import Testing

@Suite("Mamba block")
struct MambaBlockTests {
  /// One channel, one state, everything neutral: x = σ(u), Δ = 1, B = C = 0, y = x, gate 1 · a₂.
  private static func block(
    convolution: Matrix = [[1, 0, 0, 0]], convolutionBias: Rational = 0,
    stepReduction: Matrix = [[0]], step: AffineMap = AffineMap([[0]], offset: [1]),
    writing: Matrix = [[0]], reading: Matrix = [[0]], decay: Matrix = [[0]], skip: Rational = 1
  ) -> MambaBlock {
    MambaBlock(
      input: [[1, 0]], gate: [[0, 1]], convolution: convolution,
      convolutionBias: [convolutionBias], stepReduction: stepReduction, step: step,
      writing: writing, reading: reading, decay: decay, skip: [skip], output: [[1]])
  }

  private static func stack(_ block: MambaBlock) -> LayerStack {
    LayerStack(
      architecture: .mamba, inputDimension: 1, embedding: .tokenAndOne, layers: [.mamba(block)],
      readOut: .identity(block.outputDimension))
  }

  private static func run(_ block: MambaBlock, _ inputs: [Rational]) throws -> [Rational] {
    try stack(block).run(inputs.map { [$0] }).map { $0[0] }
  }

  @Test("The convolution reaches three tokens back, from zeros, and is rectified")
  func convolution() throws {
    let weights: Matrix = [[1, 10, 100, 1000]]
    let block = Self.block(convolution: weights, convolutionBias: 5)
    #expect(try Self.run(block, [1, 2, 3, 4, 5, -9]) == [6, 17, 128, 1239, 2350, 3446])
    let negative = Self.block(convolution: [[-1, 0, 0, 0]])
    #expect(try Self.run(negative, [3, -2]) == [0, 2])
  }

  @Test("h ← Ā^Δ h + Δ B x, y = C h + d x, with B, C and Δ read from x")
  func selection() throws {
    // x = u ≥ 0; Δ = x; B = 2x; C = 3x; d = 1; Ā = 1/2: h ← 2^−x h + 2x³; y = 3x h + x.
    let block = Self.block(
      stepReduction: [[1]], step: AffineMap([[1]]), writing: [[2]], reading: [[3]],
      decay: [[Rational(1, 2)]])
    // x = 1: h = 2, y = 7. x = 2: h = 2/4 + 16 = 33/2, y = 101. x = 0: h stays, y = 0.
    // x = 1: h = 33/4 + 2 = 41/4, y = 127/4.
    #expect(try Self.run(block, [1, 2, 0, 1]) == [7, 101, 0, Rational(127, 4)])
    let doubles = try Self.stack(block).run([[1], [2], [0], [1]] as [[Double]])
    #expect(doubles == [[7], [101], [0], [31.75]])
    let points = try Self.stack(block).run([[1], [2], [0], [1]] as [[Interval]])
    #expect(points.map { $0[0].point } == [7, 101, 0, Rational(127, 4)])
  }

  /// The numbers were computed by a program written apart from this one, in another language.
  @Test("Three channels, two states, rank two: as computed elsewhere")
  func reference() throws {
    let third = Rational(1, 3)
    let block = MambaBlock(
      input: [[-1, -1], [-1, -2], [-2, 2]], gate: [[0, 2], [1, 0], [0, -1]],
      convolution: [[-2, -1, -1, 2], [-1, 1, 1, 0], [0, 0, -1, 1]], convolutionBias: [2, -1, 2],
      stepReduction: [[-1, 1, -1], [0, 1, 0]], step: AffineMap([[0, 1], [0, 1], [1, 0]]),
      writing: [[-2, 2, 0], [-2, 0, -1]], reading: [[-1, 1, -1], [-1, -2, -2]],
      decay: [[0, third], [1, third], [1, third]], skip: [-1, 0, -2],
      output: [[-1, -2, 0], [1, -2, -1]])
    let stack = LayerStack(
      architecture: .mamba, inputDimension: 2, layers: [.mamba(block)], readOut: .identity(2))
    let outputs = try stack.run([[1, -2], [2, 2], [-1, -1], [1, 2], [-1, -2]] as [[Rational]])
    #expect(
      outputs == [
        [0, 8], [-318748, 18716], [0, 16], [Rational(-211_484, 3), Rational(115_972, 3)], [0, 8],
      ])
  }

  @Test("A step of 0 holds the state, whatever the decay: 0⁰ = 1")
  func hold() throws {
    // Δ = 1 − x: 0 holds; B = 1 by nothing: the state is written while x > 0 and Δ > 0.
    let block = Self.block(
      convolutionBias: 1, stepReduction: [[-1]], step: AffineMap([[1]], offset: [2]),
      writing: [[1]], reading: [[1]], decay: [[0]], skip: 0)
    // x = u + 1. u = 0: x = 1, Δ = 1, h = 1, y = 1. u = 1: x = 2, Δ = 0, h = 1, y = 2.
    // u = −1: x = 0, Δ = 2, h = 0, y = 0.
    #expect(try Self.run(block, [0, 1, 1, -1, 1]) == [1, 2, 2, 0, 0])
  }

  @Test("The gate multiplies, rectified")
  func gate() throws {
    let block = MambaBlock(
      input: [[1, 0]], gate: [[1, 1]], convolution: [[1, 0, 0, 0]], convolutionBias: [9],
      stepReduction: [[0]], step: AffineMap([[0]], offset: [1]), writing: [[0]], reading: [[0]],
      decay: [[0]], skip: [1], output: [[2]])
    #expect(try Self.run(block, [1, -3, 2]) == [40, 0, 66], "2 (u + 9) σ(u + 1)")
  }

  @Test("Exactly, a step size that is no whole number is an error; floats take it")
  func inexactSteps() throws {
    let block = Self.block(
      stepReduction: [[1]], step: AffineMap([[1]]), writing: [[1]], reading: [[1]],
      decay: [[Rational(1, 4)]], skip: 0)
    let stack = Self.stack(block)
    #expect(
      throws: EvaluationError.inexactStepSize(layer: 0, channel: 0, stepSize: "1/2")
    ) { try stack.run([[1], [Rational(1, 2)]] as [[Rational]]) }
    #expect(
      throws: EvaluationError.inexactStepSize(layer: 0, channel: 0, stepSize: "[0, 1]")
    ) { try stack.run([[Interval(0, 1)]]) }
    // h: 1; then 1/2 + 1/2 · 1/2 · 1/2 = 5/8, y = 5/16.
    #expect(try stack.run([[1], [0.5]] as [[Double]]) == [[1], [0.3125]])
    #expect(try stack.run([[1], [0.5]] as [[Float]]) == [[1], [0.3125]])
    let large: Rational = 1_000_000_007
    #expect(throws: EvaluationError.self, "a power too large to hold") {
      try stack.run([[large]])
    }
  }

  @Test("A token of the wrong dimension is an error")
  func tokens() {
    #expect(throws: EvaluationError.wrongTokenDimension(expected: 1, found: 2)) {
      try Self.stack(Self.block()).run([[1, 2]] as [[Rational]])
    }
  }

  @Test("Decays are checked to be from 0 to 1")
  func decays() {
    #expect(Self.block(decay: [[1]]).hasAdmissibleDecays)
    #expect(!Self.block(decay: [[Rational(9, 8)]]).hasAdmissibleDecays)
    #expect(!Self.block(decay: [[-1]]).hasAdmissibleDecays)
  }

  @Test("Other gate functions leave the equations as they are")
  func gates() throws {
    enum Shifted: Gates {
      static func logistic(_ value: Rational) -> Rational { value }
      static func tanh(_ value: Rational) -> Rational { value }
      static func silu(_ value: Rational) -> Rational { value + 1 }
      static func softplus(_ value: Rational) -> Rational { value * 2 }
      static func gelu(_ value: Rational) -> Rational { value }
    }
    let block = Self.block(writing: [[1]], reading: [[1]], decay: [[1]], skip: 0)
    // x = u + 1 = 3, Δ = 2, h = 2 · 3 · 3, y = 54; gate 1 + 1.
    #expect(try Self.stack(block).run([[2]], gates: Shifted.self) == [[108]])
  }
}
