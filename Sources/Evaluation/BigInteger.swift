import CGMP
import CKernels
import ExactArithmetic

/// An integer of any size that is written to in place, for kernels' own bookkeeping.
///
/// The pointer stays in here: a method's `self` and parameters outlive the call into GMP, which a
/// pointer read out of a local variable would not promise.
final class BigInteger {
  private let pointer: mpz_ptr

  init(_ value: Int = 0) {
    pointer = .allocate(capacity: 1)
    __gmpz_init_set_si(pointer, value)
  }

  deinit {
    __gmpz_clear(pointer)
    pointer.deallocate()
  }

  /// Of the magnitude; 1 for zero.
  var bitCount: Int { Int(__gmpz_sizeinbase(pointer, 2)) }

  var isOne: Bool { __gmpz_cmp_ui(pointer, 1) == 0 }
  var isZero: Bool { __gmpz_size(pointer) == 0 }
  var isNegative: Bool { __gmpz_cmp_si(pointer, 0) < 0 }

  func isEqual(to other: BigInteger) -> Bool { __gmpz_cmp(pointer, other.pointer) == 0 }

  /// The lowest limb of the magnitude.
  var lowLimb: UInt64 { UInt64(__gmpz_get_ui(pointer)) }

  /// The limbs of the magnitude.
  func withLimbs<Result>(_ body: (UnsafeBufferPointer<UInt64>) -> Result) -> Result {
    let limbs = UnsafeRawPointer(__gmpz_limbs_read(pointer))?
      .assumingMemoryBound(to: UInt64.self)
    return body(UnsafeBufferPointer(start: limbs, count: Int(__gmpz_size(pointer))))
  }

  var limbs: [UInt64] { withLimbs { Array($0) } }
}

// MARK: - Writing

extension BigInteger {
  func set(_ value: Int) { __gmpz_set_si(pointer, value) }

  func set(_ other: BigInteger) { __gmpz_set(pointer, other.pointer) }

  /// Becomes the number of these limbs, the lowest first.
  func setMagnitude(_ limbs: ArraySlice<UInt64>) {
    limbs.withUnsafeBytes { __gmpz_import(pointer, limbs.count, -1, 8, 0, 0, $0.baseAddress) }
  }

  func setProduct(_ left: BigInteger, _ right: BigInteger) {
    __gmpz_mul(pointer, left.pointer, right.pointer)
  }

  /// Precondition: `divisor` divides `dividend` and is not zero.
  func setQuotient(_ dividend: BigInteger, by divisor: BigInteger) {
    __gmpz_divexact(pointer, dividend.pointer, divisor.pointer)
  }

  func formLeastCommonMultiple(with other: BigInteger) {
    __gmpz_lcm(pointer, pointer, other.pointer)
  }

  func formGreatestCommonDivisor(with other: BigInteger) {
    __gmpz_gcd(pointer, pointer, other.pointer)
  }

  func addMagnitude(of other: BigInteger) {
    if other.isNegative {
      __gmpz_sub(pointer, pointer, other.pointer)
    } else {
      __gmpz_add(pointer, pointer, other.pointer)
    }
  }
}

// MARK: - Rationals and two's complement

extension BigInteger {
  /// Becomes the numerator of `value`, and `denominator` its denominator.
  func setNumerator(of value: Rational, denominator: BigInteger) {
    value.copy(toNumerator: pointer, denominator: denominator.pointer)
  }

  /// self / `divisor`, in lowest terms.
  func quotient(by divisor: BigInteger) -> Rational {
    Rational(numerator: pointer, denominator: divisor.pointer)
  }

  /// The same, when every prime of `divisor` divides `primes`; 0: not known.
  func quotient(by divisor: BigInteger, primes: Int64) -> Rational {
    Rational(numerator: pointer, denominator: divisor.pointer, primes: UInt(primes))
  }

  /// The integer, if it has 63 bits.
  var small: Int64? { bitCount <= 63 ? Int64(__gmpz_get_si(pointer)) : nil }

  /// Becomes the integer in `count` limbs of two's complement.
  func read(_ words: UnsafePointer<UInt64>, _ count: Int) {
    guard let limbs = __gmpz_limbs_write(pointer, count) else {
      preconditionFailure("no room for \(count) limbs")
    }
    let magnitude = UnsafeMutableRawPointer(limbs).assumingMemoryBound(to: UInt64.self)
    __gmpz_limbs_finish(pointer, ck_magnitude(words, Int32(count), magnitude))
  }

  /// Writes the integer as `count` limbs of two's complement. Precondition: it fits.
  func write(_ words: UnsafeMutablePointer<UInt64>, _ count: Int) {
    withLimbs { limbs in
      precondition(limbs.count <= count, "\(limbs.count) limbs do not fit in \(count)")
      ck_set(words, Int32(count), limbs.baseAddress, limbs.count, isNegative ? 1 : 0)
    }
  }
}
