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

  /// The e with 2^e ≤ |self| < 2^(e+1). Precondition: dyadic and not zero.
  public var dyadicBinade: Int {
    precondition(signum != 0, "zero is in no binade")
    return switch storage {
    case .small(let value):
      Int64.bitWidth - 1 - value.numerator.magnitude.leadingZeroBitCount
        - value.denominator.trailingZeroBitCount
    case .big(let value): value.exponentEstimate  // exact over a power of two
    }
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
