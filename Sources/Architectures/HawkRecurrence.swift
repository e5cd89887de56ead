import ExactArithmetic

/// A recurrent block of Hawk and Griffin: a real-gated linear recurrent unit (RG-LRU) behind a
/// temporal convolution, beside a gate.
///
/// For the input vector a of n elements, with C channels and m outputs:
///
///     u = W_x a + b_x                                     C × n
///     z_t = β + Σ_i K_i u_{t−i}                           u = 0 before the first token
///     r = σ(W_r z + b_r)                                  C × C, the recurrence gate
///     i = σ(W_i z + b_i)                                  C × C, the input gate
///     α = σ(Λ),   a = α^(8 r)                             elementwise
///     h ← a ⊙ h + √(1 − a²) ⊙ (i ⊙ z)                     from h = 0
///     output = W_o (h ⊙ σ(W_y a + b_y)) + b_o             W_y: C × n, W_o: m × C
///
/// σ is the logistic function in r, i and α, and GeLU in the gate; in the idealisation it is ReLU
/// (`Gates`). The published convolution is depthwise and sees four tokens; the paper's idealisation
/// has full matrices and sees as many tokens as there are.
///
/// With `resetsAtStart`, as in the published code, the first token has a = 0 and the multiplier 1
/// whatever the gates say.
///
/// In the state dictionaries of the libraries: `linear_x` is W_x with b_x, `conv_1d.weight` is the
/// convolution with its columns reversed, `rg_lru.recurrent_param` is such that α = σ(Λ), the gates
/// are block diagonal (here: full), `linear_y` is W_y, `linear_out` is W_o with b_o.
///
/// Exactly, α^(8 r) is a rational only for whole 8 r (0⁰ = 1), and √(1 − a²) only if it is one by
/// chance: anything else is an error of evaluation.
///
/// In floats: the order of `Matrix+Layers.swift`; lags ascend, the multiplier is √(1 − (a · a)), h
/// is (a · h) + (multiplier · (i · z)).
///
/// Source: S. De et al., *Griffin: Mixing Gated Linear Recurrences with Local Attention for
/// Efficient Language Models*, 2024, arXiv 2402.19427, sections 2.3 and 2.4; with a dense
/// convolution: arXiv 2406.01424, Eq. 35.
public struct HawkRecurrence: Hashable, Sendable {
  /// How many tokens the depthwise convolution sees: the current one and three before.
  public static let window = 4

  public enum Convolution: Hashable, Sendable {
    /// C × 4; column i is lag i.
    case depthwise(Matrix)

    /// By lag, C × C each; at least one.
    case dense([Matrix])
  }

  /// a ↦ W_x a + b_x.
  public let input: AffineMap

  /// K.
  public let convolution: Convolution

  /// β.
  public let convolutionBias: [Rational]

  /// Λ.
  public let decay: [Rational]

  /// z ↦ W_r z + b_r.
  public let recurrenceGate: AffineMap

  /// z ↦ W_i z + b_i.
  public let inputGate: AffineMap

  /// a ↦ W_y a + b_y.
  public let gate: AffineMap

  /// W_o and b_o.
  public let output: AffineMap

  public let resetsAtStart: Bool

  public init(
    input: AffineMap, convolution: Convolution, convolutionBias: [Rational], decay: [Rational],
    recurrenceGate: AffineMap, inputGate: AffineMap, gate: AffineMap, output: AffineMap,
    resetsAtStart: Bool = false
  ) {
    let channels = input.outputDimension
    func expect(_ map: AffineMap, from inputs: Int, to outputs: Int, _ name: StaticString) {
      precondition(
        map.inputDimension == inputs && map.outputDimension == outputs,
        "\(name) is \(map.inputDimension) → \(map.outputDimension), expected \(inputs) → \(outputs)"
      )
    }
    expect(recurrenceGate, from: channels, to: channels, "the recurrence gate")
    expect(inputGate, from: channels, to: channels, "the input gate")
    expect(gate, from: input.inputDimension, to: channels, "the gate")
    expect(output, from: channels, to: output.outputDimension, "the output")
    precondition(
      convolutionBias.count == channels && decay.count == channels,
      "\(convolutionBias.count) biases and \(decay.count) decays for \(channels) channels")
    switch convolution {
    case .depthwise(let weights):
      precondition(
        weights.rowCount == channels && weights.columnCount == HawkRecurrence.window,
        "weights of \(weights.rowCount)×\(weights.columnCount) for \(channels) channels")
    case .dense(let kernel):
      precondition(!kernel.isEmpty, "a kernel without the current token")
      precondition(
        kernel.allSatisfy { $0.rowCount == channels && $0.columnCount == channels },
        "a kernel not of \(channels)×\(channels)")
    }
    self.input = input
    self.convolution = convolution
    self.convolutionBias = convolutionBias
    self.decay = decay
    self.recurrenceGate = recurrenceGate
    self.inputGate = inputGate
    self.gate = gate
    self.output = output
    self.resetsAtStart = resetsAtStart
  }

  public var inputDimension: Int { input.inputDimension }
  public var outputDimension: Int { output.outputDimension }

  /// C.
  public var channelCount: Int { input.outputDimension }

  /// Whether every α lies in [0, 1), where the published block's can come. 0 is a limit that floats
  /// attain.
  public var hasAdmissibleDecays: Bool { decay.allSatisfy { $0 < 1 } }
}

extension HawkRecurrence {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> HawkRecurrence {
    HawkRecurrence(
      input: visitor.affine("\(name).input", input),
      convolution: rebuiltConvolution(by: &visitor, under: "\(name).convolution"),
      convolutionBias: visitor.vector("\(name).convolution.offset", convolutionBias),
      decay: visitor.vector("\(name).decay", decay),
      recurrenceGate: visitor.affine("\(name).recurrenceGate", recurrenceGate),
      inputGate: visitor.affine("\(name).inputGate", inputGate),
      gate: visitor.affine("\(name).gate", gate),
      output: visitor.affine("\(name).output", output), resetsAtStart: resetsAtStart)
  }

  private func rebuiltConvolution(
    by visitor: inout some WeightVisitor, under name: String
  ) -> Convolution {
    switch convolution {
    case .depthwise(let weights): return .depthwise(visitor.matrix("\(name).matrix", weights))
    case .dense(let kernel):
      var rebuilt: [Matrix] = []
      for (lag, matrix) in kernel.enumerated() {
        rebuilt.append(visitor.matrix("\(name).matrix.\(lag)", matrix))
      }
      return .dense(rebuilt)
    }
  }
}
