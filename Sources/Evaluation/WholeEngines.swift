import CKernels
import ExactArithmetic

/// Whether a tier has ever been of use. One that never was is not tried for ever.
private struct Trust {
  private var failures = 0
  private var hasSucceeded = false

  var isWorthTrying: Bool { hasSucceeded || failures < 64 }
  mutating func succeed() { hasSucceeded = true }
  mutating func fail() { failures += 1 }
}

/// The two tiers that compute in whole numbers.
final class WholeEngines {
  private let whole: WholeProgram
  private let lanes: FloatEngine<Double>

  private var trust = (lanes: Trust(), digits: Trust())

  /// Made when first needed.
  private var digits: WholeDigits?

  var program: WholeProgram { whole }

  init(_ whole: WholeProgram) {
    self.whole = whole
    lanes = FloatEngine(whole.program)
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
      guard trust.digits.isWorthTrying else { continue }
      if let result = runInDigits(sequence) {
        results[index] = result
        counts[.digits, default: 0] += 1
        trust.digits.succeed()
      } else {
        trust.digits.fail()
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

  private func output(_ number: Rational, _ place: Int) -> Rational {
    guard let factors = whole.outputFactors, factors[place] != 1 else { return number }
    return number * factors[place]
  }

  // MARK: Digits

  /// Nil if some number did not fit.
  func runInDigits(_ tokens: [[Rational]]) -> [[Rational]]? {
    guard whole.isWhole else { return nil }
    if digits == nil { digits = WholeDigits(whole) }
    guard let digits, digits.restart() else { return nil }
    var results: [[Rational]] = []
    results.reserveCapacity(tokens.count)
    for token in tokens {
      for (index, number) in token.enumerated() {
        guard let integer = integer(number) else { return nil }
        digits.setInput(index, integer)
      }
      guard digits.step() else { return nil }
      results.append(digits.outputs())
    }
    return results
  }
}
