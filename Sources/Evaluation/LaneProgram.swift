import CKernels
import ExactArithmetic
import LSRL

/// A tape as the lane kernels want it: weights rounded, slots laid end to end in one file of
/// registers, columns counted in that file.
///
/// Owns the memory that its instructions point into, and never writes to it after `init`.
final class LaneProgram<Number: LaneNumber>: @unchecked Sendable {
  private(set) var instructions: [ck_instruction] = []
  let inputStart: Int
  let outputColumns: [Int32]

  /// Where each state starts, and what it starts as.
  let states: [(start: Int, initial: [Number])]
  let registerCount: Int

  private var blocks: [UnsafeMutableRawPointer] = []

  init(_ tape: Tape, registerLimit: Int) throws(EngineError) {
    var starts: [Int] = []
    var total = 0
    for size in tape.slotSizes {
      starts.append(total)
      total += size
    }
    // A state is computed beside the old one, then copied over it.
    let scratch = total
    total += tape.states.reduce(0) { max($0, $1.initial.count) }
    guard total <= registerLimit else {
      throw .tooManyNumbers(total, limit: registerLimit)
    }
    registerCount = total
    inputStart = starts[tape.inputSlot]
    outputColumns = tape.output.columns(starts)
    states = tape.states.map { (starts[$0.slot], $0.initial.map(Number.init(nearest:))) }
    for instruction in tape.instructions {
      let target = starts[instruction.slot]
      switch instruction {
      case .affine(let map, let source, _):
        append(map.offset, [(map.matrix, source.columns(starts))], to: target)
      case .relu(let source, _): append(.relu, source.columns(starts), source.count, to: target)
      case .multiply(let left, let right, _):
        append(
          .multiply, left.columns(starts) + right.columns(starts), left.count, to: target)
      case .update(let state, let source, _):
        let old = (0..<state.dimension).map { Int32(target + $0) }
        append(
          state.input.offset,
          [(state.recurrence, old), (state.input.matrix, source.columns(starts))], to: scratch)
        append(
          .copy, (0..<state.dimension).map { Int32(scratch + $0) }, state.dimension, to: target)
      }
    }
  }

  private typealias Kind = LaneInstructionKind

  deinit { for block in blocks { block.deallocate() } }

  private func append(_ kind: Kind, _ columns: [Int32], _ rows: Int, to target: Int) {
    instructions.append(
      ck_instruction(
        kind: kind.rawValue, rows: Int32(rows), target: Int64(target), starts: nil,
        columns: store(columns), weights: nil, offset: nil))
  }

  /// offset + A x + B y + …, each row's products in this order.
  private func append(_ offset: [Rational], _ terms: [(Matrix, [Int32])], to target: Int) {
    var starts: [Int32] = [0]
    var columns: [Int32] = []
    var weights: [Number] = []
    for row in offset.indices {
      for (matrix, places) in terms {
        for entry in matrix.row(row) {
          columns.append(places[entry.column])
          weights.append(Number(nearest: entry.value))
        }
      }
      starts.append(Int32(columns.count))
    }
    instructions.append(
      ck_instruction(
        kind: Kind.affine.rawValue, rows: Int32(offset.count), target: Int64(target),
        starts: store(starts), columns: store(columns), weights: store(weights),
        offset: store(offset.map(Number.init(nearest:)))))
  }

  private func store<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
    let count = max(elements.count, 1)
    let block = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Element>.stride, alignment: 64)
    blocks.append(block)
    let typed = block.bindMemory(to: Element.self, capacity: count)
    elements.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { typed.initialize(from: base, count: buffer.count) }
    }
    return UnsafePointer(typed)
  }
}

extension Tape.Source {
  /// Each coordinate's place, if slot s starts at `starts[s]`.
  func columns(_ starts: [Int]) -> [Int32] {
    pieces.flatMap { piece in piece.range.map { Int32(starts[piece.slot] + $0) } }
  }
}

/// As the kernels number them.
private enum LaneInstructionKind: Int32 {
  case affine, relu, multiply, copy
}
