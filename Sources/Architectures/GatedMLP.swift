import ExactArithmetic

/// The gated MLP block of Hawk and Griffin.
///
///     output = W_m ((W_e a + b_e) ⊙ σ(W_f a + b_f)) + b_m
///
/// Shapes: a has n elements, there are k hidden units and m outputs; W_e and W_f are k × n, W_m is
/// m × k. σ is GeLU; in the idealisation it is ReLU (`Gates`).
///
/// In the state dictionaries of the libraries: `up_proj` is W_e, `gate_proj` is W_f, `down_proj` is
/// W_m.
///
/// Source: De et al., 2024, arXiv 2402.19427, section 2.2.
public struct GatedMLP: Hashable, Sendable {
  /// a ↦ W_e a + b_e.
  public let up: AffineMap

  /// a ↦ W_f a + b_f.
  public let gate: AffineMap

  /// W_m and b_m.
  public let down: AffineMap

  public init(up: AffineMap, gate: AffineMap, down: AffineMap) {
    precondition(
      up.inputDimension == gate.inputDimension && up.outputDimension == gate.outputDimension
        && up.outputDimension == down.inputDimension,
      "a product of \(up.inputDimension) → \(up.outputDimension) and \(gate.inputDimension) → "
        + "\(gate.outputDimension), read as \(down.inputDimension)")
    self.up = up
    self.gate = gate
    self.down = down
  }

  public var inputDimension: Int { up.inputDimension }
  public var outputDimension: Int { down.outputDimension }

  /// k.
  public var width: Int { up.outputDimension }

  @inlinable
  func applied<Functions: Gates>(
    to vector: [Functions.Number], _ functions: Functions.Type
  ) -> [Functions.Number] {
    var product = up.applied(to: vector)
    let opening = gate.applied(to: vector)
    for index in product.indices {
      product[index] = product[index] * functions.gelu(opening[index])
    }
    return down.applied(to: product)
  }
}

extension GatedMLP {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> GatedMLP {
    GatedMLP(
      up: visitor.affine("\(name).up", up), gate: visitor.affine("\(name).gate", gate),
      down: visitor.affine("\(name).down", down))
  }
}
