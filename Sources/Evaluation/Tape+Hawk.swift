import Architectures
import ExactArithmetic

extension TapeBuilder {
  /// Nil if decays depend on the input, or attention is used.
  mutating func apply(_ block: HawkBlock, to x: Tape.Source) -> Tape.Source? {
    var mixed: Tape.Source
    switch block.mixing {
    case .recurrence(let recurrence):
      guard recurrence.recurrenceGate.matrix.nonzeroCount == 0 else { return nil }
      mixed = apply(recurrence, to: x)
    case .attention(let attention):
      guard attention.isUnused else { return nil }
      mixed = constant(attention.output.offset.map(Tape.Constant.number))
    }
    let isResidual = block.family != .dense
    if isResidual { mixed = sum(x, mixed) }
    let result = apply(block.mlp, to: mixed)
    return isResidual ? sum(mixed, result) : result
  }

  private mutating func apply(_ mlp: GatedMLP, to x: Tape.Source) -> Tape.Source {
    let up = affine(mlp.up, x)
    return affine(mlp.down, multiply(up, relu(affine(mlp.gate, x))))
  }

  private mutating func apply(_ layer: HawkRecurrence, to a: Tape.Source) -> Tape.Source {
    let z = convolved(affine(layer.input, a), layer)
    let hidden = advanced(z, layer)
    let opening = relu(affine(layer.gate, a))
    return affine(layer.output, multiply(hidden, opening))
  }

  /// β + Σ K u.
  private mutating func convolved(_ u: Tape.Source, _ layer: HawkRecurrence) -> Tape.Source {
    let count = layer.channelCount
    var rows = [[Matrix.Entry]](repeating: [], count: count)
    switch layer.convolution {
    case .depthwise(let weights):
      for (channel, entries) in weights.rows.enumerated() {
        rows[channel] = entries.map {
          Matrix.Entry(column: $0.column * count + channel, value: $0.value)
        }
      }
    case .dense(let kernel):
      for (lag, matrix) in kernel.enumerated() {
        for (channel, entries) in matrix.rows.enumerated() {
          rows[channel] += entries.map {
            Matrix.Entry(column: lag * count + $0.column, value: $0.value)
          }
        }
      }
    }
    let last = rows.compactMap(\.last?.column).max() ?? 0
    let reach = count == 0 ? 1 : last / count + 1
    if reach > 1 { needsFiniteWeights = true }
    let history = history(of: u, reach: reach)
    let map = AffineMap(
      Matrix(columnCount: reach * count, rows: rows), offset: layer.convolutionBias)
    let z = affine(map, history)
    remember(u, history, count)
    return z
  }

  /// h ← a h + √(1 − a²) (i z). With a reset, the multiplier of the first token is 1; h is 0 then,
  /// so a does not matter.
  private mutating func advanced(_ z: Tape.Source, _ layer: HawkRecurrence) -> Tape.Source {
    let powers = zip(layer.decay, layer.recurrenceGate.offset).map { decay, gate in
      Tape.Power(base: decay.positivePart, exponent: gate.positivePart, factor: 8)
    }
    let hidden = memory(Array(repeating: 0, count: z.count))
    let entering = multiply(relu(affine(layer.inputGate, z)), z)
    let later = constant(powers.map(Tape.Constant.multiplier))
    var multiplier = later
    if layer.resetsAtStart {
      multiplier = memory(Array(repeating: 1, count: z.count))
    }
    let kept = multiply(constant(powers.map(Tape.Constant.power)), hidden)
    let next = sum(kept, multiply(multiplier, entering))
    keep(next, in: hidden)
    if layer.resetsAtStart { keep(later, in: multiplier) }
    return next
  }
}
