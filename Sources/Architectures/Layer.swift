import ExactArithmetic

/// A layer of a stack: the kinds of layers there are.
public enum Layer: Hashable, Sendable {
  case linearRNN(LinearRNNLayer)
  case gatedLinearRNN(GatedLinearRNNLayer)
  case rnn(RNNLayer)
  case gatedRNN(GatedRNNLayer)
  case lstm(LSTMLayer)
  case gru(GRULayer)
  case gruResetAfter(GRUResetAfterLayer)
  case mamba(MambaBlock)
  case hawk(HawkBlock)

  /// The architecture that is made of layers of this kind.
  public var architecture: Architecture {
    switch self {
    case .linearRNN: .linearRNN
    case .gatedLinearRNN: .gatedLinearRNN
    case .rnn: .rnn
    case .gatedRNN: .gatedRNN
    case .lstm: .lstm
    case .gru: .gru
    case .gruResetAfter: .gruResetAfter
    case .mamba: .mamba
    case .hawk(let block): block.family.architecture
    }
  }

  public var inputDimension: Int {
    switch self {
    case .linearRNN(let layer): layer.inputDimension
    case .gatedLinearRNN(let layer): layer.inputDimension
    case .rnn(let layer): layer.inputDimension
    case .gatedRNN(let layer): layer.inputDimension
    case .lstm(let layer): layer.inputDimension
    case .gru(let layer): layer.inputDimension
    case .gruResetAfter(let layer): layer.inputDimension
    case .mamba(let block): block.inputDimension
    case .hawk(let block): block.inputDimension
    }
  }

  public var outputDimension: Int {
    switch self {
    case .linearRNN(let layer): layer.outputDimension
    case .gatedLinearRNN(let layer): layer.outputDimension
    case .rnn(let layer): layer.size
    case .gatedRNN(let layer): layer.outputDimension
    case .lstm(let layer): layer.size
    case .gru(let layer): layer.size
    case .gruResetAfter(let layer): layer.size
    case .mamba(let block): block.outputDimension
    case .hawk(let block): block.outputDimension
    }
  }

  /// The largest dimension of a vector inside: of the state and the hidden layers of the MLPs, or
  /// the number of units or channels.
  public var width: Int {
    switch self {
    case .linearRNN(let layer): layer.width
    case .gatedLinearRNN(let layer): layer.width
    case .rnn(let layer): layer.size
    case .gatedRNN(let layer): layer.width
    case .lstm(let layer): layer.size
    case .gru(let layer): layer.size
    case .gruResetAfter(let layer): layer.size
    case .mamba(let block): block.channelCount
    case .hawk(let block): block.width
    }
  }

  @inlinable
  func initialMemory<Number: PowerScalar>() -> LayerMemory<Number> {
    switch self {
    case .linearRNN(let layer): layer.initialMemory()
    case .gatedLinearRNN(let layer): layer.initialMemory()
    case .rnn(let layer): layer.initialMemory()
    case .gatedRNN(let layer): layer.initialMemory()
    case .lstm(let layer): layer.initialMemory()
    case .gru(let layer): layer.initialMemory()
    case .gruResetAfter(let layer): layer.initialMemory()
    case .mamba(let block): block.initialMemory()
    case .hawk(let block): block.initialMemory()
    }
  }

  @inlinable
  func step<Functions: Gates>(
    _ token: [Functions.Number], _ memory: inout LayerMemory<Functions.Number>,
    _ functions: Functions.Type
  ) throws(LayerError) -> [Functions.Number] {
    switch self {
    case .linearRNN(let layer): layer.step(token, &memory)
    case .gatedLinearRNN(let layer): layer.step(token, &memory)
    case .rnn(let layer): layer.step(token, &memory)
    case .gatedRNN(let layer): layer.step(token, &memory)
    case .lstm(let layer): layer.step(token, &memory, functions)
    case .gru(let layer): layer.step(token, &memory, functions)
    case .gruResetAfter(let layer): layer.step(token, &memory, functions)
    case .mamba(let block): try block.step(token, &memory, functions)
    case .hawk(let block): try block.step(token, &memory, functions)
    }
  }

  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> Layer {
    switch self {
    case .linearRNN(let layer): .linearRNN(layer.rebuilt(by: &visitor, under: name))
    case .gatedLinearRNN(let layer): .gatedLinearRNN(layer.rebuilt(by: &visitor, under: name))
    case .rnn(let layer): .rnn(layer.rebuilt(by: &visitor, under: name))
    case .gatedRNN(let layer): .gatedRNN(layer.rebuilt(by: &visitor, under: name))
    case .lstm(let layer): .lstm(layer.rebuilt(by: &visitor, under: name))
    case .gru(let layer): .gru(layer.rebuilt(by: &visitor, under: name))
    case .gruResetAfter(let layer): .gruResetAfter(layer.rebuilt(by: &visitor, under: name))
    case .mamba(let block): .mamba(block.rebuilt(by: &visitor, under: name))
    case .hawk(let block): .hawk(block.rebuilt(by: &visitor, under: name))
    }
  }
}

/// What a layer keeps from token to token. Which vectors these are, each kind of layer says.
public struct LayerMemory<Number: PowerScalar>: Sendable {
  public var vectors: [[Number]]

  @usableFromInline
  init(_ vectors: [[Number]]) { self.vectors = vectors }
}
