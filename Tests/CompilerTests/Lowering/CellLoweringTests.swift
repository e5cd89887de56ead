import Architectures
import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("Lowering to cells")
struct CellLoweringTests {
  static let architectures: [Architecture] = [.rnn, .gatedRNN, .lstm, .gru, .gruResetAfter]
  static let starts: [LoweringOptions.InitialState] = [.passed, .shifted]

  @Test("Every cell computes every path, however states start", arguments: architectures, starts)
  func everyPath(architecture: Architecture, start: LoweringOptions.InitialState) throws {
    var options = LoweringOptions()
    options.initialState = start
    for seed in 0..<1500 {
      let sample = try PathCase(
        seed: seed, matrices: MatrixKind.allCases, multiplies: architecture.multiplies)
      let stack = try lowered(path: sample.path, to: architecture, options: options)
      #expect(try stack.run(sample.tokens) == sample.path.run(sample.tokens), "seed \(seed)")
      #expect(start == .passed || stack.startsAtZero, "seed \(seed)")
    }
  }

  @Test("Ranges save units and change nothing on inputs that keep to them", arguments: starts)
  func ranges(start: LoweringOptions.InitialState) throws {
    for architecture in Self.architectures where architecture != .gatedRNN {
      var saved = 0
      var notes: Set<String> = []
      for seed in 0..<500 {
        let sample = try PathCase(
          seed: seed, matrices: MatrixKind.allCases, multiplies: architecture.multiplies)
        var options = LoweringOptions()
        options.initialState = start
        let plain = try lowered(path: sample.path, to: architecture, options: options).size
        options.inputRanges = Array(repeating: Interval(0, 4), count: sample.path.inputDimension)
        let stack = try lowered(path: sample.path, to: architecture, options: options)
        let tokens = sample.tokens.map { $0.map { max($0, -$0) } }
        #expect(try stack.run(tokens) == sample.path.run(tokens), "seed \(seed)")
        saved += plain.widths.reduce(0, +) - stack.size.widths.reduce(0, +)
        for kind in ["bounded", "accumulating", "alternating", " and ", "1 cell", "2 cells"] {
          if stack.notes.contains(where: { $0.contains(kind) }) { notes.insert(kind) }
        }
      }
      #expect(saved > 200, "\(architecture)")
      let forms: [Architecture: Set<String>] = [
        .gru: ["bounded", "accumulating", " and ", "1 cell", "2 cells"],
        .gruResetAfter: ["bounded", "alternating", " and ", "1 cell", "2 cells"],
      ]
      #expect(notes == forms[architecture] ?? [], "every form occurs and is reported")
    }
  }

  @Test("An LSTM keeps diagonal states that are not negative in c, others in h", arguments: starts)
  func statesInCell(start: LoweringOptions.InitialState) throws {
    var notes: [String: Int] = [:]
    for seed in 0..<1500 {
      let kinds: [MatrixKind] = [.diagonal, .zero, .triangular, .permutation]
      let sample = try PathCase(seed: seed, matrices: kinds)
      var options = LoweringOptions()
      options.initialState = start
      options.keepsStatesInCell = true
      if seed.isMultiple(of: 2) {
        options.inputRanges = Array(repeating: Interval(0, 4), count: sample.path.inputDimension)
      }
      let stack = try lowered(path: sample.path, to: .lstm, options: options)
      let tokens = sample.tokens.map { $0.map { max($0, -$0) } }
      #expect(try stack.run(tokens) == sample.path.run(tokens), "seed \(seed)")
      #expect(start == .passed || stack.startsAtZero, "seed \(seed)")
      for note in stack.notes { notes[String(note.suffix(10)), default: 0] += 1 }
    }
    #expect(notes.keys.sorted() == ["state in c", "state in h"] && notes.values.min()! > 100)
  }

  private static func widths(
    _ architecture: Architecture, _ operations: [LSRL.Operation], reading dimension: Int,
    _ ranges: [Interval]? = nil
  ) throws -> [Int] {
    let path = try PathGraph(
      inputDimension: dimension, steps: operations.map { PathGraph.Step($0) })
    var options = LoweringOptions()
    options.inputRanges = ranges
    return try lowered(path: path, to: architecture, options: options).size.widths
  }

