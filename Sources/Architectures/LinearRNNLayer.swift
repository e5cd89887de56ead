import ExactArithmetic

/// A layer of a Linear RNN.
///
///     s ← A s + B x + b
///     y = φ(s)             with s as just updated
///
/// Shapes: x has n elements, s has k; A is k × k, B is k × n, b and the initial state have k; φ is
/// an MLP from k to the dimension of y.
///
/// Source: Petrov et al., NeurIPS 2024, arXiv 2406.01424, Eq. 3.
public struct LinearRNNLayer: Hashable, Sendable {
  /// A.
  public let recurrence: Matrix

  /// x ↦ B x + b.
  public let input: AffineMap

  public let initial: [Rational]

  /// φ.
  public let output: MLP

  public init(recurrence: Matrix, input: AffineMap, initial: [Rational], output: MLP) {
    precondition(
      recurrence.rowCount == initial.count && recurrence.columnCount == initial.count
        && input.outputDimension == initial.count && output.inputDimension == initial.count,
      "a state of \(initial.count) with a \(recurrence.rowCount)×\(recurrence.columnCount) "
        + "recurrence, an input map to \(input.outputDimension), "
        + "and an output map of \(output.inputDimension)")
    self.recurrence = recurrence
    self.input = input
    self.initial = initial
    self.output = output
  }

  public var inputDimension: Int { input.inputDimension }
  public var stateDimension: Int { initial.count }
  public var outputDimension: Int { output.outputDimension }
  public var width: Int { max(stateDimension, output.width) }

  @inlinable
  func initialMemory<Number: PowerScalar>() -> LayerMemory<Number> {
    LayerMemory([initial.map(Number.init(nearest:))])
  }

  /// s ← A s + B x + b. Shared with the gated layer.
  @inlinable
  static func advance<Number: PowerScalar>(
    _ state: inout [Number], _ recurrence: Matrix, _ input: AffineMap, reading token: [Number]
  ) {
    var next = input.offset.map(Number.init(nearest:))
    recurrence.add(state, to: &next)
    input.matrix.add(token, to: &next)
    state = next
  }

  @inlinable
  func step<Number: PowerScalar>(
    _ token: [Number], _ memory: inout LayerMemory<Number>
  ) -> [Number] {
    LinearRNNLayer.advance(&memory.vectors[0], recurrence, input, reading: token)
    return output.applied(to: memory.vectors[0])
  }
}

extension LinearRNNLayer {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> LinearRNNLayer {
    LinearRNNLayer(
      recurrence: visitor.matrix("\(name).recurrence", recurrence),
      input: visitor.affine("\(name).input", input),
      initial: visitor.vector("\(name).initial", initial, role: .initialState),
      output: visitor.mlp("\(name).output", output))
  }
}
