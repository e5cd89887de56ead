import Architectures
import ExactArithmetic

extension CellMutant {
  static let rnn: [CellMutant] = starts(.rnn) + [
    .rnn("the negative part is not fed back", \.ignoringNegativeParts),
    .rnn("the negative part is missing", \.losingNegativeParts),
    .rnn("biases are missing", \.withoutOffset),
  ]

  private static func rnn(
    _ description: String, _ change: @escaping @Sendable (RecurrentMap) -> RecurrentMap
  ) -> CellMutant {
    CellMutant(.rnn, description, changing: { layer in
      guard case .rnn(let layer) = layer else { return layer }
      return .rnn(RNNLayer(change(layer.map), initial: layer.initial))
    })
  }

  static let gatedRNN: [CellMutant] = starts(.gatedRNN) + [
    .gatedRNN("the negative part is not fed back") {
      GatedRNNLayer(
        $0.map.ignoringNegativeParts, initial: $0.initial, gate: $0.gate, output: $0.output)
    },
    .gatedRNN("biases are missing") {
      GatedRNNLayer(
        $0.map.withoutOffset, initial: $0.initial, gate: $0.gate, output: $0.output)
    },
    .gatedRNN("φ reads s⁺ + s⁻") { layer in
      let first = layer.output.maps[0]
      let half = layer.stateDimension / 2
      let wrong = AffineMap(
        first.matrix.mapping { $1 < half ? $2 : -$2 }, offset: first.offset)
      return GatedRNNLayer(
        layer.map, initial: layer.initial, gate: layer.gate,
        output: MLP([wrong] + layer.output.maps.dropFirst()))
    },
    .gatedRNN("γ is always open") { layer in
      GatedRNNLayer(
        layer.map, initial: layer.initial,
        gate: .ones(from: layer.inputDimension, to: layer.outputDimension),
        output: layer.output)
    },
  ]

  private static func gatedRNN(
    _ description: String, _ change: @escaping @Sendable (GatedRNNLayer) -> GatedRNNLayer
  ) -> CellMutant {
    CellMutant(.gatedRNN, description, changing: { layer in
      guard case .gatedRNN(let layer) = layer else { return layer }
      return .gatedRNN(change(layer))
    })
  }
}
