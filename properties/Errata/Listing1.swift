import ExactArithmetic

extension Erratum {
  static let listing1 = [counter, queryIsCell, supNorm]

  private static let counter = Erratum(
    "11-counter", "The counter of listing 1 is 1, 2, 3, … after each token",
    place: "listing 1, line 3", .refuted,
    remark: "It is the sum of the powers of d_in. What is read of it, whether it is below 3/2, is "
      + "the same, so exact outputs are right; in binary32 it is infinite from token 128 on for "
      + "d_in = 2. A scalar counter that is broadcast does not overflow.",
    evidence: Evidence.runs(.counterexample, in: "erratum-11", "two-inputs", "three-inputs")
      + Evidence.runs(.example, in: "erratum-11", "one-inputs", "listing-is-right")
      + [.fact(.counterexample, overflow)])

  private static let overflow = Fact(
    "for d_in = 2 in binary32 the counter is finite after 127 tokens and infinite after 128, and "
      + "0 times it is not a number"
  ) { reader in
    let tokens = [[Float]](repeating: [0], count: 128)
    let counter = try reader.outputs(of: "fixtures/as-printed/counter.lsrl", on: tokens)
    let scaled = try reader.outputs(
      of: "fixtures/as-printed/counter-scaled-by-zero.lsrl", on: tokens)
    return counter[126][0].isFinite && counter[127][0] == .infinity
      && scaled[126] == [0] && scaled[127][0].isNaN
  }

  private static let queryIsCell = Erratum(
    "12-query-is-a-cell", "Listing 1 takes no cell from the query's token",
    place: "listing 1, line 19", .holdsIf("the query's last d_out numbers are 0"),
    remark: "counter > 1/2 holds at the query already; 3/2 is the threshold. (The listing does not "
      + "define the name 'counter' on that line.)",
    evidence: Evidence.runs(.example, in: "erratum-12", "zero-padding")
      + Evidence.runs(.outside, in: "erratum-12", "query-is-a-cell")
      + Evidence.runs(.corrected, in: "erratum-12", "threshold-three-halves"))

  private static let supNorm = Erratum(
    "13-sup-norm",
    "Listing 1 is off by no more than L sqrt(d) delta / 2 for every query in [0, 1]^d",
    place: "appendix B", .refuted,
    remark: "With mu ≥ 2 and mu delta ≥ 1 it holds for queries that are at least 1/mu above the "
      + "lower sides of their cell. Shifting the grid to -1/mu and adding values times the product "
      + "of the bumps gives L sqrt(d) (delta / 2 + 1/mu) everywhere.",
    evidence: Evidence.runs(
      .counterexample, in: "erratum-13", "at-zero", "first-ramp-mu-10", "first-ramp-mu-1000",
      "inner-ramp-mu-10", "inner-ramp-mu-1000", "fraction-multiplicative", "fraction-direct",
      "wrong-neighbour", "two-dimensions-corner", "two-dimensions-diagonal", "threshold-below",
      "threshold-just-above")
      + Evidence.runs(
        .example, in: "erratum-13", "at-half", "at-quarter", "at-one", "threshold-full")
      + Evidence.runs(
        .corrected, in: "erratum-13", "repaired-at-zero", "repaired-inner-ramp", "repaired-at-one",
        "repaired-corner", "repaired-diagonal"))

  static let multiplicity = Erratum(
    "14-prompt-length", "A prompt of N = (L sqrt(d) / 2 epsilon)^d cells is what epsilon takes",
    place: "appendix B", .refuted,
    remark: "A grid has a whole number of cells a side: N = ⌈L sqrt(d) / 2 epsilon⌉^d suffices. "
      + "It is not necessary: a function may need fewer.",
    evidence: [
      .fact(.counterexample, wholeCells), .fact(.example, enoughCells),
      .fact(.counterexample, fewerCells),
    ])

  /// L sqrt(d) / 2 epsilon in the row's example.
  private static let side = Rational(3, 2)

  /// Whether a grid of `count` cells a side has a bound of at most epsilon: L sqrt(d) / (2 count).
  private static func suffices(_ count: Int) -> Bool { side <= Rational(count) }

  private static let wholeCells = Fact(
    "for d = 2 and L sqrt(d) / 2 epsilon = 3/2 no grid of at most 9/4 cells has the bound"
  ) { _ in
    let claimed = side * side
    return claimed == Rational(9, 4)
      && (1...10).filter { Rational($0 * $0) <= claimed }.allSatisfy { !suffices($0) }
  }

  private static let enoughCells = Fact("4 cells do") { _ in
    (1...10).first(where: suffices) == 2
  }

  private static let fewerCells = Fact(
    "f = 1, whatever L one grants it, is looked up without error in one cell a side"
  ) { reader in
    let tokens: [[Rational]] = [[Rational(1, 3), Rational(2, 3), 0, 0], [1, 0, 0, 1]]
    let outputs = try reader.outputs(
      of: "fixtures/programs/continuous-as-printed.lsrl",
      setting: ["d_in": .number(2), "mu": .number(10)], on: tokens)
    return outputs == [[0], [1]]
  }

  static let steepness = Erratum(
    "15-steepness", "Listing 1 finds the cell whose centre the query is",
    place: "listing 1 and appendix B", .holdsIf("mu delta > 1"),
    remark: "For mu delta ≤ 1/2 no cell ever fires.",
    evidence: Evidence.runs(.example, in: "erratum-15", "five-first-centre")
      + Evidence.runs(
        .outside, in: "erratum-15", "first-centre", "middle-centre", "end", "edge",
        "sixteen-first-centre")
      + [.fact(.outside, neverFires)])

  private static let neverFires = Fact(
    "with mu = 10 and 20 cells, all 401 queries k/400 get 0"
  ) { reader in
    let cells = (0..<20).map { [Rational(1, 20), Rational($0, 20), 1] }
    return try (0...400).allSatisfy { place in
      let tokens = [[Rational(place, 400), 0, 0]] + cells
      let outputs = try reader.outputs(
        of: "fixtures/programs/continuous-as-printed.lsrl", setting: ["mu": .number(10)],
        on: tokens)
      return outputs.allSatisfy { $0 == [0] }
    }
  }
}
