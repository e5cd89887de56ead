import ExactArithmetic
import LSRL

/// A bound on the error of an f_ifelse that can be checked by hand.
///
/// h(x) is half a unit in the last place of numbers up to x (a power of two counts to the binade
/// below it), R the range of the values, dλ how far λ is from its float.
public struct ConditionalClosedForm: Hashable, Sendable {
  public let formula: String

  /// Nil where the formula has no number: for steps, and where λ < 4R.
  public let value: Double?
}

extension ConditionalQuestion {
  /// The closed form for this question.
  ///
  /// - Eq. 7 as written: with guard 0 or 1 every operation that reaches the output is exact. With a
  ///   guard between, one ReLU is on at most; there λc (or λ(1 − c)) is at most R, so its rounding
  ///   and that of the sum cost h(R) each.
  /// - Eq. 7 fused, guard first: the product λc near λ costs h(λ), −λ + λc is exact (Sterbenz), the
  ///   last sum costs h(R). Never more than R, because both results lie between 0 and the value.
  /// - Eq. 7 fused, guard last: −λ + t costs h(λ), even for guard 1; λc costs h(λ) again; their sum
  ///   is exact. Where h(λ) > R the value is lost altogether.
  /// - Eq. 9: λ times the error of f_step. A step that saturates at exactly 1 costs nothing with
  ///   guard 0 or 1, but for the order as in Eq. 7.
  /// - Eq. 10: rounding 1 − c costs h(1) times a value, the two products and their sum h(R) each.
  public var closedForm: ConditionalClosedForm {
    switch variant {
    case .direct, .optimized: directClosedForm
    case .step, .stepOptimized:
      ConditionalClosedForm(formula: "λ · (error of f_step) + 2h(λ) + h(R)", value: nil)
    case .multiplicative:
      closedForm("3h(R) + R h(1)", "0", requiresLargeLambda: false) { h, bound in
        let sum = Directed.productUp(bound, 1 + 0x1p-5)
        return h(bound) * 2 + h(sum) + bound * h(1)
      }
    case .multiplicativeOptimized:
      closedForm("h(R)", "0", requiresLargeLambda: false) { h, bound in h(bound) }
    }
  }

  private var directClosedForm: ConditionalClosedForm {
    let rounding = FormatRounding(format)
    let (rounded, deviation) = rounding.nearest(lambda)
    func weightTerm(_ bound: Double) -> Double {
      deviation == 0 ? 0 : Directed.quotientUp(4 * Directed.productUp(deviation, bound), rounded)
    }
    // A weight that is not λ may carry λc into the next binade.
    func reach(_ bound: Double) -> Double { deviation == 0 ? bound : bound * (1 + 0x1p-5) }
    switch (form, order) {
    case (.written, _):
      return closedForm("2h(R) + 4R dλ/λ", "0") { h, bound in
        2 * h(reach(bound)) + weightTerm(bound)
      }
    case (.fused, .guardFirst):
      return closedForm("min(R, h(λ) + h(R) + 4R dλ/λ)", "0") { h, bound in
        min(bound, max(h(rounded), h(reach(bound))) + h(reach(bound)) + weightTerm(bound))
      }
    case (.fused, .guardLast):
      let formula = "R if h(λ) > R, else 2h(λ) + 4R dλ/λ"
      return closedForm(
        formula, "R if h(λ) > R, else h(λ)",
        ends: { h, bound in
          h(rounded) > bound ? bound : h(rounded)
        }
      ) { h, bound in
        h(rounded) > bound ? bound : 2 * h(rounded) + weightTerm(bound)
      }
    }
  }

  private func closedForm(
    _ formula: String, _ atEnds: String, requiresLargeLambda: Bool = true,
    ends: ((_ h: (Double) -> Double, _ bound: Double) -> Double)? = nil,
    _ value: (_ h: (Double) -> Double, _ bound: Double) -> Double
  ) -> ConditionalClosedForm {
    let rounding = FormatRounding(format)
    let (rounded, _) = rounding.nearest(lambda)
    let bound = Directed.up(range)
    let isInReach =
      !requiresLargeLambda || (rounded.isFinite && lambda >= 4 * range && rounded >= 4 * bound)
    let h: (Double) -> Double = { rounding.halfPlace(upTo: $0) }
    switch guards {
    case .unitInterval:
      return ConditionalClosedForm(
        formula: formula, value: isInReach ? Directed.sumUp(value(h, bound), 0).nextUp : nil)
    case .ends:
      return ConditionalClosedForm(
        formula: atEnds, value: isInReach ? ends?(h, bound) ?? 0 : nil)
    }
  }
}
