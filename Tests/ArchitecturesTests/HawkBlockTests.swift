import Architectures
import ExactArithmetic
import Testing

@Suite("Hawk block")
struct HawkBlockTests {
  /// On a stream of one number or two: an MLP that adds nothing.
  static func idleMLP(_ width: Int) -> GatedMLP {
    let nothing = AffineMap(.zero(0, width))
    return GatedMLP(up: nothing, gate: nothing, down: AffineMap(.zero(width, 0)))
  }

  /// One channel, everything neutral: z = u, r = 1/8, i = 1, gate 1. Reads and writes one number.
  private static func recurrence(
    input: AffineMap = .identity(1), convolution: Matrix = [[1, 0, 0, 0]],
    convolutionBias: Rational = 0, decay: Rational = 0,
    recurrenceGate: AffineMap = AffineMap([[0]], offset: [Rational(1, 8)]),
    inputGate: AffineMap = AffineMap([[0]], offset: [1]),
    gate: AffineMap = AffineMap([[0]], offset: [1]), output: AffineMap = .identity(1),
    resetsAtStart: Bool = false
  ) -> HawkRecurrence {
    HawkRecurrence(
      input: input, convolution: .depthwise(convolution), convolutionBias: [convolutionBias],
      decay: [decay], recurrenceGate: recurrenceGate, inputGate: inputGate, gate: gate,
      output: output, resetsAtStart: resetsAtStart)
  }

  static func stack(_ blocks: HawkBlock...) -> LayerStack {
    LayerStack(
      architecture: blocks[0].family.architecture, inputDimension: blocks[0].inputDimension,
      layers: blocks.map(Layer.hawk),
      readOut: .identity(blocks[blocks.count - 1].outputDimension))
  }

  /// What the recurrence adds to the stream.
  private static func run(
    _ recurrence: HawkRecurrence, _ inputs: [Rational]
  ) throws -> [Rational] {
    let block = HawkBlock(family: .hawk, mixing: .recurrence(recurrence), mlp: idleMLP(1))
    return try zip(stack(block).run(inputs.map { [$0] }), inputs).map { $0[0] - $1 }
  }

