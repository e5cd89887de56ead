import Architectures
import ExactArithmetic

extension ProgramWriter {
  mutating func hawk(
    _ block: HawkBlock, at layer: Int, reading token: Int
  ) throws(UnfoldingError) -> Int {
    var mixed: Int
    switch block.mixing {
    case .recurrence(let recurrence): mixed = try mixing(recurrence, at: layer, reading: token)
    case .attention(let attention):
      guard attention.isUnused else {
        throw UnfoldingError(layer: layer, channel: nil, .attention)
      }
      mixed = constant(attention.output.offset)
    }
    let isResidual = block.family != .dense
    if isResidual { mixed = sum(token, mixed) }
    let result = gated(block.mlp, reading: mixed)
    return isResidual ? sum(mixed, result) : result
  }

  private mutating func gated(_ mlp: GatedMLP, reading vector: Int) -> Int {
    if mlp.width == 0 { return constant(mlp.down.offset) }
    let up = affine(mlp.up, of: vector)
    return affine(mlp.down, of: product(up, relu(affine(mlp.gate, of: vector))))
  }

  /// The output of the RG-LRU behind its convolution. Only channels that reach the output are
  /// written.
  private mutating func mixing(
    _ recurrence: HawkRecurrence, at layer: Int, reading token: Int
  ) throws(UnfoldingError) -> Int {
    let u = affine(recurrence.input, of: token)
    let z = convolved(u, by: recurrence.kernel, offset: recurrence.convolutionBias)
    let gates = constants(of: recurrence.gate, at: token).map { $0?.positivePart }
    let isOutput = recurrence.output.matrix.occupiedColumns
    let used = gates.indices.filter { isOutput[$0] && gates[$0] != 0 }
    let decays = try decays(of: recurrence, at: layer, z: z, used: Set(used))
    if used.isEmpty { return constant(recurrence.output.offset) }

    let kept = used.filter { decays[$0].factor != 0 }
    let passed = used.filter { decays[$0].factor == 0 }
    let hidden = concat([
      advanced(
        kept.map { decays[$0] }, entering(recurrence, kept, z), resets: recurrence.resetsAtStart),
      entering(recurrence, passed, z),
    ])
    let opening = relu(affine(recurrence.gate.outputs(kept + passed), of: token))
    let output = Matrix(
      columnCount: used.count,
      rows: recurrence.output.matrix.rows.map { row in
        var values: [Int: Rational] = [:]
        for entry in row { values[entry.column] = entry.value }
        return (kept + passed).enumerated().compactMap { place, channel in
          values[channel].map { Matrix.Entry(column: place, value: $0) }
        }
      })
    return affine(
      AffineMap(output, offset: recurrence.output.offset), of: product(hidden, opening))
  }

  /// i ⊙ z, of some channels.
  private mutating func entering(
    _ recurrence: HawkRecurrence, _ channels: [Int], _ z: Int
  ) -> Int {
    let gate = relu(affine(recurrence.inputGate.outputs(channels), of: z))
    return product(gate, selection(channels, of: z))
  }

  private struct Decay {
    /// a.
    let factor: Rational

    /// √(1 − a²).
    let multiplier: Rational
  }

  private mutating func decays(
    of recurrence: HawkRecurrence, at layer: Int, z: Int, used: Set<Int>
  ) throws(UnfoldingError) -> [Decay] {
    let gates = constants(of: recurrence.recurrenceGate, at: z)
    var decays: [Decay] = []
    for (channel, gate) in gates.enumerated() {
      let base = recurrence.decay[channel].positivePart
      // Whatever the gate: powers of 1 are 1; those of 0 are 0 or 1, which nothing reads here.
      let isFixed = base == 1 || base == 0 && !used.contains(channel)
      if gate == nil, !isFixed, base == 0, takesGuards {
        guardPositive(affine(recurrence.recurrenceGate.outputs([channel]), of: z))
        decays.append(Decay(factor: 0, multiplier: 1))
        continue
      }
      guard let gate = isFixed ? 1 : gate else {
        throw UnfoldingError(layer: layer, channel: channel, .varyingRecurrenceGate)
      }
      let exponent = 8 * gate.positivePart
      guard let factor = base.power(exponent) else {
        throw UnfoldingError(layer: layer, channel: channel, .exponent(exponent))
      }
      guard let multiplier = (1 - factor * factor).squareRoot else {
        throw UnfoldingError(layer: layer, channel: channel, .multiplier(decay: factor))
      }
      decays.append(Decay(factor: factor, multiplier: multiplier))
    }
    return decays
  }

  /// h ← a ⊙ h + √(1 − a²) ⊙ `entering` from h = 0; with `resets`, the first step has the
  /// multiplier 1.
  private mutating func advanced(_ decays: [Decay], _ entering: Int, resets: Bool) -> Int {
    let size = decays.count
    let muted = decays.indices.filter { resets && decays[$0].multiplier != 1 }
    var rows = decays.enumerated().map {
      [Matrix.Entry(column: $0.offset, value: $0.element.multiplier)]
    }
    var input = entering
    if !muted.isEmpty {
      for (place, channel) in muted.enumerated() {
        rows[channel].append(
          Matrix.Entry(column: size + place, value: 1 - decays[channel].multiplier))
      }
      let isFirst = selection(Array(repeating: 0, count: muted.count), of: firstStepFlag())
      input = concat([entering, product(isFirst, selection(muted, of: entering))])
    }
    return state(
      .diagonal(decays.map(\.factor)),
      AffineMap(Matrix(columnCount: size + muted.count, rows: rows)), of: input,
      initial: Array(repeating: 0, count: size))
  }

  /// 1 at the first step, 0 after it: the look back at a zero that was 1 before the first step.
  private mutating func firstStepFlag() -> Int {
    let flag = previous([1])
    remember(constant([0]), as: flag, initial: [1])
    return flag
  }
}

extension HawkRecurrence {
  /// By lag.
  fileprivate var kernel: [Matrix] {
    switch convolution {
    case .dense(let kernel): kernel
    case .depthwise(let weights): weights.depthwiseKernel
    }
  }
}
