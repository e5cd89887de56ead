import CKernels
import ExactArithmetic

/// A result that would take more room than allowed.
struct TooLarge: Error {
  let bits: Int
}

/// slots ↦ b + Σ Aₜ xₜ, with one term for each slot that is read.
///
/// The result's denominator is the least common one of b and of all products. How large its
/// integers can get is bounded before anything is computed, and the bound decides on the kernel:
/// one limb, two, or as many as it takes. Within a kernel nothing is checked and sums may wrap: the
/// bound says that the last one fits.
final class IntegerMap {
  private final class Term {
    let slot: Int
    let matrix: IntegerMatrix

    /// What the slot's denominator was when the factors were computed.
    let denominator = BigInteger()

    /// Common denominator over that of the product.
    let factor = BigInteger(1)
    var factorBits = 1

    init(slot: Int, _ matrix: IntegerMatrix) {
      self.slot = slot
      self.matrix = matrix
    }
  }

  private let terms: [Term]
  private let offset: IntegerVector
  private let offsetFactor = BigInteger(1)
  private var offsetFactorBits = 1
  private let common = BigInteger(1)
  private var commonBits = 1

  /// See `IntegerVector.primes`.
  private var primes: Int64 = 1
  private let product = BigInteger()
  private var isPrepared = false
  private var scratch: [UInt64] = []

  /// offset + Σ matrix · source.
  init(_ parts: [(Matrix, Tape.Source)], offset: [Rational]) {
    self.offset = IntegerVector(offset)
    if parts.count == 1, parts[0].1.pieces.count == 1 {
      let piece = parts[0].1.pieces[0]
      let matrix = IntegerMatrix(parts[0].0, from: piece.range.lowerBound)
      terms = matrix.isZero ? [] : [Term(slot: piece.slot, matrix)]
      return
    }
    var order: [Int] = []
    var rows: [Int: [[IntegerMatrix.Entry]]] = [:]
    for (matrix, source) in parts {
      let places = source.places
      for (row, entries) in matrix.rows.enumerated() {
        for entry in entries {
          let (slot, index) = places[entry.column]
          if rows[slot] == nil {
            order.append(slot)
            rows[slot] = Array(repeating: [], count: offset.count)
          }
          rows[slot]?[row].append((index, entry.value))
        }
      }
    }
    terms = order.map { Term(slot: $0, IntegerMatrix(rows[$0] ?? [])) }
  }

  /// Writes the result and answers how many limbs the bound asked for.
  func apply(
    to slots: [IntegerVector], into result: IntegerVector, limit: Int
  ) throws(TooLarge) -> Int {
    prepareFactors(slots)
    var bound = offset.bits + offsetFactorBits
    for term in terms {
      bound = max(bound, slots[term.slot].bits + term.matrix.normBits + term.factorBits)
    }
    // A sum of t + 1 numbers below 2^bound.
    bound += Int.bitWidth - terms.count.leadingZeroBitCount
    let bits = offset.count * (bound + 1) + commonBits
    guard bits <= limit else { throw TooLarge(bits: bits) }

    let limbs = IntegerVector.limbs(forBits: bound)
    result.prepare(count: offset.count, limbs: limbs)
    result.denominator.set(common)
    result.primes = primes
    start(result, limbs)
    for term in terms { add(term, slots[term.slot], to: result, limbs) }
    result.settle()
    return limbs
  }

  /// The scaled offset.
  private func start(_ result: IntegerVector, _ limbs: Int) {
    let count = offset.count
    let own = Int32(offset.limbs)
    offsetFactor.withLimbs { factor in
      let factorLimbs = Int32(factor.count)
      switch limbs {
      case 1: ck_scale_1(count, offset.words, factor[0], result.words)
      case 2:
        ck_scale_2(count, offset.words, own, factor.baseAddress, factorLimbs, result.words)
      default:
        ck_scale_n(
          count, offset.words, own, factor.baseAddress, factorLimbs, result.words, Int32(limbs))
      }
    }
  }

  private func add(
    _ term: Term, _ vector: IntegerVector, to result: IntegerVector, _ limbs: Int
  ) {
    let matrix = term.matrix.form
    if limbs == 1 {
      return ck_rows_1(matrix, vector.words, term.factor.lowLimb, result.words)
    }
    let own = Int32(vector.limbs)
    term.factor.withLimbs { factor in
      let factorLimbs = Int32(factor.count)
      if limbs == 2 && term.matrix.isSmall {
        ck_rows_2(matrix, vector.words, own, factor.baseAddress, factorLimbs, result.words)
      } else {
        let needed = IntegerVector.limbs(forBits: vector.bits + term.matrix.normBits)
        if scratch.count < needed { scratch = Array(repeating: 0, count: 2 * needed) }
        ck_rows_n(
          matrix, vector.words, own, factor.baseAddress, factorLimbs, result.words,
          Int32(limbs), &scratch, Int32(needed))
      }
    }
  }

  /// Denominators rarely change from token to token, so neither do the factors.
  private func prepareFactors(_ slots: [IntegerVector]) {
    if isPrepared,
      terms.allSatisfy({ slots[$0.slot].denominator.isEqual(to: $0.denominator) })
    {
      return
    }
    isPrepared = true
    primes = terms.reduce(offset.primes) { primes, term in
      let product = IntegerVector.primes(slots[term.slot].primes, term.matrix.primes)
      return IntegerVector.primes(primes, product)
    }
    common.set(offset.denominator)
    for term in terms {
      term.denominator.set(slots[term.slot].denominator)
      product.setProduct(term.denominator, term.matrix.denominator)
      common.formLeastCommonMultiple(with: product)
    }
    for term in terms {
      product.setProduct(term.denominator, term.matrix.denominator)
      term.factor.setQuotient(common, by: product)
      term.factorBits = term.factor.bitCount
    }
    offsetFactor.setQuotient(common, by: offset.denominator)
    offsetFactorBits = offsetFactor.bitCount
    commonBits = common.bitCount
  }
}

extension Tape.Source {
  /// Each coordinate's slot and its place in it.
  fileprivate var places: [(slot: Int, index: Int)] {
    pieces.flatMap { piece in piece.range.map { (piece.slot, $0) } }
  }
}
