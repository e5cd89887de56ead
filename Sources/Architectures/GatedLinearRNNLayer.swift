import ExactArithmetic

/// A layer of a Gated Linear RNN.
///
///     s ← A s + B x + b
///     y = γ(x) ⊙ φ(s)      with s as just updated
///
/// Shapes: x has n elements, s has k; A is k × k, B is k × n, b and the initial state have k; γ is
/// an MLP from n, φ an MLP from k, both to the dimension of y. Neither ends in a ReLU, so both may
/// be negative.
///
/// Source: Petrov et al., NeurIPS 2024, arXiv 2406.01424, Eq. 4.
public struct GatedLinearRNNLayer: Hashable, Sendable {
  /// A.
  public let recurrence: Matrix

  /// x ↦ B x + b.
  public let input: AffineMap

  public let initial: [Rational]

  /// γ.
  public let gate: MLP

  /// φ.
  public let output: MLP

  public init(
    recurrence: Matrix, input: AffineMap, initial: [Rational], gate: MLP, output: MLP
  ) {
    precondition(
      recurrence.rowCount == initial.count && recurrence.columnCount == initial.count
        && input.outputDimension == initial.count && output.inputDimension == initial.count,
      "a state of \(initial.count) with a \(recurrence.rowCount)×\(recurrence.columnCount) "
        + "recurrence, an input map to \(input.outputDimension), "
        + "and an output map of \(output.inputDimension)")
    precondition(
      gate.inputDimension == input.inputDimension
        && gate.outputDimension == output.outputDimension,
      "a gate of \(gate.inputDimension) → \(gate.outputDimension) on a layer of "
        + "\(input.inputDimension) → \(output.outputDimension)")
    self.recurrence = recurrence
    self.input = input
    self.initial = initial
    self.gate = gate
    self.output = output
  }

  public var inputDimension: Int { input.inputDimension }
  public var stateDimension: Int { initial.count }
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
    LinearRNNLayer.advance(&memory.vectors[0], recurrence, input, reading: token)
    var result = output.applied(to: memory.vectors[0])
    let opening = gate.applied(to: token)
    for index in result.indices { result[index] = opening[index] * result[index] }
    return result
  }
}

extension GatedLinearRNNLayer {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> GatedLinearRNNLayer {
    GatedLinearRNNLayer(
      recurrence: visitor.matrix("\(name).recurrence", recurrence),
      input: visitor.affine("\(name).input", input),
      initial: visitor.vector("\(name).initial", initial, role: .initialState),
      gate: visitor.mlp("\(name).gate", gate),
      output: visitor.mlp("\(name).output", output))
  }
}
