import Architectures
import ExactArithmetic

extension CellMutant {
  static let lstm: [CellMutant] = starts(.lstm) + [
    .lstm("the forget gate is open") { (one($0), $0.input, $0.output, $0.candidate) },
    .lstm("products do not show: o = 0") {
      ($0.forget, $0.input, $0.input == one($0) ? $0.output : zero($0), $0.candidate)
    },
    .lstm("the input gate is always open") {
      ($0.forget, one($0), $0.output, $0.candidate)
    },
    .lstm("a state's negative part is missing") {
      ($0.forget, $0.input, $0.output.losingNegativeParts, $0.candidate)
    },
    .lstm("the second factor's bias is missing") {
      (
        $0.forget, $0.input, $0.output,
        $0.input == one($0) ? $0.candidate : $0.candidate.withoutOffset
      )
    },
    .lstm("a state in c does not decay", inCell: true) {
      ($0.forget == zero($0) ? $0.forget : one($0), $0.input, $0.output, $0.candidate)
    },
    .lstm("a state in c decays at once", inCell: true) {
      (zero($0), $0.input, $0.output, $0.candidate)
    },
  ]

  private typealias Maps = (
    forget: RecurrentMap, input: RecurrentMap, output: RecurrentMap, candidate: RecurrentMap
  )

  private static func zero(_ layer: LSTMLayer) -> RecurrentMap { constant(0, layer) }
  private static func one(_ layer: LSTMLayer) -> RecurrentMap { constant(1, layer) }

  private static func constant(_ value: Rational, _ layer: LSTMLayer) -> RecurrentMap {
    .constant(Array(repeating: value, count: layer.size), reading: layer.inputDimension)
  }

  private static func lstm(
    _ description: String, inCell: Bool = false,
    _ change: @escaping @Sendable (LSTMLayer) -> Maps
  ) -> CellMutant {
    CellMutant(.lstm, description, inCell: inCell, changing: { layer in
      guard case .lstm(let layer) = layer else { return layer }
      let maps = change(layer)
      return .lstm(
        LSTMLayer(
          forget: maps.forget, input: maps.input, output: maps.output,
          candidate: maps.candidate, initialHidden: layer.initialHidden,
          initialCell: layer.initialCell))
    })
  }
}
