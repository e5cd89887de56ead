import ExactArithmetic

/// A layer of a Gated RNN.
///
///     s ← σ(A s + B x + b)
///     y = γ(x) ⊙ φ(s)      with s as just updated
///
/// with σ(v) = max(0, v), which is what Eq. 5 has: this layer is no idealisation.
///
/// Shapes: x has n elements, s has k; A is k × k, B is k × n, b and the initial state have k; γ is
/// an MLP from n, φ an MLP from k, both to the dimension of y. Neither ends in a ReLU, so both may
/// be negative.
///
/// Source: Petrov et al., NeurIPS 2024, arXiv 2406.01424, Eq. 5.
public struct GatedRNNLayer: Hashable, Sendable {
  /// x, s ↦ B x + A s + b.
  public let map: RecurrentMap

  public let initial: [Rational]

  /// γ.
  public let gate: MLP

  /// φ.
  public let output: MLP

  public init(_ map: RecurrentMap, initial: [Rational], gate: MLP, output: MLP) {
    precondition(
      map.size == initial.count && output.inputDimension == initial.count,
      "a state of \(initial.count) with a map to \(map.size) and an output map of "
        + "\(output.inputDimension)")
    precondition(
      gate.inputDimension == map.inputDimension
        && gate.outputDimension == output.outputDimension,
      "a gate of \(gate.inputDimension) → \(gate.outputDimension) on a layer of "
        + "\(map.inputDimension) → \(output.outputDimension)")
    self.map = map
    self.initial = initial
    self.gate = gate
    self.output = output
  }

  public var inputDimension: Int { map.inputDimension }
  public var stateDimension: Int { map.size }
  public var outputDimension: Int { output.outputDimension }
  public var width: Int { max(stateDimension, gate.width, output.width) }

  @inlinable
  func initialMemory<Number: PowerScalar>() -> LayerMemory<Number> {
    LayerMemory([initial.map(Number.init(nearest:))])
  }

  @inlinable
  func step<Number: PowerScalar>(
    _ token: [Number], _ memory: inout LayerMemory<Number>
  ) -> [Number] {
    memory.vectors[0] = map.applied(to: token, memory.vectors[0]).map(\.positivePart)
    var result = output.applied(to: memory.vectors[0])
    let opening = gate.applied(to: token)
    for index in result.indices { result[index] = opening[index] * result[index] }
    return result
  }
}

extension GatedRNNLayer {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> GatedRNNLayer {
    GatedRNNLayer(
      map.rebuilt(by: &visitor, under: name),
      initial: visitor.vector("\(name).initial", initial, role: .initialState),
      gate: visitor.mlp("\(name).gate", gate),
      output: visitor.mlp("\(name).output", output))
  }
}
