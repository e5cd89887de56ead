import CKernels
import ExactArithmetic

/// A tape over the rationals: what `Interpreter<Rational>`, or a network's own equations, compute,
/// number for number.
///
/// Three tiers, each exact or not taken:
/// - `binary64`: the tape in whole numbers (`WholeProgram`) on the lanes of floats, many sequences
///   at a time. The processor notes whether any operation has rounded; if none has, the results are
///   those of exact arithmetic.
/// - `twoLimbs`: the same whole numbers in 128 bits, every product and sum checked.
/// - `limbs`: integers of any size over common denominators (`LimbEngine`).
///
/// A sequence goes to the first tier that can take it.
///
/// Prepared when first needed, and kept: each tier's own form of the tape. Whole numbers depend on
/// the common denominator of the tokens; the last one's are kept.
///
/// Programs come from strangers, and a few Multis make numbers of astronomic length. So a vector
/// that may take more than `bitLimit` bits is refused before it is computed. That is stricter than
/// `Interpreter`, which looks at numbers in lowest terms, after it has computed them.
///
/// Has work space of its own, so each thread needs its own engine.
public final class ExactEngine {
  public enum Tier: String, CaseIterable, Sendable {
    case binary64
    case twoLimbs = "two limbs"
    case limbs
  }

  private let tape: Tape
  private let bitLimit: Int

  /// The last whole form that was asked for; nil inside: there is none for this scale.
  private var whole: (scale: Int64, engines: WholeEngines?)?
  private var limbs: LimbEngine?

  /// How many sequences each tier has run.
  public private(set) var sequencesRun: [Tier: Int] = [:]

  /// Common denominators of tokens beyond this go to the limbs.
  static let largestInputScale = Int64(1) << 20

  public init(_ tape: Tape, bitLimit: Int = 1 << 28) {
    self.tape = tape
    self.bitLimit = bitLimit
  }

  /// The outputs for one sequence, from the initial state.
  public func run(_ tokens: [[Rational]]) throws(EngineError) -> [[Rational]] {
    try run(sequences: [tokens])[0]
  }

  /// The outputs for each sequence, each from the initial state.
  public func run(sequences: [[[Rational]]]) throws(EngineError) -> [[[Rational]]] {
    for token in sequences.lazy.joined() where token.count != tape.inputDimension {
      throw .tokenSize(expected: tape.inputDimension, found: token.count)
    }
    var results = [[[Rational]]?](repeating: nil, count: sequences.count)
    if let engines = engines(for: sequences) {
      engines.run(sequences, into: &results, counting: &sequencesRun)
    }
    var complete: [[[Rational]]] = []
    complete.reserveCapacity(sequences.count)
    for (sequence, result) in zip(sequences, results) {
      if let result {
        complete.append(result)
      } else {
        complete.append(try runInLimbs(sequence))
      }
    }
    return complete
  }

  /// The outputs for one sequence by one tier; nil if that one cannot tell. For tests.
  public func run(
    _ tokens: [[Rational]], by tier: Tier
  ) throws(EngineError) -> [[Rational]]? {
    switch tier {
    case .limbs: return try runInLimbs(tokens)
    case .twoLimbs: return engines(for: [tokens])?.runInTwoLimbs(tokens)
    case .binary64:
      var results: [[[Rational]]?] = [nil]
      engines(for: [tokens])?.runInLanes([tokens], into: &results)
      return results[0]
    }
  }

  private func runInLimbs(_ tokens: [[Rational]]) throws(EngineError) -> [[Rational]] {
    sequencesRun[.limbs, default: 0] += 1
    if let limbs { return try limbs.run(tokens) }
    let engine = try LimbEngine(tape, bitLimit: bitLimit)
    limbs = engine
    return try engine.run(tokens)
  }

  private func engines(for sequences: [[[Rational]]]) -> WholeEngines? {
    guard let scale = ExactEngine.commonDenominator(sequences) else { return nil }
    if let whole, whole.scale == scale { return whole.engines }
    // Whole numbers take up to 128 bits each.
    let largest = tape.slotSizes.max() ?? 0
    let engines =
      128 * largest > bitLimit ? nil : WholeProgram(tape, inputScale: scale).map(WholeEngines.init)
    whole = (scale, engines)
    return engines
  }

  /// Nil if it is large.
  private static func commonDenominator(_ sequences: [[[Rational]]]) -> Int64? {
    var multiple: Int64 = 1
    for sequence in sequences {
      for token in sequence {
        for number in token {
          guard let parts = number.smallParts else { return nil }
          if parts.denominator == 1 || parts.denominator == multiple { continue }
          if multiple % parts.denominator == 0 { continue }
          guard
            let next = try? Ratio.commonMultiple(multiple, parts.denominator),
            next <= largestInputScale
          else { return nil }
          multiple = next
        }
      }
    }
    return multiple
  }
}

/// Whether a tier has ever been of use. One that never was is not tried for ever.
private struct Trust {
  private var failures = 0
  private var hasSucceeded = false

  var isWorthTrying: Bool { hasSucceeded || failures < 64 }
  mutating func succeed() { hasSucceeded = true }
  mutating func fail() { failures += 1 }
}

/// The two tiers that compute in whole numbers.
private final class WholeEngines {
  private let whole: WholeProgram
  private let lanes: FloatEngine<Double>

  private var trust = (lanes: Trust(), twoLimbs: Trust())

  /// Two words for each register; made when first needed.
  private var words: UnsafeMutablePointer<UInt64>?

  /// The program for two limbs; made with them.
  private var wide: OpaquePointer?

  init(_ whole: WholeProgram) {
    self.whole = whole
    lanes = FloatEngine(whole.program)
  }

