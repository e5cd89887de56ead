import CKernels
import ExactArithmetic
import LSRL

/// The tier of `ExactEngine` for numbers of any size and any denominators: integers of as many
/// limbs as bounds ask for, over one common denominator for each vector.
///
/// The size of each result is bounded before it is computed, and compared with `bitLimit`: all
/// integers of the vector as large as the bound, plus its denominator.
final class LimbEngine {
  private enum Step {
    case map(IntegerMap)
    case update(IntegerMap)
    case relu(Operand)
    case multiply(Operand, Operand)
    case keep(Operand)
    case constant
  }

  private let tape: Tape
  private let steps: [Step]
  private let targets: [Int]
  private let bitLimit: Int

  private var slots: [IntegerVector]
  private let initialStates: [(slot: Int, value: IntegerVector)]
  private var reductions: [Reduction]

  private var spare = IntegerVector()
  private let gathered = (IntegerVector(), IntegerVector())
  private let scratch = BigInteger()
  private var productScratch: [UInt64] = []

  /// How often a result was bounded by one limb, by two, by more.
  private(set) var tierCounts = [0, 0, 0]

  /// Throws if a constant is no rational.
  init(_ tape: Tape, bitLimit: Int) throws(EngineError) {
    self.tape = tape
    self.bitLimit = bitLimit
    steps = tape.instructions.map { instruction in
      switch instruction {
      case .affine(let map, let source, _):
        .map(IntegerMap([(map.matrix, source)], offset: map.offset))
      case .update(let state, let source, let slot):
        .update(
          IntegerMap(
            [
              (state.recurrence, Tape.Source(slot: slot, count: state.dimension)),
              (state.input.matrix, source),
            ], offset: state.input.offset))
      case .relu(let source, _): .relu(Operand(source))
      case .multiply(let left, let right, _): .multiply(Operand(left), Operand(right))
      case .keep(let source, _): .keep(Operand(source))
      case .constant: .constant
      }
    }
    targets = tape.instructions.map(\.slot)
    slots = tape.slotSizes.map { _ in IntegerVector() }
    var initialStates = tape.states.map { ($0.slot, IntegerVector($0.initial)) }
    for (position, instruction) in tape.instructions.enumerated() {
      guard case .constant(let constants, let slot) = instruction else { continue }
      let numbers = constants.compactMap { $0.value(in: Rational.self) }
      guard numbers.count == constants.count else {
        throw .irrationalConstant(instruction: position)
      }
      initialStates.append((slot, IntegerVector(numbers)))
    }
    self.initialStates = initialStates
    reductions = Array(repeating: Reduction(), count: steps.count)
    reset()
  }

  /// The outputs for a whole sequence, from the initial state.
  func run(_ tokens: [[Rational]]) throws(EngineError) -> [[Rational]] {
    reset()
    var outputs: [[Rational]] = []
    outputs.reserveCapacity(tokens.count)
    for token in tokens { outputs.append(try step(token)) }
    return outputs
  }

  /// Back to the initial states.
  private func reset() {
    for state in initialStates { slots[state.slot].copy(state.value) }
    for index in reductions.indices { reductions[index].forget() }
  }

  /// Reads one token and returns the output. After an error, only `reset` makes sense.
  private func step(_ token: [Rational]) throws(EngineError) -> [Rational] {
    guard token.count == tape.inputDimension else {
      throw .tokenSize(expected: tape.inputDimension, found: token.count)
    }
    slots[tape.inputSlot].set(token)
    for position in steps.indices {
      do throws(TooLarge) {
        try run(position)
      } catch {
        throw .tooLarge(instruction: position, bits: error.bits, limit: bitLimit)
      }
    }
    return tape.output.pieces.flatMap { piece in
      piece.range.map { slots[piece.slot].value(at: $0, scratch: scratch) }
    }
  }

  private func run(_ position: Int) throws(TooLarge) {
    let target = targets[position]
    switch steps[position] {
    case .map(let map):
      count(try map.apply(to: slots, into: slots[target], limit: bitLimit))
      reductions[position].reduceIfGrown(slots[target])
    case .update(let map):
      count(try map.apply(to: slots, into: spare, limit: bitLimit))
      reductions[position].reduceIfGrown(spare)
      swap(&slots[target], &spare)
    case .relu(let operand):
      let (vector, start) = try read(operand, gathered.0)
      let result = slots[target]
      result.prepare(count: operand.count, limbs: vector.limbs)
      result.denominator.set(vector.denominator)
      result.primes = vector.primes
      ck_positive(
        operand.count, vector.words + start * vector.limbs, Int32(vector.limbs), result.words)
      result.settle()
    case .multiply(let left, let right):
      try multiply(read(left, gathered.0), read(right, gathered.1), left.count, slots[target])
      reductions[position].reduceIfGrown(slots[target])
    case .keep(let operand):
      let (vector, start) = try read(operand, gathered.0)
      slots[target].copy(vector, start..<start + operand.count)
    case .constant: break
    }
  }

  private func count(_ limbs: Int) { tierCounts[min(limbs, 3) - 1] += 1 }

  /// Where the operand is, or is now.
  private func read(
    _ operand: Operand, _ room: IntegerVector
  ) throws(TooLarge) -> (vector: IntegerVector, start: Int) {
    switch operand.place {
    case .slot(let slot, let start): return (slots[slot], start)
    case .gathered(let map):
      count(try map.apply(to: slots, into: room, limit: bitLimit))
      return (room, 0)
    }
  }

  private func multiply(
    _ left: (vector: IntegerVector, start: Int), _ right: (vector: IntegerVector, start: Int),
    _ count: Int, _ result: IntegerVector
  ) throws(TooLarge) {
    let (a, b) = (left.vector, right.vector)
    // Both factors may be the negative power of two: hence one more.
    let bound = a.bits + b.bits + 1
    let bits = count * (bound + 1) + a.denominator.bitCount + b.denominator.bitCount
    guard bits <= bitLimit else { throw TooLarge(bits: bits) }
    let limbs = IntegerVector.limbs(forBits: bound)
    self.count(limbs)
    result.prepare(count: count, limbs: limbs)
    result.denominator.setProduct(a.denominator, b.denominator)
    result.primes = IntegerVector.primes(a.primes, b.primes)
    let x = a.words + left.start * a.limbs
    let y = b.words + right.start * b.limbs
    switch limbs {
    case 1: ck_products_1(count, x, y, result.words)
    case 2: ck_products_2(count, x, Int32(a.limbs), y, Int32(b.limbs), result.words)
    default:
      let needed = 2 * (a.limbs + b.limbs)
      if productScratch.count < needed { productScratch = Array(repeating: 0, count: needed) }
      ck_products_n(
        count, x, Int32(a.limbs), y, Int32(b.limbs), result.words, Int32(limbs), &productScratch)
    }
    result.settle()
  }
}

/// A vector that is read number by number: as it lies in a slot, or brought over one denominator
/// from several.
private struct Operand {
  enum Place {
    case slot(Int, start: Int)
    case gathered(IntegerMap)
  }

  let count: Int
  let place: Place

  init(_ source: Tape.Source) {
    count = source.count
    if source.pieces.count == 1, let piece = source.pieces.first {
      place = .slot(piece.slot, start: piece.range.lowerBound)
    } else {
      let zeros = [Rational](repeating: 0, count: source.count)
      place = .gathered(IntegerMap([(.identity(source.count), source)], offset: zeros))
    }
  }
}
