import Architectures
import ExactArithmetic
import LSRL

/// The network of `architecture` that computes what `path` computes, exactly, on every sequence
/// (up to `options.maximumLength` tokens, if there is a maximum) and every input (that keeps to
/// `options.ranges`, if there are any).
public func lowered(
  path: PathGraph, to architecture: Architecture, options: LoweringOptions = LoweringOptions()
) throws(LoweringRefusal) -> LayerStack {
  var options = options
  if options.ranges == nil, let inputs = options.inputRanges {
    precondition(inputs.count == path.inputDimension, "ranges that are not of this path's input")
    options.ranges = path.graph.ranges(ofInputs: inputs)
  }
  return switch architecture {
  case .linearRNN: try linearRNN(path)
  case .gatedLinearRNN: gatedLinearRNN(path)
  case .rnn: try cellByCell(path, RNNPrimitives(options), options)
  case .gatedRNN: gatedRNN(path, options)
  case .lstm: try cellByCell(path, LSTMPrimitives(options), options)
  case .gru: try cellByCell(path, GRUPrimitives(options), options)
  case .gruResetAfter: try cellByCell(path, GRUResetAfterPrimitives(options), options)
  case .mamba: try mamba(path, options)
  case .hawk: try hawk(path, options, family: .hawk)
  case .hawkDense: try denseHawk(path, options)
  case .griffin: try hawk(path, options, family: .griffin)
  }
}
