import ExactArithmetic

extension Erratum {
  static let step = Erratum(
    "16-step", "f_step is 1 above 0 and 0 elsewhere, and f_and and f_or are logic on 0 and 1",
    place: "section 3 and appendix F", .holdsIf("0 < x < 1/mu does not occur, and mu ≥ 1"),
    remark: "On (0, 1/mu) it is mu x.",
    evidence: Evidence.runs(.example, in: "erratum-16", "ends", "and", "or")
      + Evidence.runs(.outside, in: "erratum-16", "on-the-ramp", "and-of-half", "or-of-half"))

  static let conditional7 = Erratum(
    "17-if-else-eq-7", "f_ifelse by Eq. 7 is t for a condition of 1 and f for one of 0",
    place: "Eq. 7",
    .holdsIf("the condition is 0 or 1, and lambda ≥ |t|, |f|"),
    evidence: Evidence.runs(.example, in: "erratum-17", "booleans")
      + Evidence.runs(.outside, in: "erratum-17", "between", "small-lambda", "slope"))

  static let conditional9 = Erratum(
    "18-if-else-eq-9", "f_ifelse by Eq. 9 is t for a condition above 1/2 and f for one below",
    place: "Eq. 9", .holdsIf("the condition is 0 or 1, lambda ≥ |t|, |f|, and mu ≥ 2"),
    evidence: Evidence.runs(.example, in: "erratum-18", "booleans")
      + Evidence.runs(.outside, in: "erratum-18", "mu-one", "between"))

  static let conditional10 = Erratum(
    "19-if-else-eq-10", "f_ifelse by Eq. 10 is c t + (1 - c) f: t for 1, f for 0, affine between",
    place: "Eq. 10", .holds,
    remark: "Its operands need the same dimension.",
    evidence: Evidence.runs(.example, in: "erratum-19", "booleans", "between"))

  static let moduloCounter = Erratum(
    "20-modulo-counter", "f_modulo_counter(n) is 0, 1, …, n - 1, 0, …",
    place: "appendix F.7", .refuted,
    remark: "[[cos, sin], [sin, cos]] is no rotation: the sign of one sine is missing. Corrected, "
      + "the one-hot needs mu ≥ 1 / (1 - cos(pi / n)); its threshold is cos(pi / n).",
    evidence: Evidence.runs(.counterexample, in: "erratum-20", "modulo-4", "threshold")
      + Evidence.runs(.example, in: "erratum-20", "modulo-2")
      + Evidence.runs(.corrected, in: "erratum-20", "modulo-4-corrected")
      + [.fact(.counterexample, singular), .fact(.counterexample, growing)]
      + [.fact(.corrected, steepnessTable)])

  private static let singular = Fact(
    "for 8, where cos² = sin² = 1/2, the printed matrix has determinant 0, so that it has no inverse"
  ) { _ in
    let squares = Rational(1, 2)
    return squares - squares == 0 && 2 * squares == 1
  }

  private static let growing = Fact(
    "for 6 the printed matrix has the eigenvalue cos + sin > 1: 1/2 + √3/2, between 1.366 and 1.367"
  ) { _ in
    // (2x - 1)² = 3 decides where x = 1/2 + √3/2 lies.
    let low = 2 * Rational(1366, 1000) - 1
    let high = 2 * Rational(1367, 1000) - 1
    return low * low < 3 && 3 < high * high && Rational(1366, 1000) > 1
  }

  private static let steepnessTable = Fact(
    "the mu that the one-hot needs is 3.4 for n = 4, 81 for 20, below 1000 for 70 and above for 71"
  ) { _ in
    let table: [(n: Int, Rational, Rational)] = [
      (4, Rational(34, 10), Rational(35, 10)), (20, 81, 82), (70, 993, 994), (71, 1021, 1022),
    ]
    return table.allSatisfy { n, low, high in
      guard let needed = steepnessInterval(n) else { return false }
      return low <= needed.low && needed.high <= high
    }
  }

  /// An enclosure of 1 / (1 - cos(pi / n)), from pi in [3.14159265358, 3.14159265359] and the
  /// alternating series x²/2 - x⁴/24 + x⁶/720 ∓ … of 1 - cos x.
  private static func steepnessInterval(_ n: Int) -> (low: Rational, high: Rational)? {
    func versine(_ x: Rational, terms: Int) -> Rational {
      var term = Rational(-1)
      var sum: Rational = 0
      for k in 1...terms {
        term = -term * x * x / Rational((2 * k - 1) * (2 * k))
        sum += term
      }
      return sum
    }
    let unit = Rational(100_000_000_000)
    let low = versine(Rational(314_159_265_358) / unit / Rational(n), terms: 6)
    let high = versine(Rational(314_159_265_359) / unit / Rational(n), terms: 7)
    return low > 0 ? (high.reciprocal, low.reciprocal) : nil
  }

  static let reluCommutes = Erratum(
    "23-relu-commutes",
    "A ReLU and a Linear with non-negative eigenvalues and no offset change places",
    place: "appendix A, case 5A", .refuted,
    remark: "True where each row has at most one entry, which is not negative: for slices.",
    evidence: Evidence.runs(.counterexample, in: "erratum-23", "shear")
      + Evidence.runs(.example, in: "erratum-23", "shear-as-it-was", "slice"))
}
