import Architectures
import ExactArithmetic
import Properties
import Verification

extension Mutant {
  /// Wrong lowerings to the linear families, whose states are kept as they are.
  static let wrongLinearLayers: [Mutant] = [Architecture.linearRNN, .gatedLinearRNN].flatMap {
    architecture in
    [
      .lowering(architecture, "start-lost", "states start from zero") { stack in
        stack.changing { $0.role == .initialState ? 0 : $1 }
      },
      .lowering(architecture, "memory-lost", "s ← B x + b") { stack in
        stack.changing { $0.name.hasSuffix("recurrence") ? 0 : $1 }
      },
      .lowering(architecture, "offsets-lost", "every affine map is linear") { stack in
        stack.changing { $0.name.hasSuffix("offset") ? 0 : $1 }
      },
      .lowering(architecture, "signs-lost", "the weights are their magnitudes") { stack in
        stack.changing { $0.role == .parameter ? $1.magnitude : $1 }
      },
    ]
  }

  private static func lowering(
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
}

extension LayerStack {
  /// The stack with each number that is not zero replaced.
  fileprivate func changing(_ change: (Weight, Rational) -> Rational) -> LayerStack {
    var stack = self
    for weight in weights {
      for (row, entries) in weight.values.rows.enumerated() {
        for entry in entries {
          let value = change(weight, entry.value)
          guard value != entry.value else { continue }
          stack = stack.replacing(weight.name, row: row, column: entry.column, by: value) ?? stack
        }
      }
    }
    return stack
  }
}
