import Architectures
import ExactArithmetic

extension TapeBuilder {
  /// Nil if the step sizes depend on the input.
  mutating func apply(_ block: MambaBlock, to a: Tape.Source) -> Tape.Source? {
    guard block.step.matrix.nonzeroCount == 0 else { return nil }
    let x = convolved(linear(block.input, a), block)
    let y = read(x, block)
    let opening = relu(linear(block.gate, a))
    return linear(block.output, multiply(y, opening))
  }

  /// σ(β + Σ w u), and u kept for later.
  private mutating func convolved(_ u: Tape.Source, _ block: MambaBlock) -> Tape.Source {
    let count = block.channelCount
    let rows = block.convolution.rows.enumerated().map { channel, entries in
      entries.map { Matrix.Entry(column: $0.column * count + channel, value: $0.value) }
    }
    var reach = 1
    for row in block.convolution.rows {
      if let last = row.last { reach = max(reach, 1 + last.column) }
    }
    let history = history(of: u, reach: reach)
    let map = AffineMap(
      Matrix(columnCount: reach * count, rows: rows), offset: block.convolutionBias)
    let x = relu(affine(map, history))
    remember(u, history, count)
    return x
  }

  /// u, and what it was in the `reach` − 1 tokens before, the newest first.
  mutating func history(of u: Tape.Source, reach: Int) -> Tape.Source {
    let silence = [Rational](repeating: 0, count: u.count)
    return Tape.Source(stacking: [u] + (1..<max(reach, 1)).map { _ in memory(silence) })
  }

  /// Moves a history on by one token.
  mutating func remember(_ u: Tape.Source, _ history: Tape.Source, _ count: Int) {
    guard count > 0 else { return }
    for lag in stride(from: history.count / count - 1, to: 0, by: -1) {
      keep(
        history[(lag - 1) * count..<lag * count], in: history[lag * count..<(lag + 1) * count])
    }
  }

  /// h ← Ā^Δ h + (Δ B) x, by channel, its states in a row.
  private mutating func advanced(_ x: Tape.Source, _ block: MambaBlock) -> Tape.Source {
    let states = block.statesPerChannel
    let sizes = block.step.offset.map(\.positivePart)
    var decays: [Tape.Constant] = []
    for (channel, size) in sizes.enumerated() {
      var bases = [Rational](repeating: 0, count: states)
      for entry in block.decay.row(channel) { bases[entry.column] = entry.value }
      decays += bases.map { .power(Tape.Power(base: $0, exponent: size)) }
    }
    let hidden = memory(Array(repeating: 0, count: x.count * states))
    let kept = multiply(constant(decays), hidden)

    let written = linear(block.writing, x)
    var scaled = Tape.Source(stacking: Array(repeating: written, count: x.count))
    if sizes.contains(where: { $0 != 1 }) {
      let repeated = sizes.flatMap { Array(repeating: Tape.Constant.number($0), count: states) }
      scaled = multiply(constant(repeated), scaled)
    }
    let spread = Tape.Source(
      stacking: (0..<x.count).flatMap { Array(repeating: x[$0..<$0 + 1], count: states) })
    let next = sum(kept, multiply(scaled, spread))
    keep(next, in: hidden)
    return next
  }

  /// y = Σ C h + d x.
  private mutating func read(_ x: Tape.Source, _ block: MambaBlock) -> Tape.Source {
    let remembers = block.writing.nonzeroCount > 0 && block.reading.nonzeroCount > 0
    if leavesOutZeros, !remembers, block.step.offset.allSatisfy({ $0 == 1 }) {
      return block.skip.allSatisfy { $0 == 1 } ? x : linear(.diagonal(block.skip), x)
    }
    let hidden = advanced(x, block)
    let states = block.statesPerChannel
    let weights = linear(block.reading, x)
    let weighed = multiply(
      Tape.Source(stacking: Array(repeating: weights, count: x.count)), hidden)
    let rows = (0..<x.count).map { channel in
      (0..<states).map { Matrix.Entry(column: channel * states + $0, value: 1) }
        + [Matrix.Entry(column: x.count * states + channel, value: block.skip[channel])]
    }
    let matrix = Matrix(columnCount: x.count * (states + 1), rows: rows)
    return linear(matrix, Tape.Source(stacking: [weighed, x]))
  }
}
