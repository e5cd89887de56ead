import ExactArithmetic

/// A multilayer perceptron: affine, ReLU, affine, …, affine. No ReLU after the last map.
///
///     x ↦ Wₖ σ(… σ(W₁ x + c₁) …) + cₖ,   k ≥ 1
public struct MLP: Hashable, Sendable {
  public let maps: [AffineMap]

  public init(_ maps: [AffineMap]) {
    precondition(!maps.isEmpty, "an MLP has at least one map")
    for (first, second) in zip(maps, maps.dropFirst()) {
      precondition(
        first.outputDimension == second.inputDimension,
        "a map to \(first.outputDimension) before one of \(second.inputDimension)")
    }
    self.maps = maps
  }

  /// x ↦ (1, …, 1): the gate that is always open.
  public static func ones(from inputDimension: Int, to outputDimension: Int) -> MLP {
    MLP([
      AffineMap(
        .zero(outputDimension, inputDimension),
        offset: Array(repeating: 1, count: outputDimension))
    ])
  }

  public var inputDimension: Int { maps[0].inputDimension }
  public var outputDimension: Int { maps[maps.count - 1].outputDimension }

  /// The largest dimension of a vector that it computes.
  public var width: Int { maps.reduce(0) { max($0, $1.outputDimension) } }

  @inlinable
  func applied<Number: PowerScalar>(to vector: [Number]) -> [Number] {
    var result = maps[0].applied(to: vector)
    for map in maps.dropFirst() {
      for index in result.indices { result[index] = result[index].positivePart }
      result = map.applied(to: result)
    }
    return result
  }
}
