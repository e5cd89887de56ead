import ExactArithmetic

extension Interval {
  /// What lies in both. Precondition: something does, as when both enclose the same value.
  func intersection(_ other: Interval) -> Interval {
    let lowers = [lower, other.lower].compactMap(\.self)
    let uppers = [upper, other.upper].compactMap(\.self)
    return Interval(lowers.max(), uppers.min())
  }

  /// The range of f_step over the members: f_step is monotone, so its values at the ends are exact.
  func stepped(mu: Rational) -> Interval {
    Interval(
      lower.map { Interval.step($0, mu) } ?? 0,
      upper.map { Interval.step($0, mu) } ?? 1)
  }

  private static func step(_ x: Rational, _ mu: Rational) -> Rational { min(1, max(0, mu * x)) }
}
