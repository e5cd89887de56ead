import ExactArithmetic

/// An integer modulo the prime 2⁶¹ − 1: rationals are compared and solved for by their residues,
/// which take one word each however long the rationals are.
package struct Residue: Hashable {
  static let modulus: UInt64 = (1 << 61) - 1

  /// Less than the modulus.
  let value: UInt64

  private init(unchecked value: UInt64) { self.value = value }

  /// 0 for the rationals whose denominators the prime divides.
  package init(_ rational: Rational) {
    self.init(unchecked: rational.residue(modulo: Residue.modulus))
  }

  static let zero = Residue(unchecked: 0)
  static let one = Residue(unchecked: 1)

  static func - (left: Residue, right: Residue) -> Residue {
    let isBelow = left.value < right.value
    return Residue(unchecked: left.value &+ (isBelow ? modulus : 0) &- right.value)
  }

  static func + (left: Residue, right: Residue) -> Residue {
    let sum = left.value &+ right.value
    return Residue(unchecked: sum >= modulus ? sum &- modulus : sum)
  }

  static func * (left: Residue, right: Residue) -> Residue {
    let product = left.value.multipliedFullWidth(by: right.value)
    let sum = (product.high << 3 | product.low >> 61) &+ (product.low & modulus)
    return Residue(unchecked: sum >= modulus ? sum &- modulus : sum)
  }

  /// Precondition: the value is not zero.
  var reciprocal: Residue {
    var (result, square, exponent) = (Residue.one, self, Residue.modulus - 2)
    while exponent > 0 {
      if exponent & 1 == 1 { result = result * square }
      square = square * square
      exponent >>= 1
    }
    return result
  }

  /// The rational with this residue whose numerator and denominator are smallest, if it stands out:
  /// their product must be far less than the modulus. Zero is zero.
  ///
  /// Source: P. S. Wang, *A p-adic algorithm for univariate partial fractions*, SYMSAC 1981; the
  /// choice of the smallest product: M. Monagan, *Maximal quotient rational reconstruction*,
  /// ISSAC 2004.
  var rational: Rational? {
    if value == 0 { return 0 }
    var (remainder, next) = (Int64(Residue.modulus), Int64(value))
    var (factor, nextFactor): (Int64, Int64) = (0, 1)
    var best: (quotient: Int64, numerator: Int64, denominator: Int64) = (0, 0, 1)
    while next != 0 {
      let quotient = remainder / next
      if quotient > best.quotient { best = (quotient, next, nextFactor) }
      (remainder, next) = (next, remainder % next)
      (factor, nextFactor) = (nextFactor, factor - quotient * nextFactor)
    }
    // Any residue has a fraction whose terms have about as many bits as the modulus together. A
    // quotient of 2ᵏ says that this one saves k of them.
    guard best.quotient >= 1 << 12, best.denominator != 0 else { return nil }
    return Rational(Int(best.numerator)) / Rational(Int(best.denominator))
  }
}