  @Test("A ReLU takes d units, a state 2d, a product as in the table")
  func widths() throws {
    for architecture in Self.architectures where architecture != .gatedRNN {
      #expect(try Self.widths(architecture, [.relu], reading: 3) == [3])
      let state = LinState(
        recurrence: [[1, 2], [3, 4]], input: .identity(2), initial: [0, 1])
      #expect(try Self.widths(architecture, [.linState(state)], reading: 2) == [4])
    }
    let product: [LSRL.Operation] = [.multiply]
    #expect(try Self.widths(.lstm, product, reading: 6) == [12])
    #expect(try Self.widths(.gru, product, reading: 6) == [12, 24])
    #expect(try Self.widths(.gruResetAfter, product, reading: 6) == [25, 24])
    func halves(_ left: Interval, _ right: Interval) -> [Interval] {
      Array(repeating: left, count: 3) + Array(repeating: right, count: 3)
    }
    let bounded = halves(Interval(-1, 2), .everything)
    for ranges in [bounded, bounded.reversed()] {
      #expect(try Self.widths(.gru, product, reading: 6, ranges) == [12, 24])
      #expect(try Self.widths(.gruResetAfter, product, reading: 6, ranges) == [12, 24])
    }
    let gates = halves(Interval(0, 5), .nonnegative)
    for ranges in [gates, gates.reversed()] {
      #expect(try Self.widths(.lstm, product, reading: 6, ranges) == [3])
      #expect(try Self.widths(.gru, product, reading: 6, ranges) == [6])
      #expect(try Self.widths(.gruResetAfter, product, reading: 6, ranges) == [6])
    }
    let half = halves(.nonnegative, .everything)
    #expect(try Self.widths(.lstm, product, reading: 6, half) == [6])
    let zero = halves(0, 0)
    for architecture: Architecture in [.lstm, .gru, .gruResetAfter] {
      #expect(try Self.widths(architecture, product, reading: 6, zero) == [])
    }
  }

  @Test("A layer of Eq. 4 with K hidden layers takes K + 2 LSTM cells and K + 3 of GRU")
  func cellCounts() throws {
    for seed in 0..<300 {
      var dice = Dice(seed: seed)
      let layer = dice.gatedLayer()
      let hidden = max(layer.gate.maps.count, layer.output.maps.count) - 1
      let stack = LayerStack(
        architecture: .gatedLinearRNN, inputDimension: layer.inputDimension,
        layers: [.gatedLinearRNN(layer)], readOut: .identity(layer.outputDimension))
      let tokens = (0..<4).map { _ in dice.vector(layer.inputDimension) }
      let outputs = try stack.run(tokens)
      let path = try PathGraph(
        inputDimension: layer.inputDimension, steps: layer.steps.map { PathGraph.Step($0) })
      #expect(path.run(tokens) == outputs, "seed \(seed)")
      let counts: [Architecture: Int] = [
        .lstm: hidden + 2, .gru: hidden + 3, .gruResetAfter: hidden + 3,
      ]
      for (architecture, count) in counts {
        let cells = try lowered(path: path, to: architecture)
        #expect(cells.size.layerCount == count, "seed \(seed)")
        #expect(try cells.run(tokens) == outputs, "seed \(seed)")
      }
    }
  }

