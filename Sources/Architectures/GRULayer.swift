import ExactArithmetic

/// A layer of gated recurrent units, in the form of the paper that compared them.
///
///     z = s(W_z x + U_z h + b_z)               how much of the state to replace
///     r = s(W_r x + U_r h + b_r)               how much of the state the candidate sees
///     n = t(W_n x + U_n (r ⊙ h) + b_n)         the candidate
///     h ← (1 − z) ⊙ h + z ⊙ n
///     y = h
///
/// s is the logistic function and t is tanh in the published unit; in the idealisation both are
/// ReLU (`Gates`), and then 1 − z may be negative.
///
/// Shapes: x has n elements, h has k; each W is k × n, each U is k × k, each b has k.
///
/// Not what today's libraries call GRU, where z and 1 − z change places and r multiplies U_n h and
/// a bias of its own: that is `GRUResetAfterLayer`.
///
/// Source: J. Chung, C. Gulcehre, K. Cho, Y. Bengio, *Empirical Evaluation of Gated Recurrent
/// Neural Networks on Sequence Modeling*, 2014, arXiv 1412.3555, section 3.2. With ReLU:
/// arXiv 2406.01424, appendix C.
public struct GRULayer: Hashable, Sendable {
  /// z before its activation function.
  public let update: RecurrentMap

  /// r.
  public let reset: RecurrentMap

  /// n; its recurrence U_n takes r ⊙ h.
  public let candidate: RecurrentMap

  public let initial: [Rational]

  public init(
    update: RecurrentMap, reset: RecurrentMap, candidate: RecurrentMap, initial: [Rational]
  ) {
    for map in [update, reset, candidate] {
      precondition(
        map.size == initial.count && map.inputDimension == update.inputDimension,
        "a gate of \(map.inputDimension) → \(map.size) beside one of \(update.inputDimension) on "
          + "\(initial.count) units")
    }
    self.update = update
    self.reset = reset
    self.candidate = candidate
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
    let seen = zip(r, hidden).map { $0 * $1 }
    let n = candidate.applied(to: token, seen).map(functions.tanh)
    for unit in hidden.indices {
      hidden[unit] = (1 - z[unit]) * hidden[unit] + z[unit] * n[unit]
    }
    memory.vectors[0] = hidden
    return hidden
  }
}

extension GRULayer {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> GRULayer {
    GRULayer(
      update: update.rebuilt(by: &visitor, under: "\(name).update"),
      reset: reset.rebuilt(by: &visitor, under: "\(name).reset"),
      candidate: candidate.rebuilt(by: &visitor, under: "\(name).candidate"),
      initial: visitor.vector("\(name).initial", initial, role: .initialState))
  }
}
