import CGMP

// For kernels, which keep whole vectors over one denominator and bring their own integers.
extension Rational {
  /// Numerator and denominator, if both fit in 64 bits.
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

  /// The quotient of two integers, in lowest terms. Precondition: the denominator is not zero.
  package init(numerator: mpz_ptr, denominator: mpz_ptr) {
    precondition(__gmpz_cmp_ui(denominator, 0) != 0, "a denominator of zero")
    self = BigRational { quotient in
      __gmpz_set(cgmp_numerator(quotient), numerator)
      __gmpz_set(cgmp_denominator(quotient), denominator)
      __gmpq_canonicalize(quotient)
    }.reduced
  }
}
