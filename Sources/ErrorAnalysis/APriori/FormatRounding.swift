import ExactArithmetic

/// How a format rounds, worked out on doubles: every number of every format of ours is a double.
///
/// The nearest number of the format to a sum or a product of two of its numbers is the nearest to
/// the double nearest to it: 53 ≥ 2p + 2 for the formats below binary64 (Figueroa, *When is double
/// rounding innocuous?*, SIGNUM Newsletter 30(3), 1995).
struct FormatRounding: Sendable {
  let format: FloatFormat
  let precision: Int
  let minimumExponent: Int
  let largest: Double
  private let isDouble: Bool

  /// Precondition: the format's numbers are doubles, and it is binary64 or has at most 25 bits.
  init(_ format: FloatFormat) {
    precondition(
      format == .binary64 || format.precision <= 25, "\(format.name) is not worked out on doubles")
    self.format = format
    precision = format.precision
    minimumExponent = format.minimumExponent
    isDouble = format == .binary64
    largest =
      FormatRounding.power(format.maximumExponent)
      * (2 - FormatRounding.power(1 - format.precision))
  }

  /// 2^`exponent`, for exponents of doubles.
  static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  static func isPowerOfTwo(_ value: Double) -> Bool { value != 0 && value.significand == 1 }

  /// The exponent of the place of the last digit of numbers like `value`, which is not 0.
  private func lastPlace(_ value: Double) -> Int {
    max(Int(value.exponent) - precision + 1, minimumExponent)
  }

  /// The nearest number of the format, ties to even; infinite beyond the largest.
  func nearest(_ value: Double) -> Double {
    if isDouble || value == 0 || !value.isFinite { return value }
    // Adding it leaves multiples of the last place only, rounded as the hardware rounds.
    let shift = 0x1.8p52 * FormatRounding.power(lastPlace(value))
    let rounded = (value + shift) - shift
    guard rounded.magnitude <= largest else { return value < 0 ? -.infinity : .infinity }
    return rounded
  }

  /// The largest number of the format that is not above `value`.
  func down(_ value: Double) -> Double {
    if isDouble || !value.isFinite { return value }
    let rounded = nearest(value)
    return rounded <= value ? rounded : below(rounded)
  }

  func up(_ value: Double) -> Double { -down(-value) }

  /// The next smaller number of the format.
  func below(_ value: Double) -> Double {
    if isDouble { return value.nextDown }
    if value == .infinity { return largest }
    if value <= -largest { return -.infinity }
    if value == 0 { return -FormatRounding.power(minimumExponent) }
    let isBoundary = value > 0 && FormatRounding.isPowerOfTwo(value)
    let place = isBoundary ? max(lastPlace(value) - 1, minimumExponent) : lastPlace(value)
    return value - FormatRounding.power(place)
  }

  /// The largest error of rounding a number of magnitude up to `magnitude`: half a last place of
  /// the largest binade met, and a power of two is not inside of the binade that it starts.
  func halfPlace(upTo magnitude: Double) -> Double {
    if magnitude == 0 { return 0 }
    guard magnitude.isFinite else { return .infinity }
    let isBoundary = FormatRounding.isPowerOfTwo(magnitude)
    let exponent = Int(magnitude.exponent) - (isBoundary ? 1 : 0)
    // Half of the smallest double is none: 2^−1074 bounds it.
    return FormatRounding.power(max(exponent - precision, minimumExponent - 1, -1074))
  }

  /// How far a number that rounds to `value` may be from it.
  func reach(of value: Double) -> Double {
    if value == 0 { return FormatRounding.power(max(minimumExponent - 1, -1074)) }
    return FormatRounding.power(max(lastPlace(value) - 1, -1074))
  }

  /// All numbers of the format of at least this magnitude are multiples of 2^(the result).
  func grid(from magnitude: Double) -> Int {
    magnitude == 0 ? minimumExponent : lastPlace(magnitude)
  }

  /// The nearest number of the format, rounded once, and a bound on |value − it|.
  func nearest(_ value: Rational) -> (value: Double, error: Double) {
    guard let rounded = format.rounded(value).value else {
      return (value < 0 ? -.infinity : .infinity, .infinity)
    }
    return (Double(nearest: rounded), Directed.up((value - rounded).magnitude))
  }
}

/// The exponent of the largest power of two that divides `value`; huge for 0.
func dyadicExponent(_ value: Double) -> Int {
  if value == 0 { return Enclosure.everyGrid }
  return Int(value.exponent) - value.significandWidth
}
