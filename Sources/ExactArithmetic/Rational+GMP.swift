import CGMP

// For kernels, which keep whole vectors over one denominator and bring their own integers.
extension Rational {
  /// Numerator and denominator, if both fit in 64 bits.
  @inlinable
  package var smallParts: (numerator: Int64, denominator: Int64)? {
    guard case .small(let value) = storage else { return nil }
    return (value.numerator, value.denominator)
  }

  package func copy(toNumerator numerator: mpz_ptr, denominator: mpz_ptr) {
    switch storage {
    case .small(let value):
      __gmpz_set_si(numerator, Int(value.numerator))
      __gmpz_set_si(denominator, Int(value.denominator))
    case .big(let value):
      __gmpz_set(numerator, cgmp_numerator(value.value))
      __gmpz_set(denominator, cgmp_denominator(value.value))
    }
  }

  /// The quotient of two integers, in lowest terms, when every prime of the denominator divides
  /// `primes`; 0 if nothing is known of them. Precondition: the denominator is positive.
  package init(numerator: mpz_ptr, denominator: mpz_ptr, primes: UInt) {
    precondition(__gmpz_cmp_ui(denominator, 0) > 0, "a denominator that is not positive")
    self =
      BigRational { quotient in
        __gmpz_set(cgmp_numerator(quotient), numerator)
        __gmpz_set(cgmp_denominator(quotient), denominator)
        if !reduce(quotient, primes) { __gmpq_canonicalize(quotient) }
      }.reduced
  }

  /// ± these limbs, the lowest first and the highest not zero, over `divisor`. Precondition: they
  /// have no common divisor; 0 is over 1.
  package init(limbs: UnsafeBufferPointer<UInt64>, isNegative: Bool, coprime divisor: UInt64) {
    precondition(divisor > 0, "a denominator of zero")
    let largest = UInt64(Int64.max)
    if limbs.count <= 1, divisor <= largest {
      let limb = limbs.first ?? 0
      if limb <= largest {
        let magnitude = Int64(bitPattern: limb)
        self.init(
          SmallFraction(
            lowestTerms: isNegative ? -magnitude : magnitude, Int64(bitPattern: divisor)))
        return
      }
    }
    self.init(
      unchecked: BigRational(limbs: limbs, isNegative: isNegative, over: divisor))
  }

  /// The quotient of two integers, in lowest terms. Precondition: the denominator is not zero.
  package init(numerator: mpz_ptr, denominator: mpz_ptr) {
    precondition(__gmpz_cmp_ui(denominator, 0) != 0, "a denominator of zero")
    self =
      BigRational { quotient in
        __gmpz_set(cgmp_numerator(quotient), numerator)
        __gmpz_set(cgmp_denominator(quotient), denominator)
        __gmpq_canonicalize(quotient)
      }.reduced
  }
}

/// Divides numerator and denominator by what they have in common; false if there may be more. A
/// prime of both divides `primes`, so it divides the greatest common divisor of the numerator and a
/// power of `primes`.
private func reduce(_ quotient: mpq_ptr, _ primes: UInt) -> Bool {
  guard primes > 0, let top = cgmp_numerator(quotient), let bottom = cgmp_denominator(quotient),
    __gmpz_cmp_ui(top, 0) != 0
  else { return false }
  var power = primes
  while true {
    let (next, overflow) = power.multipliedReportingOverflow(by: primes)
    if overflow || next == power { break }
    power = next
  }
  for _ in 0..<4 {
    let shared = __gmpz_gcd_ui(nil, bottom, __gmpz_gcd_ui(nil, top, power))
    if shared == 1 { return true }
    __gmpz_divexact_ui(top, top, shared)
    __gmpz_divexact_ui(bottom, bottom, shared)
  }
  return false
}
