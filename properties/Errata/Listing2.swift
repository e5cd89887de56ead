extension Erratum {
  static let listing2 = [indexRange, keys]

  private static let indexRange = Erratum(
    "21-index-range",
    "Listing 2 looks up the value behind the key that equals the query", place: "listing 2",
    .refuted,
    remark: "Its registers are numbered 1 … n, and the counter is 0 … n - 1. So the first token of "
      + "the query is not kept and wanted to be 0, and the first token of the value is lost: with a "
      + "counter that counts, queries that start with 0 find their values without the first token, "
      + "and others find nothing. With 0 … n - 1 the program is right.",
    evidence: Evidence.runs(
      .counterexample, in: "erratum-21", "register-numbers", "printed-counters", "query-from-zero")
      + Evidence.runs(.corrected, in: "erratum-21", "corrected", "corrected-from-zero"))

  private static let keys = Erratum(
    "22-keys", "Listing 2, corrected, gives the value of the query's key",
    place: "listing 2", .holdsIf("keys are distinct"),
    remark: "The values of equal keys are added; a missing key gives 0. Brackets on line 23 are "
      + "malformed: B is n zeros, then a 1. The shift matrix has size n + 1 and a 1 at [i, i + 1]; "
      + "its first n coordinates are summed.",
    evidence: Evidence.runs(.example, in: "erratum-22", "one-pair", "missing-key")
      + Evidence.runs(.outside, in: "erratum-22", "equal-keys"))
}
