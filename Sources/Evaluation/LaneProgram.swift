import ExactArithmetic
import LSRL

/// A tape as the lane kernels want it: slots laid end to end in one file of registers, columns
/// counted in that file.
struct LaneProgram<Number: LaneNumber>: Sendable {
  let code: LaneInstructions<Number>
  let inputStart: Int
  let inputDimension: Int
  let outputColumns: [Int32]

  /// What some registers hold before the first token: states and constants.
  let initial: [(start: Int, numbers: [Number])]
  let registerCount: Int
}

extension LaneProgram {
  /// The tape with every number rounded once.
  @specialized(where Number == Double)
  @specialized(where Number == Float)
  init(_ tape: Tape, registerLimit: Int) throws(EngineError) {
    let layout = RegisterLayout(tape)
    guard layout.count <= registerLimit else {
      throw .tooManyNumbers(layout.count, limit: registerLimit)
    }
    var code = LaneCode<Number>(for: tape)
    var initial = tape.states.map { state in
      (start: layout.starts[state.slot], numbers: state.initial.map(Number.init(nearest:)))
    }
    for (position, instruction) in tape.instructions.enumerated() {
      let target = layout.starts[instruction.slot]
      switch instruction {
      case .affine(let map, let source, _):
        code.append(map.offset, [(map.matrix, layout.registers(of: source))], to: target)
      case .relu(let source, _): code.append(.relu, layout.registers(of: source), to: target)
      case .keep(let source, _): code.append(.copy, layout.registers(of: source), to: target)
      case .multiply(let left, let right, _):
        code.append(
          .multiply, layout.registers(of: left) + layout.registers(of: right),
          rows: left.count, to: target, filler: .zero)
      case .update(let state, let source, _):
        let own = (0..<state.dimension).map { Int32(target + $0) }
        code.append(
          state.input.offset,
          [(state.recurrence, own), (state.input.matrix, layout.registers(of: source))],
          to: layout.scratch)
        code.append(.copy, own.indices.map { Int32(layout.scratch + $0) }, to: target)
      case .constant(let constants, _):
        let numbers = constants.compactMap { $0.value(in: Number.self) }
        guard numbers.count == constants.count else {
          throw .irrationalConstant(instruction: position)
        }
        initial.append((target, numbers))
      }
      if tape.needsFiniteWeights {
        let last = initial.last?.numbers ?? []
        guard code.hasFiniteEnd, last.allSatisfy(\.isFinite) else {
          throw .infiniteWeight(instruction: position)
        }
      }
    }
    self.init(
      code: code.finish(), inputStart: layout.starts[tape.inputSlot],
      inputDimension: tape.inputDimension,
      outputColumns: layout.registers(of: tape.output), initial: initial,
      registerCount: layout.count)
  }
}

extension LaneCode where Number: LaneNumber {
  fileprivate mutating func append(_ kind: Kind, _ read: [Int32], to target: Int) {
    append(kind, read, rows: read.count, to: target, filler: .zero)
  }

  /// offset + A x + B y + …, each row's products in this order.
  fileprivate mutating func append(
    _ offset: [Rational], _ terms: [(Matrix, [Int32])], to target: Int
  ) {
    beginRows(to: target)
    for row in offset.indices {
      for (matrix, places) in terms {
        for entry in matrix.row(row) {
          add(Number(nearest: entry.value), times: places[entry.column])
        }
      }
      endRow(offset: Number(nearest: offset[row]))
    }
    endRows()
  }

  /// Whether the numbers of the last instruction are finite.
  fileprivate var hasFiniteEnd: Bool { lastNumbers.allSatisfy(\.isFinite) }
}
