import Evaluation
import ExactArithmetic
import LSRL

/// A tape in binary64 whose weights can be disturbed: what the authors call the model.
///
/// The order of operations is that of `Tape`: a row starts at its offset, then A's columns, then
/// B's; multiply, then add.
struct DisturbedTape: Sendable {
  private enum Step: Sendable {
    /// All rows are computed before the first is written: an update reads its own old state.
    case affine(Rows, target: Int)
    case relu([Int], target: Int)
    case multiply([Int], [Int], target: Int)
    case keep([Int], target: Int)
  }

  /// Rows of stored weights, end to end. Columns are registers.
  fileprivate struct Rows: Sendable {
    var starts = [0]
    var columns: [Int] = []
    var weights: [Double] = []
    var offsets: [Double] = []

    mutating func append(
      _ matrix: Matrix, row: Int, reading registers: some RandomAccessCollection<Int>
    ) {
      for entry in matrix.row(row) {
        columns.append(registers[registers.index(registers.startIndex, offsetBy: entry.column)])
        weights.append(Double(nearest: entry.value))
      }
    }

    mutating func close(offset: Rational) {
      starts.append(columns.count)
      offsets.append(Double(nearest: offset))
    }
  }

  private var steps: [Step] = []
  private let input: Range<Int>
  private let output: [Int]
  private let states: [Range<Int>]

  /// All slots end to end, before the first token; never disturbed.
  private let start: [Double]

  /// Nil if the tape has powers or roots among its constants that libraries may round otherwise.
  init?(_ original: Tape) {
    guard let tape = original.withPlainConstants else { return nil }
    var places: [Int] = []
    var size = 0
    for slot in tape.slotSizes {
      places.append(size)
      size += slot
    }
    var start = [Double](repeating: 0, count: size)
    for state in tape.states {
      for (index, number) in state.initial.enumerated() {
        start[places[state.slot] + index] = Double(nearest: number)
      }
    }
    for case .constant(let numbers, let slot) in tape.instructions {
      for (index, constant) in numbers.enumerated() {
        start[places[slot] + index] = Double(nearest: constant.number)
      }
    }
    self.start = start
    input = places[tape.inputSlot]..<places[tape.inputSlot] + tape.inputDimension
    output = tape.output.registers(places)
    states = tape.states.map { places[$0.slot]..<places[$0.slot] + $0.initial.count }
    steps = tape.instructions.compactMap { DisturbedTape.step($0, places) }
  }

  /// Nil for constants, which are there before the first token.
  private static func step(_ instruction: Tape.Instruction, _ places: [Int]) -> Step? {
    let target = places[instruction.slot]
    switch instruction {
    case .affine(let map, let source, _):
      let registers = source.registers(places)
      var rows = Rows()
      for row in map.offset.indices {
        rows.append(map.matrix, row: row, reading: registers)
        rows.close(offset: map.offset[row])
      }
      return .affine(rows, target: target)
    case .update(let state, let source, _):
      let registers = source.registers(places)
      var rows = Rows()
      for row in 0..<state.dimension {
        rows.append(state.recurrence, row: row, reading: target..<target + state.dimension)
        rows.append(state.input.matrix, row: row, reading: registers)
        rows.close(offset: state.input.offset[row])
      }
      return .affine(rows, target: target)
    case .relu(let source, _): return .relu(source.registers(places), target: target)
    case .multiply(let left, let right, _):
      return .multiply(left.registers(places), right.registers(places), target: target)
    case .keep(let source, _): return .keep(source.registers(places), target: target)
    case .constant: return nil
    }
  }

  /// By state, before the first token.
  var initialStates: [[Double]] { states.map { Array(start[$0]) } }

  /// The same with independent noise of standard deviation `level` on every number of every A, B
  /// and b that is not zero.
  func disturbed(
    by level: Double, _ noise: inout Gaussian<some RandomNumberGenerator>
  ) -> DisturbedTape {
    var tape = self
    for index in tape.steps.indices {
      guard case .affine(var rows, let target) = tape.steps[index] else { continue }
      for index in rows.weights.indices { rows.weights[index] += level * noise.next() }
      for index in rows.offsets.indices where rows.offsets[index] != 0 {
        rows.offsets[index] += level * noise.next()
      }
      tape.steps[index] = .affine(rows, target: target)
    }
    return tape
  }

  /// The output for one token, and the states after it.
  func step(_ token: [Double], from before: [[Double]]) -> (output: [Double], states: [[Double]]) {
    var registers = start
    for (state, values) in zip(states, before) { registers.replaceSubrange(state, with: values) }
    registers.replaceSubrange(input, with: token)
    for step in steps {
      switch step {
      case .affine(let rows, let target):
        registers.write(rows.applied(to: registers), at: target)
      case .relu(let sources, let target):
        registers.write(sources.map { registers[$0].positivePart }, at: target)
      case .multiply(let left, let right, let target):
        registers.write(zip(left, right).map { registers[$0] * registers[$1] }, at: target)
      case .keep(let sources, let target):
        registers.write(sources.map { registers[$0] }, at: target)
      }
    }
    return (output.map { registers[$0] }, states.map { Array(registers[$0]) })
  }
}

extension DisturbedTape.Rows {
  fileprivate func applied(to registers: [Double]) -> [Double] {
    registers.withUnsafeBufferPointer { registers in
      weights.withUnsafeBufferPointer { weights in
        offsets.indices.map { row in
          var sum = offsets[row]
          for place in starts[row]..<starts[row + 1] {
            sum += weights[place] * registers[columns[place]]
          }
          return sum
        }
      }
    }
  }
}

extension [Double] {
  fileprivate mutating func write(_ numbers: [Double], at place: Int) {
    for (index, number) in numbers.enumerated() { self[place + index] = number }
  }
}

extension Tape.Source {
  /// Where its coordinates are when slots lie end to end, each from its place on.
  fileprivate func registers(_ places: [Int]) -> [Int] {
    pieces.flatMap { piece in piece.range.map { places[piece.slot] + $0 } }
  }
}
