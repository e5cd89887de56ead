import Architectures
import ExactArithmetic
import Testing

@Suite("RNN, Gated RNN, LSTM and GRU")
struct CellTests {
  private static func stack(_ layer: Layer) -> LayerStack {
    LayerStack(
      architecture: layer.architecture, inputDimension: layer.inputDimension, layers: [layer],
      readOut: .identity(layer.outputDimension))
  }

  private static func run(_ layer: Layer, _ inputs: [Rational]) throws -> [Rational] {
    let outputs = try stack(layer).run(inputs.map { [$0] })
    // Floats that can hold the numbers compute the same.
    let doubles = try stack(layer).run(inputs.map { [Double(nearest: $0)] })
    #expect(doubles == outputs.map { $0.map(Double.init(nearest:)) })
    return outputs.map { $0[0] }
  }

  /// x, h ↦ w x + u h + b.
  private static func map(_ w: Rational, _ u: Rational, _ b: Rational) -> RecurrentMap {
    RecurrentMap(input: AffineMap([[w]], offset: [b]), recurrence: [[u]])
  }

  @Test("RNN: h ← σ(W x + U h + b)")
  func rnn() throws {
    let layer = RNNLayer(Self.map(2, -1, 1), initial: [4])
    // 2 − 4 + 1 = −1 → 0; 4 − 0 + 1 = 5; 2 − 5 + 1 → 0; −2 + 1 → 0; 1.
    #expect(try Self.run(.rnn(layer), [1, 2, 1, -1, 0]) == [0, 5, 0, 0, 1])
  }

  @Test("Gated RNN: s ← σ(A s + B x + b), y = γ(x) ⊙ φ(s), both of any sign")
  func gatedRNN() throws {
    let layer = GatedRNNLayer(
      Self.map(1, 1, -1), initial: [2], gate: MLP([AffineMap([[-1]])]),
      output: MLP([AffineMap([[1]], offset: [-5])]))
    // s: 2 + 1 − 1 = 2; 2 + 4 − 1 = 5; 5 − 9 − 1 → 0; 7.  y: −1·−3; −4·0; 9·−5; −8·2.
    #expect(try Self.run(.gatedRNN(layer), [1, 4, -9, 8]) == [3, 0, -45, -16])
  }

