import ExactArithmetic

/// A layer of long short-term memory.
///
///     f = s(W_f x + U_f h + b_f)               how much of the cell to keep
///     i = s(W_i x + U_i h + b_i)               how much of the candidate to add
///     o = s(W_o x + U_o h + b_o)               how much of the cell to show
///     g = t(W_g x + U_g h + b_g)               the candidate
///     c ← f ⊙ c + i ⊙ g
///     h ← o ⊙ t(c)
///     y = h
///
/// s is the logistic function and t is tanh in the published cell; in the idealisation both are
/// ReLU (`Gates`).
///
/// Shapes: x has n elements, h and c have k; each W is k × n, each U is k × k, each b has k.
///
/// In PyTorch: the rows of `weight_ih` and `weight_hh` are those of i, f, g, o in this order, and b
/// is the sum of `bias_ih` and `bias_hh`.
///
/// Source: S. Hochreiter, J. Schmidhuber, *Long Short-Term Memory*, Neural Computation 9, 1997;
/// F. A. Gers, J. Schmidhuber, F. Cummins, *Learning to Forget*, Neural Computation 12, 2000 (f).
/// With ReLU: arXiv 2406.01424, appendix D.
public struct LSTMLayer: Hashable, Sendable {
  /// f before its activation function.
  public let forget: RecurrentMap

  /// i.
  public let input: RecurrentMap

  /// o.
  public let output: RecurrentMap

  /// g.
  public let candidate: RecurrentMap

  /// h before the first token.
  public let initialHidden: [Rational]

  /// c before the first token.
  public let initialCell: [Rational]

  public init(
    forget: RecurrentMap, input: RecurrentMap, output: RecurrentMap, candidate: RecurrentMap,
    initialHidden: [Rational], initialCell: [Rational]
  ) {
    for map in [forget, input, output, candidate] {
      precondition(
        map.size == initialHidden.count && map.inputDimension == forget.inputDimension,
        "a gate of \(map.inputDimension) → \(map.size) beside one of \(forget.inputDimension) on "
          + "\(initialHidden.count) units")
    }
    precondition(
      initialCell.count == initialHidden.count,
      "\(initialCell.count) cells and \(initialHidden.count) units")
    self.forget = forget
    self.input = input
    self.output = output
    self.candidate = candidate
    self.initialHidden = initialHidden
    self.initialCell = initialCell
  }

  public var inputDimension: Int { forget.inputDimension }

  /// k.
  public var size: Int { forget.size }

  /// h, then c.
  @inlinable
  func initialMemory<Number: PowerScalar>() -> LayerMemory<Number> {
    LayerMemory([
      initialHidden.map(Number.init(nearest:)), initialCell.map(Number.init(nearest:)),
    ])
  }

  @inlinable
  func step<Functions: Gates>(
    _ token: [Functions.Number], _ memory: inout LayerMemory<Functions.Number>,
    _ functions: Functions.Type
  ) -> [Functions.Number] {
    let hidden = memory.vectors[0]
    let f = forget.applied(to: token, hidden).map(functions.logistic)
    let i = input.applied(to: token, hidden).map(functions.logistic)
    let o = output.applied(to: token, hidden).map(functions.logistic)
    let g = candidate.applied(to: token, hidden).map(functions.tanh)
    for unit in hidden.indices {
      let cell = f[unit] * memory.vectors[1][unit] + i[unit] * g[unit]
      memory.vectors[1][unit] = cell
      memory.vectors[0][unit] = o[unit] * functions.tanh(cell)
    }
    return memory.vectors[0]
  }
}

extension LSTMLayer {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> LSTMLayer {
    LSTMLayer(
      forget: forget.rebuilt(by: &visitor, under: "\(name).forget"),
      input: input.rebuilt(by: &visitor, under: "\(name).input"),
      output: output.rebuilt(by: &visitor, under: "\(name).output"),
      candidate: candidate.rebuilt(by: &visitor, under: "\(name).candidate"),
      initialHidden: visitor.vector(
        "\(name).initialHidden", initialHidden, role: .initialState),
      initialCell: visitor.vector("\(name).initialCell", initialCell, role: .initialState))
  }
}
