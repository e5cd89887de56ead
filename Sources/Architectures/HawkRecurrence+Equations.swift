import ExactArithmetic

extension HawkRecurrence {
  /// How many tokens the convolution sees.
  public var reach: Int {
    switch convolution {
    case .depthwise: HawkRecurrence.window
    case .dense(let kernel): kernel.count
    }
  }

  /// h; the number of tokens read, up to 1, as the length of a vector; then u of the tokens read,
  /// the newest last, as many as the convolution reaches back to.
  @inlinable
  func initialMemory<Number: PowerScalar>() -> LayerMemory<Number> {
    LayerMemory([Array(repeating: .zero, count: channelCount), []])
  }

  @inlinable
  func step<Functions: Gates>(
    _ token: [Functions.Number], _ memory: inout LayerMemory<Functions.Number>,
    _ functions: Functions.Type
  ) throws(LayerError) -> [Functions.Number] {
    let isFirst = memory.vectors[1].isEmpty
    if isFirst { memory.vectors[1] = [1] }
    memory.vectors.append(input.applied(to: token))
    let z = convolved(memory.vectors)
    if memory.vectors.count - 2 >= reach { memory.vectors.remove(at: 2) }

    try advance(&memory.vectors[0], z, isReset: isFirst && resetsAtStart, functions)
    var result = gate.applied(to: token)
    for channel in result.indices {
      result[channel] = memory.vectors[0][channel] * functions.gelu(result[channel])
    }
    return output.applied(to: result)
  }

  /// z, for the history that `initialMemory` describes with the current u as its last.
  @inlinable
  func convolved<Number: PowerScalar>(_ history: [[Number]]) -> [Number] {
    var z = convolutionBias.map(Number.init(nearest:))
    let newest = history.count - 1
    switch convolution {
    case .dense(let kernel):
      for lag in 0..<min(kernel.count, newest - 1) {
        kernel[lag].add(history[newest - lag], to: &z)
      }
    case .depthwise(let weights):
      for channel in z.indices {
        for entry in weights.row(channel) where newest - entry.column >= 2 {
          z[channel] += Number(nearest: entry.value) * history[newest - entry.column][channel]
        }
      }
    }
    return z
  }

  /// h ← a ⊙ h + √(1 − a²) ⊙ (i ⊙ z).
  @inlinable
  func advance<Functions: Gates>(
    _ hidden: inout [Functions.Number], _ z: [Functions.Number], isReset: Bool,
    _ functions: Functions.Type
  ) throws(LayerError) {
    let recurrence = recurrenceGate.applied(to: z)
    let opening = inputGate.applied(to: z)
    for channel in z.indices {
      let entering = functions.logistic(opening[channel]) * z[channel]
      if isReset {
        hidden[channel] = entering
        continue
      }
      let exponent = 8 * functions.logistic(recurrence[channel])
      let base = functions.logistic(Functions.Number(nearest: decay[channel]))
      guard let factor = base.power(exponent) else {
        throw LayerError.stepSize(channel: channel, found: "\(exponent)")
      }
      if Functions.Number.isExact && factor == .zero {
        hidden[channel] = entering
        continue
      }
      guard let multiplier = (1 - factor * factor).root else {
        throw LayerError.multiplier(channel: channel, decay: "\(factor)")
      }
      hidden[channel] = factor * hidden[channel] + multiplier * entering
    }
  }
}
