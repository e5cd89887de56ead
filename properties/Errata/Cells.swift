import Architectures
import ExactArithmetic
import PropertyTesting

extension Erratum {
  static let eq11 = Erratum(
    "01-eq-11", "Eq. 11: the state of a Linear RNN is the difference of two halves of a ReLU RNN",
    place: "Eq. 11", .holdsIf("the halves start at a pair whose difference is s0"),
    remark: "For every A. [s0, -s0] starts at 2 s0.",
    evidence: Evidence.runs(.example, in: "erratum-01", "pair")
      + Evidence.runs(.outside, in: "erratum-01", "negated-initial-state")
      + [.fact(.example, randomLinearRNNs)])

  private static let randomLinearRNNs = Fact(
    "300 random A, B, b, s0 of up to 3 dimensions agree at each of 5 tokens"
  ) { _ in
    try (0..<300).allSatisfy { trial in
      var choices = Choices(random: SplitMix64(seed: 11, trial: trial))
      let size = 1 + choices.index(below: 3)
      let recurrence = choices.matrix(size, size)
      let input = choices.affineMap(2, to: size)
      let initial = choices.vector(size)
      let tokens = (0..<5).map { _ in choices.vector(2) }
      let state = LayerStack(
        architecture: .linearRNN, inputDimension: 2,
        layers: [
          .linearRNN(
            LinearRNNLayer(
              recurrence: recurrence, input: input, initial: initial,
              output: MLP([.identity(size)])))
        ], readOut: .identity(size))
      let halves = RecurrentMap(
        input: AffineMap(
          .stacked([input.matrix, -input.matrix]), offset: input.offset + input.offset.map { -$0 }),
        recurrence: recurrence.doubled)
      let pair = LayerStack(
        architecture: .rnn, inputDimension: 2,
        layers: [
          .rnn(
            RNNLayer(
              halves, initial: initial.map(\.positivePart) + initial.map { (-$0).positivePart }))
        ], readOut: AffineMap(.difference(size)))
      return try pair.run(tokens) == state.run(tokens)
    }
  }

  static let gru = [gruState, gruGate, gruModel]

  private static let gruState = Erratum(
    "02-gru-state", "C.1 and C.2: GRU layers compute the state, and phi and gamma layer by layer",
    place: "appendices C.1 and C.2", .holdsIf("h0 holds s0, and x ≥ k"),
    remark: "In Eq. 18 the second row should be gamma_i(a_2).",
    evidence: Evidence.runs(.example, in: "erratum-02", "state-and-input", "two-layers")
      + Evidence.runs(.outside, in: "erratum-02", "below-k", "from-zero"))

  private static let gruGate = Erratum(
    "03-gru-gate", "C.3: a GRU layer multiplies its two inputs", place: "appendix C.3", .refuted,
    remark: "(1 - z) h of the step before stays. The gate reads h, not the input; with W_z for U_z "
      + "the first output is right and the next is not, even for gates of 0 and 1.",
    evidence: Evidence.runs(
      .counterexample, in: "erratum-03", "two-times-three", "from-one", "input-gate",
      "boolean-gate"))

  private static let gruModel = Erratum(
    "04-gru-model", "C.4: GRUs compute what a Gated RNN computes", place: "appendix C.4", .refuted,
    remark: "By C.3. The blocks of s and x are in another order than in C.1, too. Two cells that "
      + "keep what the gate leaves over, and subtract it, are a product.",
    evidence: Evidence.runs(.counterexample, in: "erratum-04", "sum-times-input"))

  static let lstm = Erratum(
    "05-lstm", "D.1 to D.4: LSTMs compute what a Gated RNN computes", place: "appendix D",
    .holdsIf("s0 = 0, phi and gamma end in ReLU, and x ≥ k"),
    remark: "In Eq. 30 the bias is b_gamma_i and the case i > m; \"b_phi\" is b_o.",
    evidence: Evidence.runs(.example, in: "erratum-05", "within-conditions", "at-k")
      + Evidence.runs(.outside, in: "erratum-05", "initial-state", "affine-gate", "below-k"))

  static let anyProgram = Erratum(
    "24-any-program", "Appendices C to E cover every phi, gamma, s0 and input",
    place: "appendices C, D and E", .refuted,
    remark: "phi, gamma ≥ 0 is needed in D.3, one of them in E.5; s0 = 0 in D and E; x ≥ k in all.",
    evidence: Evidence.runs(
      .counterexample, in: "erratum-05", "initial-state", "affine-gate", "below-k")
      + Evidence.runs(.counterexample, in: "erratum-07", "negative-second-factor")
      + Evidence.runs(.counterexample, in: "erratum-02", "below-k"))
}

extension Matrix {
  /// [[A, −A], [−A, A]].
  fileprivate var doubled: Matrix {
    let upper = rows.map { row in
      Array(row) + row.map { Entry(column: $0.column + columnCount, value: -$0.value) }
    }
    let top = Matrix(columnCount: 2 * columnCount, rows: upper)
    return .stacked([top, -top])
  }

  /// [I, −I].
  fileprivate static func difference(_ size: Int) -> Matrix {
    Matrix(
      columnCount: 2 * size,
      rows: (0..<size).map { [Entry(column: $0, value: 1), Entry(column: $0 + size, value: -1)] })
  }
}
