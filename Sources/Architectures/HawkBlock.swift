import ExactArithmetic

/// A layer of Hawk or Griffin: a block that mixes tokens in time, then a gated MLP.
///
///     y = x + mixing(x)
///     output = y + mlp(y)
///
/// The published layers have RMSNorm before either part. It is left out here: over the rationals it
/// is not exact. The layers of the paper's idealisation (family `dense`) have no residual
/// connections either: y = mixing(x), output = mlp(y).
///
/// Shapes: with residual connections, all dimensions are the width of the model.
///
/// Source: De et al., 2024, arXiv 2402.19427, section 2.1; the idealisation: arXiv 2406.01424,
/// appendix E.
public struct HawkBlock: Hashable, Sendable {
  public enum Family: Hashable, Sendable {
    /// Depthwise convolutions of four tokens, residual connections.
    case hawk

    /// Convolutions by full matrices over any number of tokens, no residual connections.
    case dense

    /// Hawk's layers, and layers with attention.
    case griffin

    public var architecture: Architecture {
      switch self {
      case .hawk: .hawk
      case .dense: .hawkDense
      case .griffin: .griffin
      }
    }

    var hasResiduals: Bool { self != .dense }
  }

  public enum Mixing: Hashable, Sendable {
    case recurrence(HawkRecurrence)
    case attention(LocalAttention)

    public var inputDimension: Int {
      switch self {
      case .recurrence(let recurrence): recurrence.inputDimension
      case .attention(let attention): attention.inputDimension
      }
    }

    public var outputDimension: Int {
      switch self {
      case .recurrence(let recurrence): recurrence.outputDimension
      case .attention(let attention): attention.outputDimension
      }
    }

    func isAdmissible(in family: Family) -> Bool {
      switch self {
      case .attention: return family == .griffin
      case .recurrence(let recurrence):
        if case .dense = recurrence.convolution { return family == .dense }
        return family != .dense
      }
    }
  }

  public let family: Family
  public let mixing: Mixing
  public let mlp: GatedMLP

  @usableFromInline
  let isResidual: Bool

  public init(family: Family, mixing: Mixing, mlp: GatedMLP) {
    precondition(mixing.isAdmissible(in: family), "a part that is not of the family \(family)")
    precondition(
      mixing.outputDimension == mlp.inputDimension,
      "an MLP of \(mlp.inputDimension) behind \(mixing.outputDimension) numbers")
    isResidual = family.hasResiduals
    precondition(
      !isResidual
        || (mixing.inputDimension == mixing.outputDimension
          && mlp.inputDimension == mlp.outputDimension),
      "a residual connection from \(mixing.inputDimension) by \(mlp.inputDimension) to "
        + "\(mlp.outputDimension)")
    self.family = family
    self.mixing = mixing
    self.mlp = mlp
  }

  public var inputDimension: Int { mixing.inputDimension }
  public var outputDimension: Int { mlp.outputDimension }

  /// The most channels, hidden units or query elements in one place; with residual connections, not
  /// the width of the model.
  public var width: Int {
    switch mixing {
    case .recurrence(let recurrence): max(recurrence.channelCount, mlp.width)
    case .attention(let attention): max(attention.query.rowCount, mlp.width)
    }
  }

  /// How many of the two parts do something: have channels or hidden units, or an attention that is
  /// used.
  public var busyPartCount: Int {
    let isMixing: Bool
    switch mixing {
    case .recurrence(let recurrence): isMixing = recurrence.channelCount > 0
    case .attention(let attention): isMixing = !attention.isUnused
    }
    return (isMixing ? 1 : 0) + (mlp.width > 0 ? 1 : 0)
  }

  @inlinable
  func initialMemory<Number: PowerScalar>() -> LayerMemory<Number> {
    switch mixing {
    case .recurrence(let recurrence): recurrence.initialMemory()
    case .attention(let attention): attention.initialMemory()
    }
  }

  @inlinable
  func step<Functions: Gates>(
    _ token: [Functions.Number], _ memory: inout LayerMemory<Functions.Number>,
    _ functions: Functions.Type
  ) throws(LayerError) -> [Functions.Number] {
    var mixed: [Functions.Number]
    switch mixing {
    case .recurrence(let recurrence): mixed = try recurrence.step(token, &memory, functions)
    case .attention(let attention): mixed = try attention.step(token, &memory)
    }
    if isResidual {
      for index in mixed.indices { mixed[index] = token[index] + mixed[index] }
    }
    var result = mlp.applied(to: mixed, functions)
    if isResidual {
      for index in result.indices { result[index] = mixed[index] + result[index] }
    }
    return result
  }
}

extension HawkBlock {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> HawkBlock {
    let rebuilt: Mixing
    switch mixing {
    case .recurrence(let recurrence):
      rebuilt = .recurrence(recurrence.rebuilt(by: &visitor, under: "\(name).recurrence"))
    case .attention(let attention):
      rebuilt = .attention(attention.rebuilt(by: &visitor, under: "\(name).attention"))
    }
    return HawkBlock(
      family: family, mixing: rebuilt, mlp: mlp.rebuilt(by: &visitor, under: "\(name).mlp"))
  }
}
