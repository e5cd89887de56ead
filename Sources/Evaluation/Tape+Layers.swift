import Architectures
import ExactArithmetic
import LSRL

extension Tape {
  /// The tape of a network whose gates are ReLUs.
  ///
  /// Nil for what no instruction does, and what compiled networks do not have: step sizes and decay
  /// gates that depend on the input, and attention that is used.
  ///
  /// A sum of two vectors is an affine instruction too, which starts at zero. So −0 may turn into 0
  /// where the equations of a layer say −0. No output shows it: whatever leaves a network has
  /// passed through an affine map, and nothing before it divides.
  public init?(_ stack: LayerStack) { self.init(stack, leavesOutZeros: false) }

  /// The tape of a network for exact numbers only: states that are multiplied by zero are left out,
  /// which in floats might be infinite.
  public init?(exactly stack: LayerStack) { self.init(stack, leavesOutZeros: true) }

  private init?(_ stack: LayerStack, leavesOutZeros: Bool) {
    var builder = TapeBuilder(inputDimension: stack.inputDimension)
    builder.leavesOutZeros = leavesOutZeros
    var value = builder.embed(stack)
    for layer in stack.layers {
      guard let next = builder.apply(layer, to: value) else { return nil }
      value = next
    }
    let output = builder.affine(stack.readOut, value)
    self = builder.finish(output: output)
  }
}

extension TapeBuilder {
  fileprivate mutating func embed(_ stack: LayerStack) -> Tape.Source {
    switch stack.embedding {
    case .token: return token
    case .tokenAndOne: return Tape.Source(stacking: [token, constant([.number(1)])])
    case .tokenAndZeros:
      let missing = (stack.layers.first?.inputDimension ?? token.count) - token.count
      guard missing > 0 else { return token }
      let zeros = [Tape.Constant](repeating: .number(0), count: missing)
      return Tape.Source(stacking: [token, constant(zeros)])
    }
  }

  fileprivate mutating func apply(_ layer: Layer, to x: Tape.Source) -> Tape.Source? {
    switch layer {
    case .linearRNN(let layer): apply(layer, to: x)
    case .gatedLinearRNN(let layer): apply(layer, to: x)
    case .rnn(let layer): apply(layer, to: x)
    case .gatedRNN(let layer): apply(layer, to: x)
    case .lstm(let layer): apply(layer, to: x)
    case .gru(let layer): apply(layer, to: x)
    case .gruResetAfter(let layer): apply(layer, to: x)
    case .mamba(let block): apply(block, to: x)
    case .hawk(let block): apply(block, to: x)
    }
  }

  /// φ(s), with s updated from x.
  private mutating func apply(_ layer: LinearRNNLayer, to x: Tape.Source) -> Tape.Source {
    let state = LinState(
      recurrence: layer.recurrence, input: layer.input, initial: layer.initial)
    return apply(layer.output, to: update(state, x))
  }

  /// γ(x) ⊙ φ(s), with s updated from x.
  private mutating func apply(_ layer: GatedLinearRNNLayer, to x: Tape.Source) -> Tape.Source {
    let state = LinState(
      recurrence: layer.recurrence, input: layer.input, initial: layer.initial)
    let output = apply(layer.output, to: update(state, x))
    return multiply(apply(layer.gate, to: x), output)
  }

  /// Affine, ReLU, affine, …, affine.
  mutating func apply(_ mlp: MLP, to x: Tape.Source) -> Tape.Source {
    var value = affine(mlp.maps[0], x)
    for map in mlp.maps.dropFirst() { value = affine(map, relu(value)) }
    return value
  }

  /// left + right.
  mutating func sum(_ left: Tape.Source, _ right: Tape.Source) -> Tape.Source {
    let count = left.count
    let rows = (0..<count).map { row in
      [Matrix.Entry(column: row, value: 1), Matrix.Entry(column: count + row, value: 1)]
    }
    return affine(
      AffineMap(Matrix(columnCount: 2 * count, rows: rows)),
      Tape.Source(stacking: [left, right]))
  }

  /// A x without an offset.
  mutating func linear(_ matrix: Matrix, _ x: Tape.Source) -> Tape.Source {
    affine(AffineMap(matrix), x)
  }
}
