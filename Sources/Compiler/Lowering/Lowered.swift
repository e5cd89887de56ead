import Architectures
import ExactArithmetic
import LSRL

/// The network of `architecture` that computes what `path` computes, exactly, on every sequence
/// (up to `options.maximumLength` tokens, if there is a maximum) and every input (that keeps to
/// `options.ranges`, if there are any).
public func lowered(
  path: PathGraph, to architecture: Architecture, options: LoweringOptions = LoweringOptions()
) throws(LoweringRefusal) -> LayerStack {
  switch architecture {
  case .linearRNN: try linearRNN(path)
  case .gatedLinearRNN: gatedLinearRNN(path)
  case .mamba: try mamba(path, options)
  case .hawk: try hawk(path, options, family: .hawk)
  case .hawkDense: try denseHawk(path, options)
  case .griffin: try hawk(path, options, family: .griffin)
  }
}
