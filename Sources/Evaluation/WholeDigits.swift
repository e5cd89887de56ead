import CKernels
import ExactArithmetic

/// Whole numbers of up to 8 digits of 58 bits (`CKernels`): one sequence at a time.
final class WholeDigits {
  private let program: LaneProgram<Double>
  private let prepared: OpaquePointer
  private let state: UnsafeMutablePointer<ck_digits>

  /// An integer that leaves, in limbs.
  private let limbs: UnsafeMutablePointer<UInt64>

  /// By output, what its integer is divided by.
  private let divisors: [UInt64]

  /// What outputs are multiplied with besides; nil: nothing.
  private let factors: [Rational]?

  init(_ whole: WholeProgram) {
    program = whole.program
    let code = program.code
    guard
      let prepared = ck_whole_make(code.instructions, code.count, program.registerCount)
    else { preconditionFailure("no memory for \(code.count) instructions") }
    self.prepared = prepared
    let count = ck_whole_words(prepared)
    let words = UnsafeMutableRawPointer.allocate(byteCount: 8 * count, alignment: 64)
      .bindMemory(to: Int64.self, capacity: count)
    words.initialize(repeating: 0, count: count)
    state = .allocate(capacity: 1)
    state.initialize(to: ck_digits())
    state.pointee.words = words
    limbs = .allocate(capacity: Int(CK_DIGITS))
    limbs.initialize(repeating: 0, count: Int(CK_DIGITS))
    let wanted = whole.outputFactors ?? program.outputColumns.map { _ in 1 }
    let isQuotient = wanted.map { $0.smallParts?.numerator == 1 }
    divisors = zip(wanted, isQuotient).map { factor, isQuotient in
      isQuotient ? UInt64(factor.smallParts?.denominator ?? 1) : 1
    }
    let others = zip(wanted, isQuotient).map { $1 ? 1 : $0 }
    factors = isQuotient.allSatisfy { $0 } ? nil : others
  }

  deinit {
    ck_whole_free(prepared)
    state.pointee.words.deallocate()
    state.deallocate()
    limbs.deallocate()
  }

  /// Back to the initial states. False if some of their numbers are no integers of a word.
  func restart() -> Bool {
    ck_digits_start(prepared, state)
    for (start, numbers) in program.initial {
      for (index, number) in numbers.enumerated() {
        guard let integer = Int64(exactly: number) else { return false }
        ck_digits_set(state, start + index, integer)
      }
    }
    return true
  }

  func setInput(_ index: Int, _ integer: Int64) {
    ck_digits_set(state, program.inputStart + index, integer)
  }

  /// False if some number might not fit; only `restart` makes sense then.
  func step() -> Bool { ck_whole_run(prepared, state) != 0 }

  func outputs() -> [Rational] {
    var outputs: [Rational] = []
    outputs.reserveCapacity(program.outputColumns.count)
    for (place, column) in program.outputColumns.enumerated() {
      outputs.append(output(Int(column), place))
    }
    return outputs
  }

  private func output(_ column: Int, _ place: Int) -> Rational {
    var size = ck_digits_get(prepared, state, column, limbs)
    let isNegative = size < 0
    size = abs(size)
    let divisor = ck_divide_shared(limbs, &size, divisors[place])
    let quotient = Rational(
      limbs: UnsafeBufferPointer(start: limbs, count: size), isNegative: isNegative,
      coprime: divisor)
    guard let factors, factors[place] != 1 else { return quotient }
    return quotient * factors[place]
  }
}