  @Test("Bounded GRU states stay from 0 to the largest factor, alternating ones within a product")
  func boundedStates() throws {
    for seed in 0..<400 {
      var dice = Dice(seed: seed)
      let size = dice.roll(1...3)
      let bound = Rational(dice.roll(1...5), dice.roll(1...3))
      let isNonnegative = dice.roll(0...1) == 1
      let gates = Array(repeating: Interval(isNonnegative ? 0 : -bound, bound), count: size)
      let others = Array(
        repeating: isNonnegative ? Interval.nonnegative : .everything, count: size)
      let tokens = (0..<12).map { _ in
        (0..<size).map { _ in bound * Rational(dice.roll(isNonnegative ? 0...8 : -8...8), 8) }
          + dice.vector(size).map { isNonnegative ? max($0, -$0) : $0 }
      }
      let path = try PathGraph(
        inputDimension: 2 * size, steps: [PathGraph.Step(.multiply)])
      let products = path.run(tokens)
      let largestFactor = tokens.flatMap { $0[size...] }.reduce(0) { max($0, $1, -$1) }
      let largestProduct = products.joined().reduce(0) { max($0, $1, -$1) }
      for architecture: Architecture in [.gru, .gruResetAfter] {
        var options = LoweringOptions()
        options.inputRanges = gates + others
        let stack = try lowered(path: path, to: architecture, options: options)
        #expect(try stack.run(tokens) == products)
        #expect(stack.layers.count == (isNonnegative ? 1 : 2))
        let states = try stack.withoutReadOut.run(tokens).joined()
        #expect(states.allSatisfy { 0 <= $0 && $0 <= largestFactor }, "seed \(seed)")
      }
      let alternating = try lowered(path: path, to: .gruResetAfter)
      let states = try alternating.withoutReadOut.run(tokens)
      #expect(states.joined().allSatisfy { -largestProduct <= $0 && $0 <= 0 }, "seed \(seed)")
    }
  }

  @Test("Notes say which products are made how")
  func notes() throws {
    let path = try PathGraph(
      inputDimension: 2, steps: [PathGraph.Step(.relu), PathGraph.Step(.multiply)])
    var options = LoweringOptions()
    #expect(
      try lowered(path: path, to: .gru, options: options).notes
        == ["step 1: a product of 4 accumulating terms in 2 cells"])
    #expect(
      try lowered(path: path, to: .gruResetAfter, options: options).notes
        == ["step 1: a product of 4 alternating terms in 2 cells"])
    options.inputRanges = [.everything, Interval(nil, 3)]
    for architecture: Architecture in [.gru, .gruResetAfter] {
      #expect(
        try lowered(path: path, to: architecture, options: options).notes
          == ["step 1: a product of 1 bounded terms in 1 cell"])
    }
  }

  @Test("A ReLU RNN refuses multiplications, and nothing else refuses anything")
  func refusals() throws {
    let path = try PathGraph(
      inputDimension: 2, steps: [PathGraph.Step(.multiply, origins: [3])])
    for architecture in Self.architectures where architecture != .rnn {
      _ = try lowered(path: path, to: architecture)
    }
    let refusal = #expect(throws: LoweringRefusal.self) { try lowered(path: path, to: .rnn) }
    #expect(
      refusal?.description
        == "step 0 (n3): a ReLU RNN never multiplies two signals; compile to gated-linear-rnn, or "
        + "use a variant of f_ifelse without Multi")
  }
}

extension Dice {
  fileprivate mutating func mlp(from inputs: Int, to outputs: Int) -> MLP {
    var maps: [AffineMap] = []
    var dimension = inputs
    for _ in 0..<roll(0...2) {
      let next = roll(1...2)
      maps.append(affine(from: dimension, to: next, [1, 1, 2]))
      dimension = next
    }
    return MLP(maps + [affine(from: dimension, to: outputs, [1, 1, 2])])
  }

  /// γ and φ with up to two hidden layers each.
  fileprivate mutating func gatedLayer() -> GatedLinearRNNLayer {
    let (inputs, size, outputs) = (roll(1...2), roll(1...2), roll(1...2))
    return GatedLinearRNNLayer(
      recurrence: matrix(.any, size, [1, 1, 2]), input: affine(from: inputs, to: size, [1, 2]),
      initial: vector(size), gate: mlp(from: inputs, to: outputs),
      output: mlp(from: size, to: outputs))
  }
}

extension LayerStack {
  fileprivate var startsAtZero: Bool {
    weights.allSatisfy { $0.role == .parameter || $0.values.nonzeroCount == 0 }
  }

  /// What the last layer gives out.
  fileprivate var withoutReadOut: LayerStack {
    LayerStack(
      architecture: architecture, inputDimension: inputDimension, layers: layers,
      readOut: .identity(readOut.inputDimension))
  }
}
