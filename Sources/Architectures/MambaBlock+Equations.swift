import ExactArithmetic

extension MambaBlock {
  /// u of the last three tokens, the newest first; then h, by channel, its states in a row.
  @inlinable
  func initialMemory<Number: PowerScalar>() -> LayerMemory<Number> {
    let silence = [Number](repeating: .zero, count: channelCount)
    let hidden = [Number](repeating: .zero, count: channelCount * statesPerChannel)
    return LayerMemory(Array(repeating: silence, count: MambaBlock.window - 1) + [hidden])
  }

  @inlinable
  func step<Functions: Gates>(
    _ token: [Functions.Number], _ memory: inout LayerMemory<Functions.Number>,
    _ functions: Functions.Type
  ) throws(LayerError) -> [Functions.Number] {
    let x = convolved(input.times(token), &memory, functions)
    let sizes = step.applied(to: stepReduction.times(x)).map(functions.softplus)
    try advance(&memory.vectors[MambaBlock.window - 1], x, sizes)
    let opening = gate.times(token)
    var result = read(memory.vectors[MambaBlock.window - 1], x)
    for channel in result.indices {
      result[channel] = result[channel] * functions.silu(opening[channel])
    }
    return output.times(result)
  }

  /// x, and u kept for later.
  @inlinable
  func convolved<Functions: Gates>(
    _ current: [Functions.Number], _ memory: inout LayerMemory<Functions.Number>,
    _ functions: Functions.Type
  ) -> [Functions.Number] {
    var x = convolutionBias.map(Functions.Number.init(nearest:))
    for channel in x.indices {
      for entry in convolution.row(channel) {
        let lag = entry.column
        let value = lag == 0 ? current[channel] : memory.vectors[lag - 1][channel]
        if Functions.Number.isExact && value == .zero { continue }
        x[channel] += Functions.Number(nearest: entry.value) * value
      }
      x[channel] = functions.silu(x[channel])
    }
    for lag in stride(from: MambaBlock.window - 2, to: 0, by: -1) {
      memory.vectors.swapAt(lag, lag - 1)
    }
    memory.vectors[0] = current
    return x
  }

  /// h_{c,n} ← Ā_{c,n}^Δ_c h_{c,n} + Δ_c B_n x_c.
  @inlinable
  func advance<Number: PowerScalar>(
    _ hidden: inout [Number], _ x: [Number], _ sizes: [Number]
  ) throws(LayerError) {
    let written = writing.times(x)
    for channel in x.indices {
      let size = sizes[channel]
      var decays = decay.row(channel)
      for state in written.indices {
        var factor = Number.zero
        if let entry = decays.first, entry.column == state {
          factor = Number(nearest: entry.value)
          decays = decays.dropFirst()
        }
        if size != 1 {
          guard let power = factor.power(size) else {
            throw LayerError.stepSize(channel: channel, found: "\(size)")
          }
          factor = power
        }
        let place = channel * written.count + state
        let isKept = !Number.isExact || (factor != .zero && hidden[place] != .zero)
        let isWritten = !Number.isExact || (written[state] != .zero && x[channel] != .zero)
        let kept = isKept ? factor * hidden[place] : .zero
        hidden[place] = isWritten ? kept + (size * written[state]) * x[channel] : kept
      }
    }
  }

  /// y_c = Σ_n C_n h_{c,n} + d_c x_c.
  @inlinable
  func read<Number: PowerScalar>(_ hidden: [Number], _ x: [Number]) -> [Number] {
    let weights = reading.times(x)
    return x.indices.map { channel in
      var sum = Number.zero
      for state in weights.indices {
        let value = hidden[channel * weights.count + state]
        if Number.isExact && (value == .zero || weights[state] == .zero) { continue }
        sum += weights[state] * value
      }
      let direct = skip[channel]
      return direct == 0 ? sum : sum + Number(nearest: direct) * x[channel]
    }
  }
}
