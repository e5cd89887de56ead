import ExactArithmetic

extension Rational {
  /// 2^`exponent`.
  public static func powerOfTwo(_ exponent: Int) -> Rational {
    let power = Rational(2).raised(to: exponent.magnitude)
    return exponent >= 0 ? power : power.reciprocal
  }

  /// The e with 2^e ≤ |self| < 2^(e+1). Precondition: not zero.
  public var binade: Int {
    precondition(self != 0, "zero is in no binade")
    let estimate = binaryExponent
    return magnitude < Rational.powerOfTwo(estimate) ? estimate - 1 : estimate
  }

  /// Whether the magnitude is a power of two.
  public var isPowerOfTwo: Bool { self != 0 && magnitude == Rational.powerOfTwo(binade) }

  /// The nearest integer, ties to even.
  var roundedToEven: Rational {
    let below = floor
    let fraction = self - below
    let half = Rational(1, 2)
    if fraction < half { return below }
    if fraction > half { return below + 1 }
    return (below * half).isInteger ? below : below + 1
  }
}
