import ExactArithmetic

extension Erratum {
  static let hawk = [hawkState, hawkIdentities, hawkLayers, hawkModel]

  private static let hawkState = Erratum(
    "06-hawk-state", "E.1: a recurrent block of Hawk computes the state", place: "appendix E.1",
    .refuted,
    remark: "With A~ = [[0, A], [0, 0]], A~ B~ = 0 and only the last input counts; "
      + "[[A, 0], [0, 0]] is right, for b = 0 and s0 = 0. r_t must not be 0.",
    evidence: Evidence.runs(.counterexample, in: "erratum-06", "sum", "no-gate")
      + Evidence.runs(.corrected, in: "erratum-06", "corrected"))

  private static let hawkIdentities = Erratum(
    "07-hawk-products",
    "E.2, E.4 and E.5: blocks of Hawk that pass everything on, and one that multiplies",
    place: "appendices E.2, E.4 and E.5", .holdsIf("the second factor of the product is ≥ 0"),
    remark: "The first may be negative. In E.5 the second \"b_e = 0\" should be b_f = 0.",
    evidence: Evidence.runs(.example, in: "erratum-07", "identities", "products")
      + Evidence.runs(.outside, in: "erratum-07", "negative-second-factor"))

  private static let hawkLayers = Erratum(
    "08-hawk-layers", "E.3: an MLP block of Hawk computes a layer of phi and gamma",
    place: "appendix E.3", .refuted,
    remark: "W_e = I gives a + 1 for the factor 1; W_e = 0 is right.",
    evidence: Evidence.runs(.counterexample, in: "erratum-08", "one-and-two")
      + Evidence.runs(.corrected, in: "erratum-08", "corrected"))

  private static let hawkModel = Erratum(
    "09-hawk-model", "E.6: blocks of Hawk compute gamma(x) phi(s)", place: "appendix E.6", .refuted,
    remark: "The names of phi and gamma are swapped. Put right, k + 1 residual blocks suffice.",
    evidence: Evidence.runs(.counterexample, in: "erratum-09", "swapped")
      + Evidence.runs(.corrected, in: "erratum-09", "names-put-right"))

  static let griffin = Erratum(
    "10-griffin-attention", "Attention with K = Q = V = I is the identity", place: "appendix E",
    .refuted,
    remark: "For windows of 2 or more the weights of all tokens are positive. The residual "
      + "connection passes everything on, with W_o = 0.",
    evidence: [.fact(.counterexample, twoTokens), .fact(.counterexample, positiveWeights)]
      + [.fact(.example, oneToken)]
      + Evidence.runs(.corrected, in: "erratum-10", "residual"))

  private static let twoTokens = Fact(
    "in binary64, a window of 2 gives 0 and 0.73106 for the tokens 0 and 1"
  ) { reader in
    let outputs = try reader.outputs(
      of: "fixtures/as-printed/griffin-attention-2.json", on: [[0], [1]] as [[Double]])
    return outputs[0] == [0] && 0.73105 < outputs[1][0] && outputs[1][0] < 0.73107
  }

  private static let oneToken = Fact(
    "in binary64, a window of 1 gives the token"
  ) { reader in
    let tokens: [[Double]] = [[0], [1], [-5]]
    return try reader.outputs(
      of: "fixtures/as-printed/griffin-attention-1.json", on: tokens) == tokens
  }

  private static let positiveWeights = Fact(
    "for the tokens 0 and 1 attention gives e / (1 + e), which is not 1: between 0.731 and 0.732"
  ) { _ in
    // 1 + 1 + 1/2! + … + 1/9! < e < that + 1/9!.
    var (sum, term): (Rational, Rational) = (1, 1)
    for k in 1...9 {
      term = term / Rational(k)
      sum += term
    }
    let low = sum / (1 + sum)
    let high = (sum + term) / (1 + sum + term)
    return Rational(731, 1000) < low && high < Rational(732, 1000)
  }
}
