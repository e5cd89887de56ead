import ExactArithmetic

/// Multi-query attention over a window of tokens, as in every third layer of Griffin.
///
/// For the input vector a of n elements, with H heads of dimension k, a window of w tokens and m
/// outputs:
///
///     q_j = the j-th k rows of W_q a,  j = 1…H            W_q: H k × n
///     κ = W_k a,   v = W_v a                              k × n each, shared by the heads
///     p_j = softmax over the last w tokens τ of (q_j · κ_τ / √k)
///     y_j = Σ_τ p_{j,τ} v_τ
///     output = W_o [y_1; …; y_H] + b_o                    W_o: m × H k
///
/// Softmax weights are positive and irrational, so over exact numbers the block can be evaluated
/// only where W_o = 0; anything else is an error of evaluation. In floats it is computed, always.
///
/// Rotary position embeddings, which turn q and κ, are left out: they matter to no exact value.
///
/// In floats: the order of `Matrix+Layers.swift`; scores and y sum from zero, tokens from the
/// oldest; softmax as `PowerScalar.softmax` says.
///
/// Source: De et al., 2024, arXiv 2402.19427, section 2.3; N. Shazeer, 2019, arXiv 1911.02150.
public struct LocalAttention: Hashable, Sendable {
  /// W_q.
  public let query: Matrix

  /// W_k.
  public let key: Matrix

  /// W_v.
  public let value: Matrix

  /// W_o and b_o.
  public let output: AffineMap

  /// w.
  public let window: Int

  public init(query: Matrix, key: Matrix, value: Matrix, output: AffineMap, window: Int) {
    precondition(window > 0 && key.rowCount > 0, "a window of \(window), keys of \(key.rowCount)")
    precondition(
      key.rowCount == value.rowCount && query.rowCount.isMultiple(of: key.rowCount),
      "queries, keys and values of \(query.rowCount), \(key.rowCount), \(value.rowCount)")
    precondition(
      query.columnCount == key.columnCount && key.columnCount == value.columnCount
        && output.inputDimension == query.rowCount,
      "projections of unequal width, or an output of \(output.inputDimension)")
    self.query = query
    self.key = key
    self.value = value
    self.output = output
    self.window = window
  }

  public var inputDimension: Int { query.columnCount }
  public var outputDimension: Int { output.outputDimension }

  /// Whether W_o = 0: the output is b_o, whatever it attends to.
  public var isUnused: Bool { output.matrix.nonzeroCount == 0 }

  /// κ and v of the tokens read, in turn, the newest last, w of each at most.
  @inlinable
  func initialMemory<Number: PowerScalar>() -> LayerMemory<Number> { LayerMemory([]) }

  @inlinable
  func step<Number: PowerScalar>(
    _ token: [Number], _ memory: inout LayerMemory<Number>
  ) throws(LayerError) -> [Number] {
    if Number.isExact {
      guard isUnused else { throw LayerError.attention }
      return output.offset.map(Number.init(nearest:))
    }
    memory.vectors += [key.times(token), value.times(token)]
    if memory.vectors.count > 2 * window { memory.vectors.removeFirst(2) }
    let queries = query.times(token)
    let size = key.rowCount
    var attended: [Number] = []
    for head in stride(from: 0, to: queries.count, by: size) {
      attended += try attend(queries[head..<head + size], memory.vectors)
    }
    return output.applied(to: attended)
  }

  /// y_j, for q_j.
  @inlinable
  func attend<Number: PowerScalar>(
    _ query: ArraySlice<Number>, _ history: [[Number]]
  ) throws(LayerError) -> [Number] {
    let places = stride(from: 0, to: history.count, by: 2)
    let scores = places.map { place in
      zip(query, history[place]).reduce(Number.zero) { $0 + $1.0 * $1.1 }
    }
    guard let weights = Number.softmax(scores, dimension: query.count) else {
      throw LayerError.attention
    }
    var sum = [Number](repeating: .zero, count: query.count)
    for (weight, place) in zip(weights, places) {
      for index in sum.indices { sum[index] += weight * history[place + 1][index] }
    }
    return sum
  }
}

extension LocalAttention {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> LocalAttention {
    LocalAttention(
      query: visitor.matrix("\(name).query", query), key: visitor.matrix("\(name).key", key),
      value: visitor.matrix("\(name).value", value),
      output: visitor.affine("\(name).output", output), window: window)
  }
}
