import ExactArithmetic

/// A set of numbers: those between two bounds that are integer multiples of a spacing.
///
/// With spacing 2^g it is the domain (lo, hi, g) of dyadic grids. Spacings are any rationals, so
/// that a step of slope 1000, whose ReLUs move in thousandths, is still seen to be 0 or 1.
///
/// Invariants: `lower` ≤ `upper`; both are multiples of the spacing, if there is one; for a single
/// number the spacing is its magnitude, so 0 for the set {0}.
public struct GridValue: Hashable, Sendable {
  public let lower: Rational
  public let upper: Rational

  /// Nil: the numbers may be any between the bounds.
  public let spacing: Rational?

  private init(unchecked lower: Rational, _ upper: Rational, _ spacing: Rational?) {
    self.lower = lower
    self.upper = upper
    self.spacing = spacing
  }

  public init(_ value: Rational) { self.init(unchecked: value, value, value.magnitude) }

  /// Nil if no number is in the set.
  public init?(from lower: Rational, to upper: Rational, spacing: Rational?) {
    guard lower <= upper else { return nil }
    guard let spacing else {
      self = lower == upper ? GridValue(lower) : GridValue(unchecked: lower, upper, nil)
      return
    }
    guard spacing > 0 else {
      guard lower <= 0, 0 <= upper else { return nil }
      self = .zero
      return
    }
    let first = lower.roundedUp(to: spacing)
    let last = upper.roundedDown(to: spacing)
    guard first <= last else { return nil }
    self = first == last ? GridValue(first) : GridValue(unchecked: first, last, spacing)
  }

  /// The set, of which the caller knows that it is not empty.
  static func known(from lower: Rational, to upper: Rational, spacing: Rational?) -> GridValue {
    guard let value = GridValue(from: lower, to: upper, spacing: spacing) else {
      preconditionFailure("no multiple of \(spacing ?? 0) from \(lower) to \(upper)")
    }
    return value
  }

  public static let zero = GridValue(0)

  /// The one number, if there is only one.
  public var point: Rational? { lower == upper ? lower : nil }

  /// The largest magnitude of a number in the set.
  public var magnitude: Rational { max(lower.magnitude, upper.magnitude) }

  public var isNonnegative: Bool { lower.signum >= 0 }
  public var isNonpositive: Bool { upper.signum <= 0 }

  /// Whether the set is within {0, 1}.
  public var isBinary: Bool {
    isNonnegative && upper <= 1 && (spacing?.isInteger ?? false)
  }

  public func contains(_ value: Rational) -> Bool {
    guard lower <= value, value <= upper, let spacing else {
      return lower <= value && value <= upper
    }
    return value == 0 || (spacing != 0 && (value / spacing).isInteger)
  }

  /// How many bits the bounds and the spacing take to write down.
  var bitCount: Int {
    lower.bitCount + upper.bitCount + (spacing?.bitCount ?? 0)
  }
}

// MARK: - Arithmetic

extension GridValue {
  /// Sums of independent members.
  public static func + (left: GridValue, right: GridValue) -> GridValue {
    if left == .zero { return right }
    if right == .zero { return left }
    return known(
      from: left.lower + right.lower, to: left.upper + right.upper,
      spacing: commonSpacing(left.spacing, right.spacing))
  }

  /// Products of independent members.
  public static func * (left: GridValue, right: GridValue) -> GridValue {
    if let factor = left.point { return right.scaled(by: factor) }
    if let factor = right.point { return left.scaled(by: factor) }
    let bounds = Interval(left.lower, left.upper) * Interval(right.lower, right.upper)
    guard let lower = bounds.lower, let upper = bounds.upper else {
      preconditionFailure("a product of bounded intervals without bounds")
    }
    var spacing: Rational?
    if let first = left.spacing, let second = right.spacing { spacing = first * second }
    return known(from: lower, to: upper, spacing: spacing)
  }

  public func scaled(by factor: Rational) -> GridValue {
    if factor == 1 { return self }
    if factor == 0 { return .zero }
    let ends = (lower * factor, upper * factor)
    let scaled = spacing.map { $0 * factor.magnitude }
    return factor > 0
      ? GridValue(unchecked: ends.0, ends.1, scaled) : GridValue(unchecked: ends.1, ends.0, scaled)
  }

  public var positivePart: GridValue {
    if isNonnegative { return self }
    return isNonpositive ? .zero : GridValue(unchecked: 0, upper, spacing)
  }

  /// The smallest such set that contains both.
  public func union(_ other: GridValue) -> GridValue {
    if self == other { return self }
    return .known(
      from: min(lower, other.lower), to: max(upper, other.upper),
      spacing: GridValue.commonSpacing(spacing, other.spacing))
  }

  static func commonSpacing(_ left: Rational?, _ right: Rational?) -> Rational? {
    guard let left, let right else { return nil }
    return left == right ? left : .greatestCommonDivisor(left, right)
  }
}

extension GridValue: CustomStringConvertible {
  /// `1/2 Z in [0, 9]`, `[0, 1]`, `7`.
  public var description: String {
    if let point { return "\(point)" }
    guard let spacing else { return "[\(lower), \(upper)]" }
    return "\(spacing == 1 ? "" : "\(spacing) ")Z in [\(lower), \(upper)]"
  }
}

extension Rational {
  /// The largest multiple of `spacing` that is not larger. Precondition: `spacing` > 0.
  func roundedDown(to spacing: Rational) -> Rational { (self / spacing).floor * spacing }

  /// The least multiple of `spacing` that is not smaller. Precondition: `spacing` > 0.
  func roundedUp(to spacing: Rational) -> Rational { -(-self).roundedDown(to: spacing) }
}
