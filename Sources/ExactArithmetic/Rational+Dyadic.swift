import CGMP

/// What binary formats ask of a rational: how often 2 divides it, and how large it is.
extension Rational {
  /// Whether the number is an integer times a power of two.
  public var isDyadic: Bool {
    switch storage {
    case .small(let value): value.denominator & (value.denominator - 1) == 0
    case .big(let value): value.denominatorIsPowerOfTwo
    }
  }

  /// The e with self = 2^e · n / d, n and d odd. Precondition: not zero.
  public var twoAdicValuation: Int {
    precondition(signum != 0, "2 divides zero for ever")
    return switch storage {
    case .small(let value):
      value.numerator.trailingZeroBitCount - value.denominator.trailingZeroBitCount
    case .big(let value): value.twoAdicValuation
    }
  }

  /// The least e with |self| ≤ 2^e. Precondition: not zero.
  public var ceilingOfBinaryLogarithm: Int {
    let estimate = binaryExponent  // 2^(estimate − 1) < |self| < 2^(estimate + 1)
    return magnitude <= Rational.powerOfTwo(estimate) ? estimate : estimate + 1
  }

  /// The largest e with 2^e ≤ |self|. Precondition: not zero.
  public var floorOfBinaryLogarithm: Int {
    let estimate = binaryExponent
    return Rational.powerOfTwo(estimate) <= magnitude ? estimate : estimate - 1
  }

  public static func powerOfTwo(_ exponent: Int) -> Rational {
    let power = Rational(2).raised(to: exponent.magnitude)
    return exponent < 0 ? power.reciprocal : power
  }

  /// The largest positive rational of which both are integer multiples; 0 if both are 0.
  public static func greatestCommonDivisor(_ first: Rational, _ second: Rational) -> Rational {
    if first == 0 { return second.magnitude }
    if second == 0 { return first.magnitude }
    return content(of: [first, second])
  }
}

extension BigRational {
  fileprivate var denominatorIsPowerOfTwo: Bool {
    let denominator = cgmp_denominator(value)
    return Int(__gmpz_scan1(denominator, 0)) + 1 == Int(__gmpz_sizeinbase(denominator, 2))
  }

  fileprivate var twoAdicValuation: Int {
    Int(__gmpz_scan1(cgmp_numerator(value), 0)) - Int(__gmpz_scan1(cgmp_denominator(value), 0))
  }
}