  deinit {
    words?.deallocate()
    ck_whole_free(wide)
  }

  func run(
    _ sequences: [[[Rational]]], into results: inout [[[Rational]]?],
    counting counts: inout [ExactEngine.Tier: Int]
  ) {
    if trust.lanes.isWorthTrying { runInLanes(sequences, into: &results) }
    for (index, sequence) in sequences.enumerated() {
      if results[index] != nil {
        counts[.binary64, default: 0] += 1
        trust.lanes.succeed()
        continue
      }
      trust.lanes.fail()
      guard trust.twoLimbs.isWorthTrying else { continue }
      if let result = runInTwoLimbs(sequence) {
        results[index] = result
        counts[.twoLimbs, default: 0] += 1
        trust.twoLimbs.succeed()
      } else {
        trust.twoLimbs.fail()
      }
    }
  }

  // MARK: Binary64

  /// Leaves nil where something was rounded.
  func runInLanes(_ sequences: [[[Rational]]], into results: inout [[[Rational]]?]) {
    guard let batch = batch(sequences) else { return }
    var isExact = [Bool](repeating: false, count: sequences.count)
    ck_forget_rounding()
    let outputs = try? lanes.run(
      batch, continues: { ck_has_rounded() == 0 },
      finished: { group in
        guard ck_has_rounded() == 0 else { return ck_forget_rounding() }
        for sequence in group { isExact[sequence] = true }
      })
    guard let outputs else { return }
    for index in sequences.indices where isExact[index] {
      results[index] = self.outputs(of: index, in: outputs)
    }
  }

  /// The tokens in whole numbers; nil if one of them is too large for a double.
  private func batch(_ sequences: [[[Rational]]]) -> SequenceBatch<Double>? {
    var batch = SequenceBatch<Double>(dimension: whole.program.inputDimension)
    for sequence in sequences {
      let isWhole = batch.append(length: sequence.count, sequence.lazy.joined()) { number in
        guard let integer = integer(number), integer.magnitude <= WholeProgram.largestWeight
        else { return nil }
        return Double(integer)
      }
      guard isWhole else { return nil }
    }
    return batch
  }

  /// A number of a token in whole numbers.
  private func integer(_ number: Rational) -> Int64? {
    guard let parts = number.smallParts else { return nil }
    if whole.inputScale == parts.denominator { return parts.numerator }
    return try? Ratio.product(parts.numerator, whole.inputScale / parts.denominator)
  }

  private func outputs(of sequence: Int, in batch: SequenceBatch<Double>) -> [[Rational]] {
    let dimension = batch.dimension
    return (batch.starts[sequence]..<batch.starts[sequence + 1]).map { vector in
      (0..<dimension).map { place in
        let number = batch.numbers[vector * dimension + place]
        let integer = Int(exactly: number).map { Rational($0) }
        return output(integer ?? Rational(exactly: number) ?? 0, place)
      }
    }
  }

  /// By output, what an integer is divided by, and what is to be multiplied with besides.
  private lazy var divisors: [(divisor: Int64, factor: Rational)] = {
    let factors =
      whole.outputFactors ?? Array(repeating: 1, count: whole.program.outputColumns.count)
    return factors.map { factor in
      guard let parts = factor.smallParts, parts.numerator == 1 else {
        return (1, factor)
      }
      return (parts.denominator, 1)
    }
  }()

  private func output(_ number: Rational, _ place: Int) -> Rational {
    guard let factors = whole.outputFactors, factors[place] != 1 else { return number }
    return number * factors[place]
  }

  // MARK: Two limbs

  /// Nil if some number did not fit.
  func runInTwoLimbs(_ tokens: [[Rational]]) -> [[Rational]]? {
    guard whole.isWhole else { return nil }
    let registers = reset()
    let program = whole.program
    // Of tokens and initial states, which are 64-bit numbers.
    var bits: Int32 = 64
    let integer = BigInteger()
    var results: [[Rational]] = []
    results.reserveCapacity(tokens.count)
    for token in tokens {
      for (index, number) in token.enumerated() {
        guard let whole = self.integer(number) else { return nil }
        WholeEngines.set(registers, program.inputStart + index, whole)
      }
      bits = ck_whole_run(wide, bits, registers)
      guard bits != 0 else { return nil }
      results.append(
        program.outputColumns.enumerated().map { place, column in
          let words = registers + 2 * Int(column)
          let low = Int64(bitPattern: words[0])
          if Int64(bitPattern: words[1]) == low >> 63 { return output(Rational(Int(low)), place) }
          integer.read(words, 2)
          return integer.quotient(by: divisors[place].divisor, times: divisors[place].factor)
        })
    }
    return results
  }

  private func reset() -> UnsafeMutablePointer<UInt64> {
    let count = 2 * whole.program.registerCount
    let registers =
      words
      ?? UnsafeMutableRawPointer.allocate(byteCount: 8 * count, alignment: 64)
      .bindMemory(to: UInt64.self, capacity: count)
    registers.initialize(repeating: 0, count: count)
    if words == nil {
      wide = ck_whole_make(whole.program.code.instructions, whole.program.code.count)
      precondition(wide != nil, "no memory for \(whole.program.code.count) instructions")
    }
    words = registers
    for (start, numbers) in whole.program.initial {
      for (index, number) in numbers.enumerated() {
        WholeEngines.set(registers, start + index, Int64(number))
      }
    }
    return registers
  }

  private static func set(
    _ registers: UnsafeMutablePointer<UInt64>, _ index: Int, _ value: Int64
  ) {
    registers[2 * index] = UInt64(bitPattern: value)
    registers[2 * index + 1] = UInt64(bitPattern: value >> 63)
  }
}
