// Upper bounds are added and multiplied so that the result is an upper bound again: in rounding to
// nearest, z ≤ nextUp(rnd(z)). An exact zero stays one, because "no error at all" is the most
// useful bound there is; underflow is covered, because nextUp(0) > 0. What is no number is
// infinite: every comparison fails to the safe side.
extension Double {
  /// The next larger number of a number that is not negative; infinite for a NaN.
  @inline(__always)
  var above: Double { self < .infinity ? Double(bitPattern: magnitude.bitPattern &+ 1) : .infinity }

  /// An upper bound of the sum of two numbers that are not negative.
  @inline(__always)
  func upward(plus other: Double) -> Double {
    self == 0 ? other : other == 0 ? self : (self + other).above
  }

  /// An upper bound of the product of two numbers that are not negative. Zero times anything is
  /// zero: an infinite bound says that nothing is known, not that the number is infinite.
  @inline(__always)
  func upward(times other: Double) -> Double {
    self == 0 || other == 0 ? 0 : (self * other).above
  }

  /// Of this and `other`, `sum` = rnd(self + other): what was lost, exactly, unless something
  /// overflowed (Knuth).
  @inline(__always)
  func sumError(_ other: Double, _ sum: Double) -> Double {
    let part = sum - self
    return (self - (sum - part)) + (other - part)
  }

  /// Whether multiplying by this number moves the exponent only.
  var isPowerOfTwo: Bool {
    isNormal ? significandBitPattern == 0 : isFinite && self != 0 && significand == 1
  }
}
