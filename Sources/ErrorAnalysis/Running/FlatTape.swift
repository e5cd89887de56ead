import Evaluation
import ExactArithmetic
import LSRL

/// A tape with slots laid end to end in one file of registers, and its maps taken apart into rows
/// whose products come in the order that `Tape` promises.
struct FlatTape {
  struct Term {
    let weight: Rational
    let register: Int
  }

  struct Row {
    let offset: Rational

    /// How many of the terms are on the old state; these come first.
    let oldCount: Int
    let terms: [Term]
  }

  enum Step {
    /// register `target` + i ← row i.
    case affine([Row], target: Int)
    case relu(sources: [Int], target: Int)
    case multiply(left: [Int], right: [Int], target: Int)

    /// As `affine`, but all rows are computed before the first is written.
    case update([Row], target: Int)
  }

  let registerCount: Int
  let inputs: Range<Int>
  let outputs: [Int]
  let states: [(target: Int, initial: [Rational])]
  let steps: [Step]

  /// Registers and products that a tape may have: about half a gigabyte.
  static let sizeLimit = 1 << 22

  init(_ original: Tape) throws(EngineError) {
    guard let tape = original.withPlainConstants else {
      throw .irrationalConstant(instruction: original.firstSpecialConstant ?? 0)
    }
    var starts: [Int] = []
    var total = 0
    for size in tape.slotSizes {
      starts.append(total)
      total += size
    }
    let size = tape.instructions.reduce(total) { $0 + $1.productCount }
    guard size <= FlatTape.sizeLimit else {
      throw .tooManyNumbers(size, limit: FlatTape.sizeLimit)
    }
    registerCount = total
    inputs = starts[tape.inputSlot]..<starts[tape.inputSlot] + tape.inputDimension
    outputs = tape.output.registers(starts)
    states = tape.states.map { (starts[$0.slot], $0.initial) }
    steps = tape.instructions.map { FlatTape.step($0, starts) }
  }

  private static func step(_ instruction: Tape.Instruction, _ starts: [Int]) -> Step {
    let target = starts[instruction.slot]
    switch instruction {
    case .affine(let map, let source, _):
      let registers = source.registers(starts)
      return .affine(
        map.offset.indices.map { index in
          Row(
            offset: map.offset[index], oldCount: 0,
            terms: map.matrix.row(index).map { Term($0, registers) })
        }, target: target)
    case .relu(let source, _):
      return .relu(sources: source.registers(starts), target: target)
    case .multiply(let left, let right, _):
      return .multiply(
        left: left.registers(starts), right: right.registers(starts), target: target)
    case .update(let state, let source, _):
      let registers = source.registers(starts)
      let old = Array(target..<target + state.dimension)
      return .update(
        state.input.offset.indices.map { index in
          let remembered = state.recurrence.row(index).map { Term($0, old) }
          return Row(
            offset: state.input.offset[index], oldCount: remembered.count,
            terms: remembered + state.input.matrix.row(index).map { Term($0, registers) })
        }, target: target)
    case .keep(let source, _):
      return .update(
        source.registers(starts).map { register in
          Row(offset: 0, oldCount: 0, terms: [Term(weight: 1, register: register)])
        }, target: target)
    case .constant(let constants, _):
      return .affine(
        constants.map { Row(offset: $0.number, oldCount: 0, terms: []) }, target: target)
    }
  }
}

extension FlatTape {
  /// Registers of states that something else than their own update reads before they are written,
  /// as gated cells read their old states; with them all others that are written together. Also
  /// states that are never written, or twice for one token.
  var registersReadEarly: Set<Int> {
    let stateRegisters = Set(states.flatMap { $0.target..<$0.target + $0.initial.count })
    var written: Set<Int> = []
    var early: Set<Int> = []
    func read(_ registers: some Sequence<Int>) {
      for register in registers where stateRegisters.contains(register) {
        if !written.contains(register) { early.insert(register) }
      }
    }
    for step in steps {
      switch step {
      case .affine(let rows, let target):
        for row in rows { read(row.terms.map(\.register)) }
        written.formUnion(target..<target + rows.count)
      case .update(let rows, let target):
        for row in rows { read(row.terms.dropFirst(row.oldCount).map(\.register)) }
        // Written again: its rows read what was written first.
        if written.contains(target) { early.insert(target) }
        written.formUnion(target..<target + rows.count)
      case .relu(let sources, let target):
        read(sources)
        written.formUnion(target..<target + sources.count)
      case .multiply(let left, let right, let target):
        read(left + right)
        written.formUnion(target..<target + left.count)
      }
    }
    read(outputs)
    for (target, initial) in states {
      let registers = target..<target + initial.count
      let isWritten = registers.allSatisfy(written.contains)
      if !isWritten || !early.isDisjoint(with: registers) { early.formUnion(registers) }
    }
    return early
  }
}

extension FlatTape.Term {
  fileprivate init(_ entry: Matrix.Entry, _ registers: [Int]) {
    self.init(weight: entry.value, register: registers[entry.column])
  }
}

extension Tape.Instruction {
  fileprivate var productCount: Int {
    switch self {
    case .affine(let map, _, _): map.matrix.nonzeroCount
    case .relu, .multiply, .keep, .constant: count
    case .update(let state, _, _):
      state.recurrence.nonzeroCount + state.input.matrix.nonzeroCount
    }
  }
}

extension Tape.Source {
  /// Each coordinate's register, if slot s starts at `starts[s]`.
  fileprivate func registers(_ starts: [Int]) -> [Int] {
    pieces.flatMap { piece in piece.range.map { starts[piece.slot] + $0 } }
  }
}
