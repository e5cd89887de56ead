import Evaluation
import ExactArithmetic
import LSRL

/// A tape run for a few tokens, as one line of operations: first the leaves that stand for the
/// states before, then for each token its coordinates and what is computed from them.
struct UnrolledTape: Sendable {
  private(set) var line = StraightLine()

  /// By state of the tape, then by coordinate: the values before the first token.
  private(set) var statesBefore: [[Int]] = []
  private(set) var statesAfter: [[Int]] = []

  /// By token.
  private(set) var inputs: [[Int]] = []
  private(set) var outputs: [[Int]] = []

  /// Precondition: the tape's constants are plain (`Tape.withPlainConstants`).
  init(_ tape: Tape, tokens: Int) {
    var slots = tape.slotSizes.map { [Int](repeating: 0, count: $0) }
    for state in tape.states {
      let leaves = state.initial.map { _ in line.leaf() }
      statesBefore.append(leaves)
      slots.write(leaves, to: state.slot)
    }
    for _ in 0..<tokens {
      let token = (0..<tape.inputDimension).map { _ in line.leaf() }
      inputs.append(token)
      slots.write(token, to: tape.inputSlot)
      for instruction in tape.instructions { run(instruction, &slots) }
      outputs.append(tape.output.values(in: slots))
    }
    statesAfter = tape.states.map { Array(slots[$0.slot].prefix($0.initial.count)) }
  }

  private mutating func run(_ instruction: Tape.Instruction, _ slots: inout [[Int]]) {
    let result: [Int]
    switch instruction {
    case .affine(let map, let source, _):
      let values = source.values(in: slots)
      result = map.offset.indices.map { row in
        line.row(map.offset[row], map.matrix.row(row).map { ($0.value, values[$0.column]) })
      }
    case .relu(let source, _):
      result = source.values(in: slots).map { line.append(.relu($0)) }
    case .multiply(let left, let right, _):
      let factors = zip(left.values(in: slots), right.values(in: slots))
      result = factors.map { line.append(.product($0, $1)) }
    case .update(let state, let source, let slot):
      let (old, values) = (slots[slot], source.values(in: slots))
      result = state.input.offset.indices.map { row in
        let remembered = state.recurrence.row(row).map { ($0.value, old[$0.column]) }
        let read = state.input.matrix.row(row).map { ($0.value, values[$0.column]) }
        return line.row(state.input.offset[row], remembered + read)
      }
    case .keep(let source, _): result = source.values(in: slots)
    case .constant(let numbers, _):
      result = numbers.map { line.append(.constant($0.number)) }
    }
    slots.write(result, to: instruction.slot)
  }
}

extension Tape.Source {
  fileprivate func values(in slots: [[Int]]) -> [Int] {
    pieces.flatMap { slots[$0.slot][$0.range] }
  }
}

extension [[Int]] {
  fileprivate mutating func write(_ values: [Int], to slot: Int) {
    for (index, value) in values.enumerated() { self[slot][index] = value }
  }
}
