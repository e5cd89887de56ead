import Architectures
import ExactArithmetic

extension CellProgram {
  /// The network as a program, from the equations of its layers with ReLU for every gate: what
  /// `LayerStack.run` computes, for every sequence.
  public init(_ stack: LayerStack) throws(UnfoldingError) {
    var writer = ProgramWriter(inputDimension: stack.inputDimension)
    self = try writer.program(of: stack)
  }

  /// The network as a program, as long as all numbers of the nodes `guards` are positive: up to
  /// the first step in which one is not, the program's values are the network's. So it is the
  /// network if its own guards are always positive, which is for the caller to show.
  ///
  /// Has programs for more networks: Hawk's recurrence gates may vary where α is 0, since 0 to
  /// any positive power is 0.
  public static func guarded(
    _ stack: LayerStack
  ) throws(UnfoldingError) -> (program: CellProgram, guards: [Int]) {
    var writer = ProgramWriter(inputDimension: stack.inputDimension, takesGuards: true)
    return (try writer.program(of: stack), writer.guards)
  }
}

extension ProgramWriter {
  fileprivate mutating func program(of stack: LayerStack) throws(UnfoldingError) -> CellProgram {
    var vector = embedded(stack)
    for (position, layer) in stack.layers.enumerated() {
      vector = try output(of: layer, at: position, reading: vector)
    }
    vector = affine(stack.readOut, of: vector)
    return program(output: vector)
  }

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
