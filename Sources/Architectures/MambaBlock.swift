import ExactArithmetic

/// A Mamba block: a gated, selective, diagonal state space behind a short convolution.
///
/// For the input vector a of n elements, with D channels, N states a channel, rank R of the step
/// sizes, and m outputs:
///
///     u = W_x a                                        D × n, no bias
///     z = W_z a                                        D × n, no bias
///     x_c = σ(β_c + Σ_{i=0..3} w_{c,i} u_{c,t−i})      w: D × 4, column i is lag i; u = 0 before
///                                                      the first token
///     Δ = σ(W_Δ (W_r x) + β_Δ)                         W_r: R × D, W_Δ: D × R
///     B = W_B x,   C = W_C x                           N × D each
///     h_{c,n} ← Ā_{c,n}^Δ_c h_{c,n} + Δ_c B_n x_c      Ā: D × N, from h = 0
///     y_c = Σ_n C_n h_{c,n} + d_c x_c
///     output = W_o (y ⊙ σ(z))                          m × D, no bias
///
/// σ is the block's activation function: SiLU for x and the gate, softplus for Δ; in the
/// idealisation both are ReLU (`Gates`). The published block writes Ā^Δ as exp(Δ A) with
/// A = −exp(A_log): so Ā = exp(A) lies in (0, 1), and 0 and 1 are limits that floats attain.
///
/// In the state dictionaries of the libraries: `in_proj` is [W_x; W_z], `conv1d.weight` is w with
/// its columns reversed, `x_proj` is [W_r; W_B; W_C], `dt_proj` is W_Δ with β_Δ, `A_log` is
/// log(−log Ā), `D` is d, `out_proj` is W_o.
///
/// Exactly, Ā^Δ is a rational only for whole Δ (0⁰ = 1); other Δ are an error of evaluation.
///
/// Input and output dimensions need not agree, as there is no residual connection; a model of one
/// width has the block padded with zeros.
///
/// In floats: the order of `Matrix+Layers.swift`; h is (Ā^Δ · h) + ((Δ · B) · x); y sums over n
/// from zero and adds d · x last.
///
/// Source: A. Gu, T. Dao, *Mamba: Linear-Time Sequence Modeling with Selective State Spaces*, 2023,
/// arXiv 2312.00752, algorithm 2 and figure 3; the block without biases in its projections is the
/// default of the authors' code.
public struct MambaBlock: Hashable, Sendable {
  /// How many tokens the convolution sees: the current one and three before.
  public static let window = 4

  /// W_x.
  public let input: Matrix

  /// W_z.
  public let gate: Matrix

  /// w: column i is the weight of lag i.
  public let convolution: Matrix

  /// β.
  public let convolutionBias: [Rational]

  /// W_r.
  public let stepReduction: Matrix

  /// r ↦ W_Δ r + β_Δ.
  public let step: AffineMap

  /// W_B.
  public let writing: Matrix

  /// W_C.
  public let reading: Matrix

  /// Ā.
  public let decay: Matrix

  /// d.
  public let skip: [Rational]

  /// W_o.
  public let output: Matrix

  public init(
    input: Matrix, gate: Matrix, convolution: Matrix, convolutionBias: [Rational],
    stepReduction: Matrix, step: AffineMap, writing: Matrix, reading: Matrix, decay: Matrix,
    skip: [Rational], output: Matrix
  ) {
    let channels = input.rowCount
    let states = writing.rowCount
    let rank = stepReduction.rowCount
    func expect(_ matrix: Matrix, _ rows: Int, _ columns: Int, _ name: StaticString) {
      precondition(
        matrix.rowCount == rows && matrix.columnCount == columns,
        "\(name) is \(matrix.rowCount)×\(matrix.columnCount), expected \(rows)×\(columns)")
    }
    expect(gate, channels, input.columnCount, "the gate")
    expect(convolution, channels, MambaBlock.window, "the convolution")
    expect(stepReduction, rank, channels, "the step reduction")
    expect(step.matrix, channels, rank, "the step projection")
    expect(writing, states, channels, "the writing projection")
    expect(reading, states, channels, "the reading projection")
    expect(decay, channels, states, "the decay")
    expect(output, output.rowCount, channels, "the output")
    precondition(
      convolutionBias.count == channels && skip.count == channels,
      "\(convolutionBias.count) biases and \(skip.count) skips for \(channels) channels")
    self.input = input
    self.gate = gate
    self.convolution = convolution
    self.convolutionBias = convolutionBias
    self.stepReduction = stepReduction
    self.step = step
    self.writing = writing
    self.reading = reading
    self.decay = decay
    self.skip = skip
    self.output = output
  }

  public var inputDimension: Int { input.columnCount }
  public var outputDimension: Int { output.rowCount }

  /// D.
  public var channelCount: Int { input.rowCount }

  /// N.
  public var statesPerChannel: Int { writing.rowCount }

  /// Whether every Ā lies in [0, 1], where the published block's can come.
  public var hasAdmissibleDecays: Bool {
    decay.rows.allSatisfy { $0.allSatisfy { 0 <= $0.value && $0.value <= 1 } }
  }
}

extension MambaBlock {
  func rebuilt(by visitor: inout some WeightVisitor, under name: String) -> MambaBlock {
    MambaBlock(
      input: visitor.matrix("\(name).input", input),
      gate: visitor.matrix("\(name).gate", gate),
      convolution: visitor.matrix("\(name).convolution.matrix", convolution),
      convolutionBias: visitor.vector("\(name).convolution.offset", convolutionBias),
      stepReduction: visitor.matrix("\(name).stepReduction", stepReduction),
      step: visitor.affine("\(name).step", step),
      writing: visitor.matrix("\(name).writing", writing),
      reading: visitor.matrix("\(name).reading", reading),
      decay: visitor.matrix("\(name).decay", decay),
      skip: visitor.vector("\(name).skip", skip),
      output: visitor.matrix("\(name).output", output))
  }
}
