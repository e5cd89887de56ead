import ExactArithmetic
import Testing

@Suite("Parts and powers of rationals")
struct RationalIntegersTests {
  @Test("Numerator over denominator, in 64 bits and beyond")
  func parts() {
    let large = Rational(10).raised(to: 40)
    for (value, top, bottom) in [
      (Rational(-6, 4), Rational(-3), Rational(2)), (0, 0, 1), (7, 7, 1),
      (large, large, 1), (-large / 3, -large, 3), (Rational(3) / large, 3, large),
    ] as [(Rational, Rational, Rational)] {
      #expect(value.numerator == top)
      #expect(value.denominator == bottom)
      #expect(value.isInteger == (bottom == 1))
    }
    #expect(Rational(-9).integer == -9)
    #expect(Rational(1, 2).integer == nil)
    #expect(large.integer == nil)
  }

  @Test("The binary exponent brackets the magnitude", arguments: [-70, -1, 0, 1, 63, 200])
  func exponents(exponent: Int) {
    let power = Rational(2).raised(to: UInt(abs(exponent)))
    for factor in [Rational(1), Rational(-5, 3), Rational(7, 9)] {
      let value = factor * (exponent < 0 ? power.reciprocal : power)
      let e = value.binaryExponent
      let bound = Rational(2).raised(to: UInt(abs(e)))
      let two = e < 0 ? bound.reciprocal : bound
      #expect(two / 2 < max(value, -value) && max(value, -value) < two * 2)
    }
  }

  @Test("Powers are exact for whole exponents, and only for those")
  func powers() {
    let third = Rational(1, 3)
    #expect(third.power(0) == 1 && third.power(1) == third && third.power(4) == Rational(1, 81))
    #expect(Rational(0).power(0) == 1 && Rational(0).power(5) == 0)
    #expect(third.power(Rational(1, 2)) == nil && third.power(-1) == nil)
    let huge = Rational(10).raised(to: 30)
    #expect(Rational(1).power(huge) == 1 && Rational(0).power(huge) == 0)
    #expect(third.power(huge) == nil && third.power(Rational(Rational.largestExponent + 1)) == nil)
    #expect(Interval(third).power(2) == Interval(Rational(1, 9)))
    #expect(Interval(0, 1).power(1) == nil && Interval(third).power(Interval(1, 2)) == nil)
    #expect(0.5.power(2) == 0.25 && Float(0.25).power(0.5) == 0.5 && 0.0.power(0) == 1)
  }
}
