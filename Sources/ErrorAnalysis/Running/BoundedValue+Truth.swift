import ExactArithmetic

extension BoundedValue {
  /// |float − exact|; nil if the float is not finite, which no distance describes.
  public func error(from exact: Rational) -> Rational? {
    Rational(exactly: value).map { ($0 - exact).magnitude }
  }

  /// Whether the bound is right: |float − exact| ≤ bound.
  public func holds(for exact: Rational) -> Bool {
    guard let bound = Rational(exactly: bound) else { return self.bound == .infinity }
    guard let error = error(from: exact) else { return false }
    return error <= bound
  }

  /// bound / |float − exact|, rounded: at least 1 if the bound holds. Nil where one of the two is
  /// infinite or the float is the exact number.
  public func overestimate(of exact: Rational) -> Double? {
    guard let error = error(from: exact), error != 0, let bound = Rational(exactly: bound) else {
      return nil
    }
    return Double(nearest: bound / error)
  }
}
