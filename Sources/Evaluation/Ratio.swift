import ExactArithmetic

/// A number leaves the range in which a tape is put in whole numbers.
struct NotWhole: Error {}

/// A fraction of small integers in lowest terms, with a positive denominator: for scales and
/// weights, where `Rational` would be ready for more than can come.
struct Ratio: Equatable {
  let top: Int64
  let bottom: Int64

  static let one = Ratio(lowestTerms: 1, 1)

  init(lowestTerms top: Int64, _ bottom: Int64) {
    self.top = top
    self.bottom = bottom
  }

  init(_ number: Rational) throws(NotWhole) {
    guard let parts = number.smallParts else { throw NotWhole() }
    top = parts.numerator
    bottom = parts.denominator
  }

  var rational: Rational { Rational(Int(top)) / Rational(Int(bottom)) }

  var isZero: Bool { top == 0 }

  var magnitude: Ratio { top < 0 ? Ratio(lowestTerms: -top, bottom) : self }

  /// Precondition: not zero.
  var reciprocal: Ratio {
    top < 0
      ? Ratio(lowestTerms: -bottom, -top) : Ratio(lowestTerms: bottom, top)
  }

  static func * (left: Ratio, right: Ratio) throws(NotWhole) -> Ratio {
    if left.bottom == 1, right.bottom == 1 {
      return Ratio(lowestTerms: try product(left.top, right.top), 1)
    }
    let first = commonDivisor(left.top, right.bottom)
    let second = commonDivisor(right.top, left.bottom)
    return Ratio(
      lowestTerms: try product(left.top / first, right.top / second),
      try product(left.bottom / second, right.bottom / first))
  }

  static func / (left: Ratio, right: Ratio) throws(NotWhole) -> Ratio {
    right == .one ? left : try left * right.reciprocal
  }

  static func + (left: Ratio, right: Ratio) throws(NotWhole) -> Ratio {
    let multiple = try commonMultiple(left.bottom, right.bottom)
    let first = try product(left.top, multiple / left.bottom)
    let second = try product(right.top, multiple / right.bottom)
    let (sum, overflow) = first.addingReportingOverflow(second)
    guard !overflow, sum != .min else { throw NotWhole() }
    let shared = commonDivisor(sum, multiple)
    return Ratio(lowestTerms: sum / shared, multiple / shared)
  }

  static func product(_ left: Int64, _ right: Int64) throws(NotWhole) -> Int64 {
    let (result, overflow) = left.multipliedReportingOverflow(by: right)
    guard !overflow, result != .min else { throw NotWhole() }
    return result
  }

  /// Precondition: both are positive.
  static func commonMultiple(_ left: Int64, _ right: Int64) throws(NotWhole) -> Int64 {
    if left == right || right == 1 { return left }
    return try product(left / commonDivisor(left, right), right)
  }

  /// Positive, unless both are 0.
  static func commonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
    var a = left.magnitude
    var b = right.magnitude
    if a == 1 || b == 1 { return 1 }
    while b != 0 { (a, b) = (b, a % b) }
    return Int64(a)
  }
}
