import CKernels
import ExactArithmetic

/// A tape over the rationals: what `Interpreter<Rational>`, or a network's own equations, compute,
/// number for number.
///
/// Three tiers, each exact or not taken:
/// - `binary64`: the tape in whole numbers (`WholeProgram`) on the lanes of floats, many sequences
///   at a time. The processor notes whether any operation has rounded; if none has, the results are
///   those of exact arithmetic.
/// - `digits`: the same whole numbers in integers of 2, 4 or 8 digits of 58 bits, on vectors of the
///   processor. Bounds say when more digits are needed, before anything is computed.
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
    case digits
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
    case .digits: return engines(for: [tokens])?.runInDigits(tokens)
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
    // Whole numbers take up to 8 words each.
    let largest = tape.slotSizes.max() ?? 0
    let engines =
      512 * largest > bitLimit
      ? nil
      : WholeProgram(tape, inputScale: scale, after: whole?.engines?.program)
        .map(WholeEngines.init)
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
