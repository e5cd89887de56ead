import ExactArithmetic

/// How large a stack is.
public struct StackSize: Hashable, Sendable {
  /// The width of each layer (`Layer.width`).
  public let widths: [Int]

  /// Parameters if every array is stored in full, zeros included. Initial states are not counted.
  public let denseParameters: Int

  /// Parameters that are not zero.
  public let nonzeros: Int

  public var layerCount: Int { widths.count }

  /// The largest width of a layer; 0 without layers.
  public var width: Int { widths.max() ?? 0 }
}

extension LayerStack {
  public var size: StackSize {
    let parameters = weights.filter { $0.role == .parameter }
    return StackSize(
      widths: layers.map(\.width),
      denseParameters: parameters.reduce(0) { $0 + $1.shape.reduce(1, *) },
      nonzeros: parameters.reduce(0) { $0 + $1.values.nonzeroCount })
  }
}
