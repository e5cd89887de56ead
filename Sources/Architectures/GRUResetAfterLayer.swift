import ExactArithmetic

/// A layer of gated recurrent units, in the form of today's libraries.
///
///     z = s(W_z x + U_z h + b_z)               how much of the state to keep
///     r = s(W_r x + U_r h + b_r)               how much of U_n h + c the candidate sees
///     n = t(W_n x + b_n + r ⊙ (U_n h + c))     the candidate
///     h ← (1 − z) ⊙ n + z ⊙ h
///     y = h
///
/// s is the logistic function and t is tanh in the published unit; in the idealisation both are
/// ReLU (`Gates`), and then 1 − z may be negative.
///
/// Shapes: x has n elements, h has k; each W is k × n, each U is k × k, each bias has k.
///
/// In PyTorch: the rows of `weight_ih` and `weight_hh` are those of r, z, n in this order; b_r and
/// b_z are the sums of the two biases, b_n is `bias_ih`'s part and c is `bias_hh`'s.
///
/// Not the form of `GRULayer`: there z is how much to replace, and r multiplies h before U_n.
///
/// Source: K. Cho et al., *Learning Phrase Representations using RNN Encoder–Decoder*, 2014,
/// arXiv 1406.1078, first version (r behind U_n, which matrix libraries compute faster), and the
/// documentation of `torch.nn.GRU`.
public struct GRUResetAfterLayer: Hashable, Sendable {
  /// z before its activation function.
  public let update: RecurrentMap

  /// r.
  public let reset: RecurrentMap

  /// x ↦ W_n x + b_n.
  public let candidateInput: AffineMap

  /// h ↦ U_n h + c.
  public let candidateState: AffineMap

  public let initial: [Rational]

  public init(
    update: RecurrentMap, reset: RecurrentMap, candidateInput: AffineMap,
    candidateState: AffineMap, initial: [Rational]
  ) {
    let size = initial.count
    for map in [update.input, reset.input, candidateInput] {
      precondition(
        map.outputDimension == size && map.inputDimension == update.inputDimension,
        "a gate of \(map.inputDimension) → \(map.outputDimension) beside one of "
          + "\(update.inputDimension) on \(size) units")
    }
    precondition(
      candidateState.inputDimension == size && candidateState.outputDimension == size,
      "a candidate of \(candidateState.inputDimension) → \(candidateState.outputDimension) on "
        + "\(size) units")
    self.update = update
    self.reset = reset
    self.candidateInput = candidateInput
    self.candidateState = candidateState
    self.initial = initial
  }

  public var inputDimension: Int { update.inputDimension }

  /// k.
  public var size: Int { update.size }

  @inlinable
  func initialMemory<Number: PowerScalar>() -> LayerMemory<Number> {
    LayerMemory([initial.map(Number.init(nearest:))])
  }

  @inlinable
  func step<Functions: Gates>(
    _ token: [Functions.Number], _ memory: inout LayerMemory<Functions.Number>,
    _ functions: Functions.Type
  ) -> [Functions.Number] {
    var hidden = memory.vectors[0]
    let z = update.applied(to: token, hidden).map(functions.logistic)
    let r = reset.applied(to: token, hidden).map(functions.logistic)
    let read = candidateInput.applied(to: token)
    let remembered = candidateState.applied(to: hidden)
    for unit in hidden.indices {
      let n = functions.tanh(read[unit] + r[unit] * remembered[unit])
      hidden[unit] = (1 - z[unit]) * n + z[unit] * hidden[unit]
    }
    memory.vectors[0] = hidden
    return hidden
  }
}

extension GRUResetAfterLayer {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> GRUResetAfterLayer {
    GRUResetAfterLayer(
      update: update.rebuilt(by: &visitor, under: "\(name).update"),
      reset: reset.rebuilt(by: &visitor, under: "\(name).reset"),
      candidateInput: visitor.affine("\(name).candidateInput", candidateInput),
      candidateState: visitor.affine("\(name).candidateState", candidateState),
      initial: visitor.vector("\(name).initial", initial, role: .initialState))
  }
}
