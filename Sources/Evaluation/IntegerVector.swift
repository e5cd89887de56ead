import CKernels
import ExactArithmetic

/// A vector of rationals over one positive denominator: `count` integers of `limbs` limbs each, in
/// two's complement.
///
/// Invariant, once settled: `bits` is the least b with −2^b ≤ x < 2^b for all integers x, and
/// `limbs` is b / 64 + 1: no more than they need.
final class IntegerVector {
  private(set) var count = 0
  private(set) var limbs = 1
  private(set) var bits = 0
  private(set) var words: UnsafeMutablePointer<UInt64>
  private var capacity = 2
  let denominator = BigInteger(1)

  /// Every prime that divides the denominator divides this, too: to reduce fractions of thousands of
  /// bits over 3 · 1000ᵗ takes no long gcd. 0: not known.
  var primes: Int64 = 1

  init() { words = IntegerVector.allocate(capacity) }

  deinit { words.deallocate() }

  private static func allocate(_ words: Int) -> UnsafeMutablePointer<UInt64> {
    UnsafeMutableRawPointer.allocate(byteCount: 8 * words, alignment: 64)
      .bindMemory(to: UInt64.self, capacity: words)
  }

  static func limbs(forBits bits: Int) -> Int { bits / 64 + 1 }

  /// How much room the vector takes, denominator included.
  var size: Int { bits + denominator.bitCount }

  /// Makes room for integers that are about to be written.
  func prepare(count: Int, limbs: Int) {
    self.count = count
    self.limbs = limbs
    guard count * limbs > capacity else { return }
    words.deallocate()
    capacity = count * (limbs + limbs / 2)
    words = IntegerVector.allocate(capacity)
  }

  /// Measures what was written, and drops limbs that are only sign.
  func settle() {
    bits = ck_bits(count, words, Int32(limbs))
    let needed = IntegerVector.limbs(forBits: bits)
    guard needed < limbs else { return }
    ck_narrow(count, words, Int32(limbs), Int32(needed))
    limbs = needed
  }

  func copy(_ other: IntegerVector) { copy(other, 0..<other.count) }

  /// Becomes the numbers `range` of `other`.
  func copy(_ other: IntegerVector, _ range: Range<Int>) {
    prepare(count: range.count, limbs: other.limbs)
    words.update(
      from: other.words + range.lowerBound * other.limbs, count: range.count * other.limbs)
    denominator.set(other.denominator)
    primes = other.primes
    settle()
  }
}

// MARK: - From and to rationals

extension IntegerVector {
  convenience init(_ values: [Rational]) {
    self.init()
    set(values)
  }

  func set(_ values: [Rational]) {
    if setSmall(values) { return }
    let integers = values.map { _ in BigInteger() }
    let own = BigInteger()
    denominator.set(1)
    primes = 0
    for (value, integer) in zip(values, integers) {
      integer.setNumerator(of: value, denominator: own)
      denominator.formLeastCommonMultiple(with: own)
    }
    var bits = 0
    for (value, integer) in zip(values, integers) {
      integer.setNumerator(of: value, denominator: own)
      own.setQuotient(denominator, by: own)
      integer.setProduct(integer, own)
      bits = max(bits, integer.bitCount)
    }
    prepare(count: values.count, limbs: IntegerVector.limbs(forBits: bits))
    for (index, integer) in integers.enumerated() { integer.write(words + index * limbs, limbs) }
    settle()
  }

  /// False if some value, or the integer that it becomes, does not fit in 64 bits.
  private func setSmall(_ values: [Rational]) -> Bool {
    var multiple: Int64 = 1
    for value in values {
      guard let parts = value.smallParts else { return false }
      if multiple % parts.denominator == 0 { continue }
      guard let next = try? Ratio.commonMultiple(multiple, parts.denominator) else { return false }
      multiple = next
    }
    prepare(count: values.count, limbs: 1)
    for (index, value) in values.enumerated() {
      guard let parts = value.smallParts,
        let integer = try? Ratio.product(parts.numerator, multiple / parts.denominator)
      else { return false }
      words[index] = UInt64(bitPattern: integer)
    }
    denominator.set(Int(multiple))
    primes = multiple
    settle()
    return true
  }

  /// `scratch` is written to.
  func value(at index: Int, scratch: BigInteger) -> Rational {
    if limbs == 1, let divisor = denominator.small {
      let integer = Rational(Int(Int64(bitPattern: words[index])))
      return divisor == 1 ? integer : integer / Rational(Int(divisor))
    }
    scratch.read(words + index * limbs, limbs)
    return scratch.quotient(by: denominator, primes: primes)
  }
}

// MARK: - Reducing

extension IntegerVector {
  /// Divides by what the denominator and all integers have in common.
  func reduce() {
    guard !denominator.isOne else { return }
    let content = BigInteger()
    let integer = BigInteger()
    content.set(denominator)
    for index in 0..<count {
      integer.read(words + index * limbs, limbs)
      content.formGreatestCommonDivisor(with: integer)
      if content.isOne { return }
    }
    denominator.setQuotient(denominator, by: content)
    for index in 0..<count {
      let place = words + index * limbs
      integer.read(place, limbs)
      integer.setQuotient(integer, by: content)
      integer.write(place, limbs)
    }
    settle()
  }
}

extension IntegerVector {
  /// A number for the primes of both; 0 if it would be too large.
  static func primes(_ left: Int64, _ right: Int64) -> Int64 {
    guard left > 0, right > 0 else { return 0 }
    return (try? Ratio.commonMultiple(left, right)) ?? 0
  }
}

/// When to look for a common content: only after growth, because looking costs a gcd per integer.
struct Reduction {
  private var sizeAfterLast = 0

  /// Below, there is nothing to gain.
  private static let smallest = 64

  mutating func reduceIfGrown(_ vector: IntegerVector) {
    guard !vector.denominator.isOne else { return }
    let size = vector.size
    guard size > Reduction.smallest, 2 * size >= 3 * sizeAfterLast else { return }
    vector.reduce()
    sizeAfterLast = vector.size
  }

  mutating func forget() { sizeAfterLast = 0 }
}
