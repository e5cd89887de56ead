import Architectures
import Certificates
import Evaluation
import ExactArithmetic
import LSRL

/// A number of a stack changed to another.
public struct WeightMutation: Hashable, Sendable, CustomStringConvertible {
  public let name: String
  public let row: Int
  public let column: Int
  public let old: Rational
  public let new: Rational

  public init(name: String, row: Int, column: Int, old: Rational, new: Rational) {
    self.name = name
    self.row = row
    self.column = column
    self.old = old
    self.new = new
  }

  public var description: String { "\(name)[\(row), \(column)]: \(old) to \(new)" }
}

/// What became of a stack with one number changed.
public enum MutationFate: Hashable, Sendable {
  /// It has other outputs than the program on sequence number `sequence`.
  case caught(sequence: Int)

  /// It cannot be evaluated exactly any more, on sequence number `sequence`.
  case failed(sequence: Int)

  /// No number in this place has any effect, on any sequence: proved.
  case dead

  /// This change, as it is, has no effect on any sequence that the stack is for: the outputs of the
  /// changed stack are those of the unchanged one, shown from intervals (`isIndifferent`), from
  /// one step of both (`StepComparison`) or by a certificate.
  case harmless

  /// All sequences came out right; but tokens that were looked for near kinks (`KinkSearch`), or
  /// tried in the search for a certificate, did not.
  case caughtLater(on: [[Rational]])

  /// All sequences came out right, and nothing is proved, for that reason.
  case undecided(String)
}

/// Tells whether changed stacks are noticed by comparing outputs exactly.
public struct MutationStudy: Sendable {
  public let stack: LayerStack
  private let ranges: [Interval]
  private let sequences: [[[Rational]]]
  private let outputs: [[[Rational]]]
  private let weights: [Weight]

  /// Of a vector: a changed gate may square numbers in each step, and what has not shown by then
  /// is left to proofs.
  static let bitLimit = 1 << 16

  /// Positions of numbers: weight by weight, so that places can be drawn evenly.
  private let nonzeros: [Int]
  private let sizes: [Int]

  /// Nil if the stack itself, unchanged, has other outputs than the program on some sequence, or
  /// cannot be evaluated on it. Sequences keep to the program's declared ranges.
  public init?(of program: Program, as stack: LayerStack, on sequences: [[[Rational]]]) {
    let engine = ExactEngine(Tape(program.graph))
    var outputs: [[[Rational]]] = []
    for tokens in sequences {
      guard let wanted = try? program.graph.exactOutputs(on: tokens, by: engine, 1 << 28) else {
        return nil
      }
      outputs.append(wanted)
    }
    guard (try? stack.exactOutputs(on: sequences)) == outputs else { return nil }
    self.stack = stack
    self.outputs = outputs
    self.sequences = sequences
    ranges = program.inputRanges
    weights = stack.weights
    nonzeros = weights.map { $0.values.nonzeroCount }
    sizes = weights.map { $0.shape.reduce(1, *) }
  }

  /// A random change: of a number that is not zero every other time, of any number else. Nil if
  /// the stack has no numbers.
  public func mutation(using random: inout some RandomNumberGenerator) -> WeightMutation? {
    let takesNonzero = Bool.random(using: &random)
    let counts = takesNonzero ? nonzeros : sizes
    let total = counts.reduce(0, +)
    guard total > 0 else { return nil }
    var place = Int.random(in: 0..<total, using: &random)
    var index = 0
    while place >= counts[index] {
      place -= counts[index]
      index += 1
    }
    let weight = weights[index]
    let width = max(1, weight.values.columnCount)
    var (row, column) = (place / width, place % width)
    if takesNonzero {
      row = 0
      while place >= weight.values.row(row).count {
        place -= weight.values.row(row).count
        row += 1
      }
      let entries = weight.values.row(row)
      column = entries[entries.startIndex + place].column
    }
    let old = weight[row, column]
    let candidates = [old + 1, old - 1, -old, 0, 2 * old, old / 2].filter { $0 != old }
    let new = candidates[Int.random(in: 0..<candidates.count, using: &random)]
    return WeightMutation(name: weight.name, row: row, column: column, old: old, new: new)
  }

  public func fate(of mutation: WeightMutation) -> MutationFate {
    guard
      let changed = stack.replacing(
        mutation.name, row: mutation.row, column: mutation.column, by: mutation.new)
    else { return .undecided("there is no such number") }
    let engine = Tape(exactly: changed).map { ExactEngine($0, bitLimit: MutationStudy.bitLimit) }
    // Most changes show on the first sequence; the others are run side by side.
    for range in [0..<min(1, sequences.count), min(1, sequences.count)..<sequences.count] {
      let found = try? engine?.run(sequences: Array(sequences[range]))
      for index in range {
        if let found {
          if found[index - range.lowerBound] != outputs[index] { return .caught(sequence: index) }
          continue
        }
        switch changed.compared(on: sequences[index], with: outputs[index]) {
        case .same, .tooLong: continue
        case .different: return .caught(sequence: index)
        case .failed: return .failed(sequence: index)
        }
      }
    }
    let isDead = stack.isDead(
      mutation.name, row: mutation.row, column: mutation.column, ranges: ranges)
    if isDead { return .dead }
    let isIndifferent = stack.isIndifferent(
      to: mutation.name, row: mutation.row, column: mutation.column, from: mutation.old,
      to: mutation.new, ranges: ranges)
    return isIndifferent ? .harmless : stack.effect(ofChangingTo: changed, ranges: ranges)
  }
}

/// What became of one sequence.
private enum Comparison {
  case same
  case different
  case failed

  /// Numbers grew beyond the limit before the outputs differed.
  case tooLong
}

extension LayerStack {
  /// Step by step, so that numbers that explode after the first difference cost nothing.
  fileprivate func compared(on tokens: [[Rational]], with outputs: [[Rational]]) -> Comparison {
    var run = StackRun<ReLUGates<Rational>>(self)
    for (token, output) in zip(tokens, outputs) {
      guard let found = try? run.step(token) else { return .failed }
      if found != output { return .different }
      let isShort = run.memory.allSatisfy { memory in
        memory.vectors.allSatisfy { vector in
          vector.reduce(0) { $0 + $1.bitCount } <= MutationStudy.bitLimit
        }
      }
      guard isShort else { return .tooLong }
    }
    return .same
  }

  fileprivate func effect(
    ofChangingTo changed: LayerStack, ranges: [Interval]
  ) -> MutationFate {
    do {
      let guarded = (try GuardedProgram(self), try GuardedProgram(changed))
      guard guarded.0.isAlwaysOpen(ranges: ranges), guarded.1.isAlwaysOpen(ranges: ranges) else {
        return .undecided("gates of powers of 0 may be closed")
      }
      return try EffectOfChange(
        before: guarded.0.program, after: guarded.1.program, ranges: ranges,
        maximumLength: maximumLength
      ).fate()
    } catch {
      return .undecided("\(error)")
    }
  }
}