  @Test("The convolution reaches three tokens back, from zeros, and is not rectified")
  func convolution() throws {
    let plain = Self.recurrence(convolution: [[1, 10, 100, 1000]], convolutionBias: 5)
    #expect(try Self.run(plain, [1, 2, 3, 4, 5, -9]) == [6, 17, 128, 1239, 2350, 3446])
    let biased = Self.recurrence(
      input: AffineMap([[1]], offset: [1]), convolution: [[0, 0, 1, 0]])
    #expect(
      try Self.run(biased, [1, -2, 3, 4]) == [0, 0, 2, -1], "no bias before the first token")
  }

  @Test("h ← a h + √(1 − a²) i z, with a = α^(8r)")
  func recurrences() throws {
    let decaying = Self.recurrence(decay: Rational(3, 5))
    // h = 4/5, 3/5 · 4/5 = 12/25, 36/125 − 4.
    #expect(
      try Self.run(decaying, [1, 0, -5]) == [
        Rational(4, 5), Rational(12, 25), Rational(36, 125) - 4,
      ])
    // r = σ(z): 8r = 1, 0, 1, since z = 1/8, −1, 1/8; with α = 0 and 8r = 0, a = 0⁰ = 1.
    let gated = Self.recurrence(recurrenceGate: .identity(1))
    let eighth = Rational(1, 8)
    #expect(try Self.run(gated, [eighth, -1, 0, eighth]) == [eighth, eighth, eighth, eighth])
    let register = Self.recurrence(
      recurrenceGate: .identity(1), inputGate: AffineMap([[8]], offset: [2]))
    #expect(try Self.run(register, [eighth, -1, 2 * eighth]) == [3 * eighth, 3 * eighth, 1])
    // Λ < 0 is α = 0.
    #expect(try Self.run(Self.recurrence(decay: -3), [4, 5]) == [4, 5])
  }

  @Test("The first token resets, if asked to: a = 0, multiplier 1")
  func reset() throws {
    let block = Self.recurrence(
      decay: Rational(3, 5), inputGate: AffineMap([[0]], offset: [2]), resetsAtStart: true)
    #expect(try Self.run(block, [1, 1]) == [2, Rational(6, 5) + Rational(8, 5)])
  }

  @Test("The gate multiplies, rectified; the output has a bias")
  func gate() throws {
    let block = Self.recurrence(
      convolutionBias: 9, gate: AffineMap([[1]], offset: [1]), output: AffineMap([[2]], offset: [3])
    )
    #expect(try Self.run(block, [1, -3, 2]) == [43, 3, 69], "2 (x + 9) σ(x + 1) + 3")
  }

  /// The numbers were computed by a program written apart from this one, in another language.
  @Test("Three channels with gates; a dense kernel: as computed elsewhere")
  func reference() throws {
    let tokens: [[Rational]] = [[1, 2], [-1, 1], [2, 0], [1, 3], [-2, 1]]
    let eighth = Rational(1, 8)
    let recurrence = HawkRecurrence(
      input: AffineMap([[1, -1], [2, 1], [0, 1]], offset: [1, 0, -2]),
      convolution: .depthwise([[1, 2, 0, -1], [-1, 1, 3, 0], [1, -1, 0, 2]]),
      convolutionBias: [1, 0, -1], decay: [Rational(3, 5), -1, Rational(5, 13)],
      recurrenceGate: AffineMap(.zero(3, 3), offset: [eighth, eighth, eighth]),
      inputGate: AffineMap([[0, 1, 0], [1, 0, -1], [2, 0, 1]], offset: [1, 0, -3]),
      gate: AffineMap([[1, 1], [0, -1], [-1, 2]], offset: [1, 2, 0]),
      output: AffineMap([[1, -1, Rational(1, 2)], [0, 2, -1]], offset: [1, -1]))
    let found = try Self.stack(
      HawkBlock(family: .hawk, mixing: .recurrence(recurrence), mlp: Self.idleMLP(2))
    ).run(tokens)
    #expect(
      zip(found, tokens).map { [$0[0] - $1[0], $0[1] - $1[1]] } == [
        [1, -1], [-9, 19], [Rational(-83, 5), 111], [Rational(5861, 65), Rational(-1333, 13)],
        [Rational(-7331, 169), Rational(14831, 169)],
      ])

    let dense = HawkRecurrence(
      input: AffineMap([[1, -1], [2, 1]], offset: [1, -2]),
      convolution: .dense([[[1, 0], [2, 1]], [[0, -1], [1, 1]], [[1, 1], [0, -2]]]),
      convolutionBias: [1, 0], decay: [Rational(3, 5), Rational(12, 13)],
      recurrenceGate: AffineMap(.zero(2, 2), offset: [eighth, eighth]),
      inputGate: AffineMap([[0, 1], [1, -1]], offset: [1, 2]),
      gate: AffineMap([[1, 1], [0, 1]], offset: [1, 2]), output: AffineMap([[1, -1]], offset: [1]))
    let identity = GatedMLP(
      up: .identity(1), gate: AffineMap([[0]], offset: [1]), down: .identity(1))
    let outputs = try Self.stack(
      HawkBlock(family: .dense, mixing: .recurrence(dense), mlp: identity)
    ).run(tokens)
    #expect(
      outputs == [
        [Rational(489, 65)], [Rational(45184, 4225)], [Rational(8_313_353, 274_625)],
        [Rational(-982_090_411, 3_570_125)], [Rational(68_757_763, 371_293)],
      ])
  }

  @Test("The MLP multiplies, one factor rectified; both parts are added to what they read")
  func residuals() throws {
    let mlp = GatedMLP(
      up: AffineMap([[2]], offset: [1]), gate: AffineMap([[-1]], offset: [5]),
      down: AffineMap([[3]], offset: [7]))
    let block = HawkBlock(
      family: .hawk, mixing: .recurrence(Self.recurrence(convolutionBias: 1)), mlp: mlp)
    // y = x + (x + 1); y + 3 (2y + 1) σ(5 − y) + 7.
    #expect(try Self.stack(block).run([[0], [1], [5]] as [[Rational]]) == [[44], [52], [18]])
    let plain = HawkRecurrence(
      input: .identity(1), convolution: .dense([[[1]]]), convolutionBias: [1], decay: [0],
      recurrenceGate: AffineMap([[0]], offset: [Rational(1, 8)]),
      inputGate: AffineMap([[0]], offset: [1]), gate: AffineMap([[0]], offset: [1]),
      output: .identity(1))
    let dense = HawkBlock(family: .dense, mixing: .recurrence(plain), mlp: mlp)
    // y = x + 1; 3 (2y + 1) σ(5 − y) + 7.
    #expect(try Self.stack(dense).run([[0], [1], [5]] as [[Rational]]) == [[43], [52], [7]])
  }

  @Test("Exactly, 8r must be whole and √(1 − a²) rational; floats take any")
  func inexact() throws {
    func stack(_ recurrence: HawkRecurrence) -> LayerStack {
      Self.stack(HawkBlock(family: .hawk, mixing: .recurrence(recurrence), mlp: Self.idleMLP(1)))
    }
    let half = stack(Self.recurrence(decay: Rational(1, 2)))
    let refusal = EvaluationError.irrationalMultiplier(layer: 0, channel: 0, decay: "1/2")
    #expect(throws: refusal) { try half.run([[1]] as [[Rational]]) }
    #expect("\(refusal)".contains("rational square root of 1 - a^2, found 1/2"))
    let root = 0.75.squareRoot()
    #expect(try half.run([[1], [2]] as [[Double]]) == [[1 + root], [2 + (0.5 * root + root * 2)]])
    let single = Float(0.75).squareRoot()
    #expect(try half.run([[1]] as [[Float]]) == [[1 + single]])

    let gated = stack(Self.recurrence(decay: Rational(3, 5), recurrenceGate: .identity(1)))
    #expect(throws: EvaluationError.inexactStepSize(layer: 0, channel: 0, stepSize: "8/3")) {
      try gated.run([[Rational(1, 3)]])
    }
    // a = 9/25: √(1 − 81/625) is irrational.
    #expect(throws: EvaluationError.irrationalMultiplier(layer: 0, channel: 0, decay: "9/25")) {
      try gated.run([[Rational(1, 4)]])
    }
    #expect(try gated.run([[0.25]] as [[Double]])[0][0].isFinite)
    let growing = stack(Self.recurrence(decay: 2))
    #expect(throws: EvaluationError.self) { try growing.run([[1]] as [[Rational]]) }
    #expect(try growing.run([[1]] as [[Double]])[0][0].isNaN)
    #expect(Self.recurrence(decay: Rational(4, 5)).hasAdmissibleDecays)
    #expect(!Self.recurrence(decay: 1).hasAdmissibleDecays)
  }

  @Test("Other gate functions leave the equations as they are")
  func gates() throws {
    enum Shifted: Gates {
      static func tanh(_ value: Rational) -> Rational { 0 }
      static func silu(_ value: Rational) -> Rational { value }
      static func softplus(_ value: Rational) -> Rational { value }
      static func logistic(_ value: Rational) -> Rational { value * 2 }
      static func gelu(_ value: Rational) -> Rational { value + 1 }
    }
    // 8r = 2, α = 0: a = 0; i = 2; h = 2 · 3; gate 2: 12.
    let block = HawkBlock(
      family: .hawk, mixing: .recurrence(Self.recurrence()), mlp: Self.idleMLP(1))
    #expect(try Self.stack(block).run([[3]], gates: Shifted.self) == [[15]])
  }
}
