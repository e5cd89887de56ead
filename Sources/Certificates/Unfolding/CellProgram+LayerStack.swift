import Architectures
import ExactArithmetic

extension CellProgram {
  /// The network as a program, from the equations of its layers with ReLU for every gate: what
  /// `LayerStack.run` computes, for every sequence.
  public init(_ stack: LayerStack) throws(UnfoldingError) {
    var writer = ProgramWriter(inputDimension: stack.inputDimension)
    var vector = writer.embedded(stack)
    for (position, layer) in stack.layers.enumerated() {
      vector = try writer.output(of: layer, at: position, reading: vector)
    }
    vector = writer.affine(stack.readOut, of: vector)
    self = writer.program(output: vector)
  }
}

extension ProgramWriter {
  fileprivate mutating func embedded(_ stack: LayerStack) -> Int {
    let size = stack.inputDimension
    let width: Int
    switch stack.embedding {
    case .token: return token
    case .tokenAndOne: width = size + 1
    case .tokenAndZeros: width = stack.layers.first?.inputDimension ?? size
    }
    let rows = (0..<width).map { $0 < size ? [Matrix.Entry(column: $0, value: 1)] : [] }
    var offset = [Rational](repeating: 0, count: width)
    if stack.embedding == .tokenAndOne { offset[size] = 1 }
    return affine(AffineMap(Matrix(columnCount: size, rows: rows), offset: offset), of: token)
  }

  fileprivate mutating func output(
    of layer: Layer, at position: Int, reading vector: Int
  ) throws(UnfoldingError) -> Int {
    switch layer {
    case .linearRNN(let layer):
      let state = state(layer.recurrence, layer.input, of: vector, initial: layer.initial)
      return mlp(layer.output, of: state)
    case .gatedLinearRNN(let layer):
      let state = state(layer.recurrence, layer.input, of: vector, initial: layer.initial)
      return product(mlp(layer.gate, of: vector), mlp(layer.output, of: state))
    case .rnn(let layer): return hidden(layer.map, layer.initial, reading: vector)
    case .gatedRNN(let layer):
      let state = hidden(layer.map, layer.initial, reading: vector)
      return product(mlp(layer.gate, of: vector), mlp(layer.output, of: state))
    case .lstm(let layer): return lstm(layer, reading: vector)
    case .gru(let layer): return gru(layer, reading: vector)
    case .gruResetAfter(let layer): return gruResetAfter(layer, reading: vector)
    case .mamba(let block): return try mamba(block, at: position, reading: vector)
    case .hawk(let block): return try hawk(block, at: position, reading: vector)
    }
  }

  private mutating func mlp(_ mlp: MLP, of node: Int) -> Int {
    var result = affine(mlp.maps[0], of: node)
    for map in mlp.maps.dropFirst() { result = affine(map, of: relu(result)) }
    return result
  }
}
