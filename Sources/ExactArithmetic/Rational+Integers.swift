import CGMP

extension Rational {
  /// The largest positive rational of which all of `numbers` are integer multiples: gcd of the
  /// numerators over lcm of the denominators. 1 if there is nothing but zeros.
  public static func content(of numbers: [Rational]) -> Rational {
    if numbers.allSatisfy({ $0 == 1 || $0 == -1 }) { return 1 }
    return SmallFraction.content(of: numbers) ?? BigRational.content(of: numbers.map(\.big))
  }

  /// Bits of the numerator plus bits of the denominator: how much room the number takes.
  public var bitCount: Int {
    switch storage {
    case .small(let value):
      (Int64.bitWidth - value.numerator.magnitude.leadingZeroBitCount)
        + (Int64.bitWidth - value.denominator.leadingZeroBitCount)
    case .big(let value): value.bitCount
    }
  }

  /// Some e with 2^(e−1) < |self| < 2^(e+1); meaningless for zero.
  public var binaryExponent: Int { big.exponentEstimate }

  public var isInteger: Bool { denominator == 1 }

  /// The denominator in lowest terms; positive.
  public var denominator: Rational {
    switch storage {
    case .small(let value): Rational(Int(value.denominator))
    case .big(let value): value.denominator.reduced
    }
  }

  /// The numerator in lowest terms; it has the sign.
  public var numerator: Rational { self * denominator }

  /// The value as an `Int`, if it is one.
  public var integer: Int? {
    guard case .small(let value) = storage, value.denominator == 1 else { return nil }
    return Int(value.numerator)
  }

  /// The value in the field of integers modulo the prime `modulus`: 0 where the denominator is a
  /// multiple of it. Precondition: `modulus` is a prime below 2⁶³.
  public func residue(modulo modulus: UInt64) -> UInt64 {
    func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
      var (result, square, rest) = (UInt64(1), base, exponent)
      while rest > 0 {
        if rest & 1 == 1 { result = product(result, square) }
        square = product(square, square)
        rest >>= 1
      }
      return result
    }
    func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
      modulus.dividingFullWidth(left.multipliedFullWidth(by: right)).remainder
    }
    let parts: (numerator: UInt64, denominator: UInt64)
    switch storage {
    case .small(let value):
      parts = (value.numerator.magnitude % modulus, value.denominator.magnitude % modulus)
    case .big(let value): parts = value.magnitudes(modulo: modulus)
    }
    let quotient =
      parts.denominator == 1
      ? parts.numerator : product(parts.numerator, power(parts.denominator, modulus - 2))
    return signum < 0 && quotient != 0 ? modulus - quotient : quotient
  }

  public var magnitude: Rational { signum < 0 ? -self : self }

  /// The largest integer that is not larger.
  public var floor: Rational {
    switch storage {
    case .small(let value):
      let quotient = value.numerator / value.denominator
      let isBelow = value.numerator % value.denominator < 0
      return Rational(Int(isBelow ? quotient - 1 : quotient))
    case .big(let value): return value.floor.reduced
    }
  }
}

extension SmallFraction {
  /// Nil if there is a big number, or the common denominator overflows.
  fileprivate static func content(of numbers: [Rational]) -> Rational? {
    var divisor: Int64 = 0
    var multiple: Int64 = 1
    for number in numbers {
      guard case .small(let value) = number.storage else { return nil }
      if value.numerator == 0 { continue }
      divisor =
        divisor == 0
        ? abs(value.numerator) : greatestCommonDivisor(divisor, value.numerator)
      let shared = greatestCommonDivisor(multiple, value.denominator)
      guard let next = checkedProduct(multiple / shared, value.denominator) else { return nil }
      multiple = next
    }
    return divisor == 0 ? 1 : Rational(Int(divisor), 1) / Rational(Int(multiple))
  }
}
