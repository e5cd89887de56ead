import Architectures
import Properties

extension Mutant {
  /// Wrong lowerings to the linear families, whose states are kept as they are.
  static let wrongLinearLayers: [Mutant] = [Architecture.linearRNN, .gatedLinearRNN].flatMap {
    architecture in
    [
      .lowering(architecture, "start-lost", "states start from zero", startLost),
      .lowering(architecture, "memory-lost", "s ← B x + b", zeroing("recurrence")),
      .lowering(architecture, "offsets-lost", "every affine map is linear", zeroing("offset")),
      .lowering(architecture, "signs-lost", "the weights are their magnitudes", signsLost),
    ]
  }
}
