import ExactArithmetic

/// A layer of a recurrent network with ReLU.
///
///     h ← σ(W x + U h + b)
///     y = h
///
/// with σ(v) = max(0, v), which is what Eq. 2 has: this layer is no idealisation.
///
/// Shapes: x has n elements, h has k; W is k × n, U is k × k, b and the initial h have k.
///
/// In PyTorch: `RNN(nonlinearity="relu")`, with `weight_ih` = W, `weight_hh` = U, and b the sum of
/// its two biases.
///
/// Source: Petrov et al., NeurIPS 2024, arXiv 2406.01424, Eq. 2; J. L. Elman, *Finding Structure in
/// Time*, Cognitive Science 14, 1990.
public struct RNNLayer: Hashable, Sendable {
  /// x, h ↦ W x + U h + b.
  public let map: RecurrentMap

  public let initial: [Rational]

  public init(_ map: RecurrentMap, initial: [Rational]) {
    precondition(map.size == initial.count, "\(initial.count) initial values of \(map.size) units")
    self.map = map
    self.initial = initial
  }

  public var inputDimension: Int { map.inputDimension }

  /// k.
  public var size: Int { map.size }

  @inlinable
  func initialMemory<Number: PowerScalar>() -> LayerMemory<Number> {
    LayerMemory([initial.map(Number.init(nearest:))])
  }

  @inlinable
  func step<Number: PowerScalar>(
    _ token: [Number], _ memory: inout LayerMemory<Number>
  ) -> [Number] {
    memory.vectors[0] = map.applied(to: token, memory.vectors[0]).map(\.positivePart)
    return memory.vectors[0]
  }
}

extension RNNLayer {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> RNNLayer {
    RNNLayer(
      map.rebuilt(by: &visitor, under: name),
      initial: visitor.vector("\(name).initial", initial, role: .initialState))
  }
}
