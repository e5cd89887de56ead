import Architectures
import ExactArithmetic
import Properties
import Verification

// Wrong lowerings to the gated families, spoilt weight by weight: by the names of the parts.

extension Mutant {
  static let wrongCells: [Mutant] = wrongGates + wrongGRUs + wrongHawks

  private static let wrongGates: [Mutant] = [
    .lowering(.rnn, "start-lost", "states start from zero", startLost),
    .lowering(.rnn, "memory-lost", "h ← σ(W x + b)", zeroing("recurrence")),
    .lowering(.rnn, "offsets-lost", "every affine map is linear", zeroing("offset")),
    .lowering(.rnn, "signs-lost", "the weights are their magnitudes", signsLost),

    .lowering(.gatedRNN, "start-lost", "states start from zero", startLost),
    .lowering(.gatedRNN, "memory-lost", "the state is σ(W x + b)", zeroing("recurrence")),
    .lowering(.gatedRNN, "gate-lost", "γ does not depend on x", zeroing("gate.0.matrix")),
    .lowering(.gatedRNN, "signs-lost", "the weights are their magnitudes", signsLost),

    .lowering(.lstm, "start-lost", "h starts from zero", startLost),
    .lowering(.lstm, "memory-lost", "the output gate reads x only", zeroing("output.recurrence")),
    .lowering(.lstm, "never-forgets", "f = 1", setting("forget.input.offset", to: 1)),
    .lowering(
      .lstm, "input-gate-closed", "a product's first factor is its offset",
      zeroing("input.input.matrix")),
    .lowering(.lstm, "signs-lost", "the weights are their magnitudes", signsLost),
  ]

  private static let wrongGRUs: [Mutant] = [
    .lowering(.gru, "start-lost", "h starts from zero", startLost),
    .lowering(.gru, "memory-lost", "n does not see h", zeroing("candidate.recurrence")),
    .lowering(
      .gru, "old-state-kept", "z = 1/2 where it is 1",
      setting("update.input.offset", to: Rational(1, 2))),
    .lowering(.gru, "reset-closed", "r has no offset", zeroing("reset.input.offset")),

    .lowering(.gruResetAfter, "start-lost", "h starts from zero", startLost),
    .lowering(
      .gruResetAfter, "memory-lost", "n does not see h", zeroing("candidateState.matrix")),
    .lowering(
      .gruResetAfter, "other-convention", "z = 1 where the state is to be given up",
      setting("update.input.offset", to: 1)),
    .lowering(
      .gruResetAfter, "clock-stopped", "the clock's 1 − c is −c", zeroing("candidateState.offset")),
  ]

  private static let wrongHawks: [Mutant] =
    [Architecture.hawk, .griffin].flatMap { architecture -> [Mutant] in
      [
        .lowering(architecture, "decay-lost", "Λ = 0", zeroing("recurrence.decay")),
        .lowering(
          architecture, "input-unscaled", "i = 1, not 1/√(1 − a²)",
          setting("inputGate.offset", to: 1)),
        .lowering(
          architecture, "residual-kept", "nothing is subtracted from the stream",
          { $0.changing { _, value in max(0, value) } }),
        .lowering(architecture, "start-lost", "s₀ is not added behind", zeroing("readOut.offset")),
        .lowering(
          architecture, "gate-lost", "the MLP's gate is its offset", zeroing("mlp.gate.matrix")),
      ]
    } + [
      .lowering(
        .hawkDense, "memory-lost", "the convolution has one tap",
        { stack in
          stack.changing { weight, value in
            weight.name.contains("convolution.matrix.")
              && !weight.name.hasSuffix("convolution.matrix.0") ? 0 : value
          }
        }),
      .lowering(.hawkDense, "start-lost", "s₀ is not added behind", zeroing("output.offset")),
      .lowering(
        .hawkDense, "gate-lost", "the MLP's gate is its offset", zeroing("mlp.gate.matrix")),
      .lowering(.hawkDense, "signs-lost", "the weights are their magnitudes", signsLost),
    ]

  static func lowering(
    _ architecture: Architecture, _ id: String, _ fault: String,
    _ spoil: @escaping @Sendable (LayerStack) -> LayerStack
  ) -> Mutant {
    var compilers = Compilers.leanOnly
    let right = compilers.lower
    compilers.lower = { right($0, $1, $2).map(spoil) }
    return Mutant(
      id: "\(architecture.rawValue)-\(id)", fault: fault,
      property: .loweringPreservesMeaning(on: [architecture], by: compilers))
  }

  static let startLost: @Sendable (LayerStack) -> LayerStack = { stack in
    stack.changing { $0.role == .initialState ? 0 : $1 }
  }

  static let signsLost: @Sendable (LayerStack) -> LayerStack = { stack in
    stack.changing { $0.role == .parameter ? $1.magnitude : $1 }
  }

  /// With zeros for the weights of that name, in every layer.
  static func zeroing(_ name: String) -> @Sendable (LayerStack) -> LayerStack {
    setting(name, to: 0)
  }

  /// With this number for the numbers of the vectors of that name, and for those of the matrices
  /// that are not zero.
  static func setting(
    _ name: String, to number: Rational
  ) -> @Sendable (LayerStack) -> LayerStack {
    { stack in stack.changing { $0.name.hasSuffix(name) ? number : $1 } }
  }
}

extension LayerStack {
  /// The stack with each number of a vector, and each that is not zero of a matrix, replaced.
  func changing(_ change: (Weight, Rational) -> Rational) -> LayerStack {
    var stack = self
    for weight in weights {
      let isVector = weight.shape.count == 1
      for (row, entries) in weight.values.rows.enumerated() {
        let numbers = isVector ? [(0, weight[row, 0])] : entries.map { ($0.column, $0.value) }
        for (column, old) in numbers {
          let new = change(weight, old)
          guard new != old else { continue }
          stack = stack.replacing(weight.name, row: row, column: column, by: new) ?? stack
        }
      }
    }
    return stack
  }
}
