import Architectures
import ExactArithmetic
import LSRL

/// The layers of the Gated Linear RNN, each state kept by units that are never negative
/// (`SignedState`), which φ's first map puts together again. As many layers, states twice as large.
///
/// Source: arXiv 2406.01424, Eq. 5 by Eq. 11.
func gatedRNN(_ path: PathGraph, _ options: LoweringOptions) -> LayerStack {
  let linear = gatedLinearRNN(path)
  return LayerStack(
    architecture: .gatedRNN, inputDimension: linear.inputDimension,
    layers: linear.layers.map { layer in
      guard case .gatedLinearRNN(let layer) = layer else {
        preconditionFailure("a Gated Linear RNN has a layer of \(layer.architecture)")
      }
      return .gatedRNN(GatedRNNLayer(layer, options.initialState))
    },
    readOut: linear.readOut)
}

extension GatedRNNLayer {
  /// The layer that computes what `layer` computes.
  fileprivate init(_ layer: GatedLinearRNNLayer, _ start: LoweringOptions.InitialState) {
    let state = LinState(
      recurrence: layer.recurrence, input: layer.input, initial: layer.initial)
    let signed = SignedState(
      state, reading: .identity(layer.inputDimension),
      Array(repeating: .everything, count: state.dimension), start)
    let maps = layer.output.maps
    self.init(
      signed.layer.map, initial: signed.layer.initial, gate: layer.gate,
      output: MLP([maps[0].composed(after: signed.wire)] + maps.dropFirst()))
  }
}
