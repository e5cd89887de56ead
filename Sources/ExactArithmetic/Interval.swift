/// A closed set of rationals without holes: every number between two bounds, either of which may be
/// missing.
///
/// Endpoints are exact, so nothing is ever rounded outward: the result of an operation is the
/// smallest interval that contains the operation's results on all members (inclusion principle).
/// Operations do not know that two operands are the same variable: `x - x` is wider than 0.
///
/// Invariant: `lower` ≤ `upper` where both exist.
public struct Interval: Hashable, Sendable {
  /// Nil: unbounded below.
  public let lower: Rational?

  /// Nil: unbounded above.
  public let upper: Rational?

  /// Precondition: `lower` ≤ `upper`.
  public init(_ lower: Rational?, _ upper: Rational?) {
    if let lower, let upper {
      precondition(lower <= upper, "the interval from \(lower) to \(upper) is empty")
    }
    self.lower = lower
    self.upper = upper
  }

  public init(_ value: Rational) { self.init(ordered: value, value) }

  /// The caller promises what the first initialiser checks.
  private init(ordered lower: Rational?, _ upper: Rational?) {
    self.lower = lower
    self.upper = upper
  }

  /// Every rational.
  public static let everything = Interval(nil, nil)

  public static let nonnegative = Interval(0, nil)

  public func contains(_ value: Rational) -> Bool {
    (lower.map { $0 <= value } ?? true) && (upper.map { value <= $0 } ?? true)
  }

  public func contains(_ other: Interval) -> Bool {
    let below = lower.map { bound in other.lower.map { bound <= $0 } ?? false } ?? true
    let above = upper.map { bound in other.upper.map { $0 <= bound } ?? false } ?? true
    return below && above
  }

  /// The member that is nearest to `value`.
  public func nearest(to value: Rational) -> Rational {
    if let lower, value < lower { return lower }
    if let upper, value > upper { return upper }
    return value
  }

  /// The one member, if there is only one.
  public var point: Rational? { lower == upper ? lower : nil }

  public var isNonnegative: Bool { lower.map { $0 >= 0 } ?? false }
  public var isNonpositive: Bool { upper.map { $0 <= 0 } ?? false }

  /// The largest magnitude of a member; nil if there is none.
  public var magnitude: Rational? {
    guard let lower, let upper else { return nil }
    return max(-lower, upper)
  }

  /// Bounds of more bits than this are not worth what they cost.
  public static let largestBound = 1_024

  /// The same interval without bounds that take too many bits. Each product doubles the bits of its
  /// factors, so a short program could otherwise ask for astronomically large bounds.
  public var limited: Interval {
    func kept(_ bound: Rational?) -> Rational? {
      bound.flatMap { $0.bitCount <= Interval.largestBound ? $0 : nil }
    }
    return Interval(kept(lower), kept(upper))
  }

  /// The smallest interval that contains both.
  public func union(_ other: Interval) -> Interval {
    Interval(
      Interval.least(lower, other.lower),
      Interval.least(upper.map(-), other.upper.map(-)).map(-))
  }

  private static func least(_ left: Rational?, _ right: Rational?) -> Rational? {
    guard let left, let right else { return nil }
    return min(left, right)
  }
}

extension Interval: AdditiveArithmetic {
  public static let zero = Interval(0)

  public static func + (left: Interval, right: Interval) -> Interval {
    Interval(ordered: sum(left.lower, right.lower), sum(left.upper, right.upper))
  }

  public static func - (left: Interval, right: Interval) -> Interval { left + (-right) }

  public static prefix func - (value: Interval) -> Interval {
    Interval(value.upper.map(-), value.lower.map(-))
  }

  private static func sum(_ left: Rational?, _ right: Rational?) -> Rational? {
    guard let left, let right else { return nil }
    return left + right
  }
}

extension Interval: Scalar {
  public init(integerLiteral value: Int) { self.init(Rational(value)) }

  public init(nearest rational: Rational) { self.init(rational) }

  public var positivePart: Interval {
    Interval(max(0, lower ?? 0), upper.map { max(0, $0) })
  }

  public var bitCount: Int { (lower?.bitCount ?? 0) + (upper?.bitCount ?? 0) }

  /// A missing bound times zero is zero: the members are numbers, and infinity is none of them.
  public static func * (left: Interval, right: Interval) -> Interval {
    if let point = left.point { return right.scaled(by: point) }
    if let point = right.point { return left.scaled(by: point) }
    if left.isNonpositive { return -((-left) * right) }
    if right.isNonpositive { return -(left * (-right)) }
    if left.isNonnegative, right.isNonnegative {
      let lower = product(left.lower, right.lower)
      return Interval(lower, product(left.upper, right.upper))
    }
    guard let a = left.lower, let b = left.upper, let c = right.lower, let d = right.upper else {
      return left.straddlingProduct(right)
    }
    let corners = [a * c, a * d, b * c, b * d]
    return corners.dropFirst().reduce(Interval(corners[0])) { $0.union(Interval($1)) }
  }

  /// Every x · `factor`.
  public func scaled(by factor: Rational) -> Interval {
    if factor == 0 { return 0 }
    let bounds = (lower.map { $0 * factor }, upper.map { $0 * factor })
    return factor > 0
      ? Interval(ordered: bounds.0, bounds.1) : Interval(ordered: bounds.1, bounds.0)
  }

  /// The bounds one by one, as ranges of whole programs are made of little else.
  public mutating func add(_ weight: Rational, times value: Interval) {
    let sign = weight.signum
    if sign == 0 { return }
    self = Interval(
      ordered: Interval.sum(lower, weight, sign > 0 ? value.lower : value.upper),
      Interval.sum(upper, weight, sign > 0 ? value.upper : value.lower))
  }

  private static func sum(_ bound: Rational?, _ weight: Rational, _ other: Rational?) -> Rational? {
    guard let bound, let other else { return nil }
    return bound + weight * other
  }

  private static func product(_ left: Rational?, _ right: Rational?) -> Rational? {
    guard let left, let right else { return nil }
    return left * right
  }

  /// A product in which a bound is missing and some factor has members on both sides of zero.
  private func straddlingProduct(_ other: Interval) -> Interval {
    if isNonnegative {
      guard let upper else { return .everything }
      return other.scaled(by: upper)
    }
    if other.isNonnegative {
      guard let upper = other.upper else { return .everything }
      return scaled(by: upper)
    }
    return .everything
  }
}

extension Interval: CustomStringConvertible {
  public var description: String {
    "[\(lower?.description ?? "-inf"), \(upper?.description ?? "inf")]"
  }
}