  @Test("LSTM: c ← f c + i g, h ← o σ(c), all from the old h")
  func lstm() throws {
    let layer = LSTMLayer(
      forget: Self.map(0, 1, 1), input: Self.map(1, 0, 0), output: Self.map(0, 1, 2),
      candidate: Self.map(2, 0, -1), initialHidden: [0], initialCell: [3])
    // x = 1: f = 1, i = 1, o = 2, g = 1: c = 4, h = 8.
    // x = 0: f = 9, i = 0, o = 10: c = 36, h = 360.
    // x = 1/2: f = 361, i = 1/2, o = 362, g = 0: c = 361·36 = 12996, h = 362·12996.
    #expect(
      try Self.run(.lstm(layer), [1, 0, Rational(1, 2)]) == [8, 360, 362 * 12996])
    let closed = LSTMLayer(
      forget: Self.map(0, 0, 1), input: Self.map(1, 0, 0), output: Self.map(-1, 0, 0),
      candidate: Self.map(1, 0, 0), initialHidden: [0], initialCell: [0])
    // The cell keeps what the output gate, open for negative inputs only, shows later.
    #expect(try Self.run(.lstm(closed), [3, 2, -1, -2]) == [0, 0, 13, 26])
  }

  /// W_n x + b + r (U_n h + c) against W_n x + b + U_n (r h).
  private static func pair(
    z: RecurrentMap, r: RecurrentMap, n: RecurrentMap, inner: Rational = 0, initial: Rational
  ) -> (Layer, Layer) {
    (
      .gru(GRULayer(update: z, reset: r, candidate: n, initial: [initial])),
      .gruResetAfter(
        GRUResetAfterLayer(
          update: z, reset: r, candidateInput: n.input,
          candidateState: AffineMap(n.recurrence, offset: [inner]), initial: [initial]))
    )
  }

  @Test("The same weights mean opposite things to the two GRUs: z replaces or keeps")
  func updateGate() throws {
    let (paper, library) = Self.pair(
      z: Self.map(0, 0, Rational(1, 4)), r: Self.map(0, 0, 1), n: Self.map(1, 0, 0), initial: 8)
    // 3/4 · 8 + 1/4 · 4 = 7; 21/4 + 1 = 25/4.
    #expect(try Self.run(paper, [4, 4]) == [7, Rational(25, 4)])
    // 3/4 · 4 + 1/4 · 8 = 5; 3 + 5/4.
    #expect(try Self.run(library, [4, 4]) == [5, Rational(17, 4)])
    let (replacing, keeping) = Self.pair(
      z: Self.map(0, 0, 1), r: Self.map(0, 0, 1), n: Self.map(1, 0, 0), initial: 8)
    #expect(try Self.run(replacing, [1, 2]) == [1, 2])
    #expect(try Self.run(keeping, [1, 2]) == [8, 8])
  }

  @Test("A gate beyond 1, as ReLU allows, takes more than there is")
  func largeGate() throws {
    let (paper, library) = Self.pair(
      z: Self.map(0, 0, 3), r: Self.map(0, 0, 1), n: Self.map(1, 0, 0), initial: 1)
    #expect(try Self.run(paper, [4]) == [-2 + 12])
    #expect(try Self.run(library, [4]) == [-8 + 3])
  }

  @Test("r stands before U on all of h in the one, behind U and with its bias in the other")
  func resetGate() throws {
    let z = RecurrentMap.constant([1, 1], reading: 1)
    let open = RecurrentMap.constant([0, 0], reading: 1)
    let reset = RecurrentMap.constant([2, 5], reading: 1)
    let candidate = RecurrentMap(input: AffineMap([[1], [1]]), recurrence: [[0, 1], [1, 0]])
    let paper = GRULayer(update: z, reset: reset, candidate: candidate, initial: [10, 100])
    // n₀ = 1 + 5 · 100, n₁ = 1 + 2 · 10.
    #expect(try Self.stack(.gru(paper)).run([[1]] as [[Rational]]) == [[501, 21]])
    let library = GRUResetAfterLayer(
      update: open, reset: reset, candidateInput: candidate.input,
      candidateState: AffineMap(candidate.recurrence, offset: [1, -1]), initial: [10, 100])
    // n₀ = 1 + 2 · (100 + 1), n₁ = 1 + 5 · (10 − 1).
    #expect(try Self.stack(.gruResetAfter(library)).run([[1]] as [[Rational]]) == [[203, 46]])
  }

  /// A product of p in [0, 1] and q ≥ 0 as the difference of two states: one replaces the share p
  /// of the last h by q, the other only takes that share away.
  @Test("A gate multiplies exactly; so do floats where every number is a binary fraction")
  func multiplication() throws {
    let layer = GRULayer(
      update: RecurrentMap(input: AffineMap([[1, 0], [0, 0]], offset: [0, 1])),
      reset: RecurrentMap(input: AffineMap([[-1, 0], [0, 0]], offset: [1, 0])),
      candidate: RecurrentMap(
        input: AffineMap([[0, 1], [0, 0]]), recurrence: [[0, 0], [1, 0]]),
      initial: [0, 0])
    let stack = Self.stack(.gru(layer))
    let exact = try stack.run(
      [[1, 3], [Rational(1, 3), 6], [0, 7], [Rational(1, 2), 5]])
    #expect(exact.map { $0[0] - $0[1] } == [3, 2, 0, Rational(5, 2)])
    let floats = try stack.run([[1, 3], [0.25, 6], [0, 7], [0.5, 5]] as [[Double]])
    #expect(floats.map { $0[0] - $0[1] } == [3, 1.5, 0, 2.5])
  }

  @Test("Gates and candidates pass through their own functions")
  func gates() throws {
    enum Marked: Gates {
      static func logistic(_ value: Rational) -> Rational { value * 10 }
      static func tanh(_ value: Rational) -> Rational { value + 1 }
      static func silu(_ value: Rational) -> Rational { 0 }
      static func softplus(_ value: Rational) -> Rational { 0 }
      static func gelu(_ value: Rational) -> Rational { 0 }
    }
    func output(_ layer: Layer) throws -> Rational {
      try Self.stack(layer).run([[1]], gates: Marked.self)[0][0]
    }
    let one = Self.map(0, 0, 1)
    let lstm = LSTMLayer(
      forget: one, input: one, output: one, candidate: Self.map(1, 0, 0), initialHidden: [0],
      initialCell: [3])
    #expect(try output(.lstm(lstm)) == 10 * (10 * 3 + 10 * 2 + 1))
    let (paper, library) = Self.pair(z: one, r: one, n: Self.map(1, 1, 0), initial: 2)
    // n = 1 + 10 · 2 + 1 = 22; z = 10.
    #expect(try output(paper) == -9 * 2 + 10 * 22)
    #expect(try output(library) == -9 * 22 + 10 * 2)
    let rnn = RNNLayer(Self.map(1, 0, -5), initial: [0])
    #expect(try output(.rnn(rnn)) == 0, "ReLU belongs to Eq. 2")
  }

  /// Sums in binary64 that come out differently in any other order.
  @Test("In floats: bias, then the recurrence, then the input")
  func floatOrder() throws {
    for map in [
      RecurrentMap(
        input: AffineMap([[1, 1, 1]], offset: [1]), recurrence: [[1]])
    ] {
      let layer = RNNLayer(map, initial: [1])
      let outputs = try Self.stack(.rnn(layer)).run([[1e16, -1e16, 1], [-1e16, 1e16, 1]])
      #expect(outputs[0] == [3] && outputs[1] == [5])
    }
  }

  private static let positive: [Layer] = {
    let first = RecurrentMap(
      input: AffineMap([[1], [2]], offset: [1, 2]), recurrence: [[1, 2], [1, 1]])
    let second = RecurrentMap(
      input: AffineMap([[2], [1]], offset: [3, 1]), recurrence: [[1, 1], [2, 1]])
    let mlp = MLP([AffineMap([[1, 1], [2, 1]]), AffineMap([[1, 2]], offset: [1])])
    return [
      .rnn(RNNLayer(first, initial: [1, 2])),
      .gatedRNN(
        GatedRNNLayer(
          first, initial: [1, 2], gate: MLP([AffineMap([[1]], offset: [1])]), output: mlp)),
      .lstm(
        LSTMLayer(
          forget: first, input: second, output: second, candidate: first, initialHidden: [1, 2],
          initialCell: [2, 1])),
      .gru(GRULayer(update: first, reset: second, candidate: first, initial: [1, 2])),
      .gruResetAfter(
        GRUResetAfterLayer(
          update: second, reset: first, candidateInput: first.input,
          candidateState: AffineMap(second.recurrence, offset: [1, 2]), initial: [1, 2])),
    ]
  }()

  @Test("Each number of each cell is a weight by a name, and changing it changes the run")
  func weights() throws {
    let tokens: [[Rational]] = [[1], [2], [1]]
    for layer in Self.positive {
      let stack = Self.stack(layer)
      let outputs = try stack.run(tokens)
      #expect(Set(stack.weights.map(\.name)).count == stack.weights.count)
      for weight in stack.weights {
        for row in 0..<weight.values.rowCount {
          for column in 0..<weight.values.columnCount {
            let changed = try #require(
              stack.replacing(
                weight.name, row: row, column: column, by: weight[row, column] + 1))
            #expect(try changed.run(tokens) != outputs, "\(weight.name) \(row) \(column)")
          }
        }
      }
    }
  }

  @Test("Sizes count every parameter once")
  func sizes() {
    // W 2, U 4, b 2; four of them in an LSTM, three in a GRU, c 2; γ 2, φ 4 + 2 + 2 + 1; read-out.
    #expect(Self.positive.map { Self.stack($0).size.denseParameters - Self.readOut($0) }
      == [8, 8 + 2 + 9, 32, 24, 26])
    #expect(Self.positive.map(\.width) == [2, 2, 2, 2, 2])
  }

  private static func readOut(_ layer: Layer) -> Int {
    layer.outputDimension * (layer.outputDimension + 1)
  }
}
