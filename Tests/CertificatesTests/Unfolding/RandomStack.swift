import Architectures
import ExactArithmetic

/// Random small numbers and networks, the same for the same seed.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[roll(0...elements.count - 1)]
  }

  /// Often zero.
  mutating func number() -> Rational { Rational(pick([0, 0, 0, 1, -1, 2, -2, 3]), roll(1...2)) }

  mutating func vector(_ count: Int) -> [Rational] { (0..<count).map { _ in number() } }

  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(
      columnCount: columns,
      rows: (0..<rows).map { _ in
        vector(columns).enumerated().map { Matrix.Entry(column: $0.offset, value: $0.element) }
      })
  }

  mutating func affine(_ columns: Int, to rows: Int) -> AffineMap {
    AffineMap(matrix(rows, columns), offset: vector(rows))
  }
}

// MARK: - Layers

extension Dice {
  private mutating func recurrent(_ inputs: Int, _ size: Int) -> RecurrentMap {
    RecurrentMap(input: affine(inputs, to: size), recurrence: matrix(size, size))
  }

  private mutating func mlp(_ inputs: Int, to outputs: Int) -> MLP {
    if roll(0...2) == 0 { return .ones(from: inputs, to: outputs) }
    let width = roll(1...3)
    return MLP([affine(inputs, to: width), affine(width, to: outputs)])
  }

  mutating func layer(_ architecture: Architecture, _ inputs: Int, _ size: Int) -> Layer {
    switch architecture {
    case .linearRNN:
      .linearRNN(
        LinearRNNLayer(
          recurrence: matrix(size, size), input: affine(inputs, to: size),
          initial: vector(size), output: mlp(size, to: size)))
    case .gatedLinearRNN:
      .gatedLinearRNN(
        GatedLinearRNNLayer(
          recurrence: matrix(size, size), input: affine(inputs, to: size),
          initial: vector(size), gate: mlp(inputs, to: size), output: mlp(size, to: size)))
    case .rnn: .rnn(RNNLayer(recurrent(inputs, size), initial: vector(size)))
    case .gatedRNN:
      .gatedRNN(
        GatedRNNLayer(
          recurrent(inputs, size), initial: vector(size), gate: mlp(inputs, to: size),
          output: mlp(size, to: size)))
    case .lstm:
      .lstm(
        LSTMLayer(
          forget: recurrent(inputs, size), input: recurrent(inputs, size),
          output: recurrent(inputs, size), candidate: recurrent(inputs, size),
          initialHidden: vector(size), initialCell: vector(size)))
    case .gru:
      .gru(
        GRULayer(
          update: recurrent(inputs, size), reset: recurrent(inputs, size),
          candidate: recurrent(inputs, size), initial: vector(size)))
    case .gruResetAfter:
      .gruResetAfter(
        GRUResetAfterLayer(
          update: recurrent(inputs, size), reset: recurrent(inputs, size),
          candidateInput: affine(inputs, to: size), candidateState: affine(size, to: size),
          initial: vector(size)))
    case .mamba: .mamba(mambaBlock(inputs, to: size))
    case .hawk: .hawk(hawkBlock(.hawk, inputs, to: inputs))
    case .hawkDense: .hawk(hawkBlock(.dense, inputs, to: size))
    case .griffin: .hawk(hawkBlock(.griffin, inputs, to: inputs))
    }
  }

  mutating func mambaBlock(_ inputs: Int, to outputs: Int) -> MambaBlock {
    let channels = roll(1...3)
    let states = roll(0...3)
    let sizes = (0..<channels).map { _ in Rational(roll(-1...2)) }
    let decays = Matrix(
      columnCount: states,
      rows: (0..<channels).map { _ in
        (0..<states).map { Matrix.Entry(column: $0, value: Rational(roll(0...2), 2)) }
      })
    return MambaBlock(
      input: matrix(channels, inputs), gate: matrix(channels, inputs),
      convolution: matrix(channels, MambaBlock.window), convolutionBias: vector(channels),
      stepReduction: .zero(1, channels), step: AffineMap(matrix(channels, 1), offset: sizes),
      writing: matrix(states, channels), reading: matrix(states, channels), decay: decays,
      skip: vector(channels), output: matrix(outputs, channels))
  }

  mutating func hawkBlock(
    _ family: HawkBlock.Family, _ inputs: Int, to outputs: Int
  ) -> HawkBlock {
    let width = roll(0...2)
    let mlp = GatedMLP(
      up: affine(outputs, to: width), gate: affine(outputs, to: width),
      down: affine(width, to: outputs))
    if family == .griffin && roll(0...1) == 0 {
      let attention = LocalAttention(
        query: matrix(2, inputs), key: matrix(1, inputs), value: matrix(1, inputs),
        output: AffineMap(.zero(outputs, 2), offset: vector(outputs)), window: 3)
      return HawkBlock(family: family, mixing: .attention(attention), mlp: mlp)
    }
    let recurrence = hawkRecurrence(family, inputs, to: outputs)
    return HawkBlock(family: family, mixing: .recurrence(recurrence), mlp: mlp)
  }

  private mutating func hawkRecurrence(
    _ family: HawkBlock.Family, _ inputs: Int, to outputs: Int
  ) -> HawkRecurrence {
    let channels = roll(0...3)
    let kernel = (0..<roll(1...5)).map { _ in matrix(channels, channels) }
    let gates = (0..<channels).map { _ in pick([Rational(1, 8), Rational(1, 8), 0, -1]) }
    let decays = (0..<channels).map { _ in
      pick([Rational(3, 5), Rational(4, 5), Rational(5, 13), 0, -1])
    }
    return HawkRecurrence(
      input: affine(inputs, to: channels),
      convolution: family == .dense
        ? .dense(kernel) : .depthwise(matrix(channels, HawkRecurrence.window)),
      convolutionBias: vector(channels), decay: decays,
      recurrenceGate: AffineMap(.zero(channels, channels), offset: gates),
      inputGate: affine(channels, to: channels), gate: affine(inputs, to: channels),
      output: affine(channels, to: outputs), resetsAtStart: roll(0...1) == 0)
  }

  /// Up to three layers of `architecture`.
  mutating func stack(_ architecture: Architecture) -> LayerStack {
    let inputDimension = roll(1...2)
    let embedding = pick([Embedding.token, .tokenAndOne, .tokenAndZeros])
    var dimension = inputDimension
    if embedding == .tokenAndOne { dimension += 1 }
    if embedding == .tokenAndZeros { dimension += roll(0...2) }
    var layers: [Layer] = []
    for _ in 0..<roll(0...3) {
      layers.append(layer(architecture, dimension, roll(1...3)))
      dimension = layers.last?.outputDimension ?? dimension
    }
    if embedding == .tokenAndZeros && layers.isEmpty { dimension = inputDimension }
    return LayerStack(
      architecture: architecture, inputDimension: inputDimension, embedding: embedding,
      layers: layers, readOut: affine(dimension, to: roll(1...2)))
  }
}
