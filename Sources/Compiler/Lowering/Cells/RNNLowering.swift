import Architectures
import ExactArithmetic

/// One layer for each ReLU (d units) and each state (2d units, `SignedState`). Every unit ends in a
/// ReLU, so a product of two signals is out of reach: a layer is piecewise affine, whatever the
/// weights.
struct RNNPrimitives: CellPrimitives {
  let architecture = Architecture.rnn
  let options: LoweringOptions

  init(_ options: LoweringOptions) { self.options = options }

  func cell(_ layer: RNNLayer) -> Layer { .rnn(layer) }

  func product(of value: WireValue) -> Cells? { nil }
}
