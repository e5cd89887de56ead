import ExactArithmetic

/// A rational rounded once to a format, and what became of it.
public struct Rounded: Hashable, Sendable {
  /// The float; nil if it is infinite. A zero says nothing about its sign.
  public let value: Rational?

  /// The rational was too small for a normal number, and something was lost.
  public let isUnderflow: Bool

  /// The rational was beyond the greatest finite number by half a unit in the last place or more.
  public var isOverflow: Bool { value == nil }

  /// The number is in the format: nothing was lost.
  public let isExact: Bool
}

extension FloatFormat {
  /// u: the largest relative error of rounding where nothing underflows.
  public var unitRoundoff: Rational { .powerOfTwo(-precision) }

  /// eta: the smallest subnormal number.
  public var leastNonzero: Rational { .powerOfTwo(minimumExponent) }

  public var leastNormal: Rational { .powerOfTwo(minimumExponent + precision - 1) }

  public var greatestFinite: Rational {
    .powerOfTwo(maximumExponent + 1) - .powerOfTwo(maximumExponent + 1 - precision)
  }

  /// `number` rounded to nearest, ties to even.
  public func rounded(_ number: Rational) -> Rounded {
    guard number != 0 else { return Rounded(value: 0, isUnderflow: false, isExact: true) }
    let unit = ulp(at: number)
    let value = (number / unit).roundedToEven * unit
    // What rounds beyond the greatest finite number is in the next binade.
    let isFinite = value.magnitude <= greatestFinite
    let isExact = value == number && isFinite
    return Rounded(
      value: isFinite ? value : nil, isUnderflow: !isExact && number.magnitude < leastNormal,
      isExact: isExact)
  }

  /// Whether `number` is a finite number of this format.
  public func contains(_ number: Rational) -> Bool {
    rounded(number).isExact
  }

  /// The distance between neighbours in the binade [2^e, 2^(e+1)) of `number`, as if there were no
  /// greatest one; that of the subnormals below them, and at zero.
  public func ulp(at number: Rational) -> Rational { .powerOfTwo(ulpExponent(at: number)) }

  /// The exponent of `ulp(at:)`.
  public func ulpExponent(at number: Rational) -> Int {
    guard number != 0 else { return minimumExponent }
    return max(number.binade - precision + 1, minimumExponent)
  }

  /// Half of `ulp(at:)`: what rounding a number of this binade moves it by at most.
  public func halfUlp(at number: Rational) -> Rational {
    .powerOfTwo(ulpExponent(at: number) - 1)
  }

  /// The least number of this format above `number`, which need not be one itself; nil if that is
  /// infinity.
  public func nextUp(_ number: Rational) -> Rational? {
    let greatest = greatestFinite
    guard number < greatest else { return nil }
    guard number >= -greatest else { return -greatest }
    let unit = ulp(at: number)
    let below = (number / unit).floor * unit
    // A negative power of two borders on the finer binade above it.
    let isBorder = number < 0 && below == number && number.isPowerOfTwo
    let step = isBorder && number.magnitude > leastNormal ? unit * Rational(1, 2) : unit
    return below + step
  }

  /// The greatest number of this format below `number`; nil if that is −infinity.
  public func nextDown(_ number: Rational) -> Rational? { nextUp(-number).map { -$0 } }
}
