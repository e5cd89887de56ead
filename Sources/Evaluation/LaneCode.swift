import CKernels

/// Where a tape's slots lie in the one file of registers of the lane kernels.
struct RegisterLayout {
  /// By slot.
  let starts: [Int]

  /// A state is computed here, beside the old one, then copied over it.
  let scratch: Int
  let count: Int

  init(_ tape: Tape) {
    var starts: [Int] = []
    starts.reserveCapacity(tape.slotSizes.count)
    var total = 0
    for size in tape.slotSizes {
      starts.append(total)
      total += size
    }
    self.starts = starts
    scratch = total
    count = total + tape.states.reduce(0) { max($0, $1.initial.count) }
  }

  /// The registers of a source, in order.
  func registers(of source: Tape.Source) -> [Int32] {
    var registers: [Int32] = []
    registers.reserveCapacity(source.count)
    for piece in source.pieces {
      let start = starts[piece.slot]
      for index in piece.range { registers.append(Int32(truncatingIfNeeded: start + index)) }
    }
    return registers
  }
}

/// Instructions for the lane kernels under construction, their numbers end to end.
struct LaneCode<Number> {
  /// As the kernels number them.
  enum Kind: Int32 { case affine, relu, multiply, copy }

  private struct Entry {
    let kind: Kind
    let rows: Int
    let target: Int
    let start: Int
    let column: Int
    let offset: Int
  }

  private var entries: [Entry] = []
  private(set) var starts: [Int32] = []
  private(set) var columns: [Int32] = []

  /// By column, in affine instructions; anything in others.
  private(set) var weights: [Number] = []
  private(set) var offsets: [Number] = []

  private var rowCount = 0
  private var firstColumn = 0

  /// Begins an affine instruction, whose rows follow, first their products.
  mutating func beginRows(to target: Int) {
    entries.append(
      Entry(
        kind: .affine, rows: 0, target: target, start: starts.count, column: columns.count,
        offset: offsets.count))
    starts.append(0)
    firstColumn = columns.count
    rowCount = 0
  }

  mutating func add(_ weight: Number, times column: Int32) {
    columns.append(column)
    weights.append(weight)
  }

  mutating func endRow(offset: Number) {
    offsets.append(offset)
    starts.append(Int32(truncatingIfNeeded: columns.count - firstColumn))
    rowCount += 1
  }

  mutating func endRows() {
    let entry = entries.removeLast()
    entries.append(
      Entry(
        kind: .affine, rows: rowCount, target: entry.target, start: entry.start,
        column: entry.column, offset: entry.offset))
  }

  /// Forgets the affine instruction that was begun last.
  mutating func dropRows() {
    let entry = entries.removeLast()
    starts.removeSubrange(entry.start...)
    columns.removeSubrange(entry.column...)
    weights.removeSubrange(entry.column...)
    offsets.removeSubrange(entry.offset...)
  }

  mutating func append(
    _ kind: Kind, _ read: [Int32], rows: Int, to target: Int, filler: Number
  ) {
    entries.append(
      Entry(
        kind: kind, rows: rows, target: target, start: starts.count, column: columns.count,
        offset: offsets.count))
    columns += read
    weights += repeatElement(filler, count: read.count)
  }

  /// The weights and offsets of the instruction that was appended last.
  var lastNumbers: [Number] {
    guard let last = entries.last else { return [] }
    return Array(weights[last.column...]) + offsets[last.offset...]
  }

  func finish() -> LaneInstructions<Number> {
    let memory = LaneInstructions<Number>(
      starts: starts, columns: columns, weights: weights, offsets: offsets, count: entries.count)
    for (position, entry) in entries.enumerated() {
      memory.instructions[position] = ck_instruction(
        kind: entry.kind.rawValue, rows: Int32(truncatingIfNeeded: entry.rows),
        target: Int64(entry.target), starts: memory.starts + entry.start,
        columns: memory.columns + entry.column, weights: memory.weights + entry.column,
        offset: memory.offsets + entry.offset)
    }
    return memory
  }
}

/// Finished instructions: owns the memory that they point into, and never writes to it after
/// `LaneCode.finish`.
final class LaneInstructions<Number>: @unchecked Sendable {
  let count: Int
  let instructions: UnsafeMutablePointer<ck_instruction>
  let starts: UnsafeMutablePointer<Int32>
  let columns: UnsafeMutablePointer<Int32>
  let weights: UnsafeMutablePointer<Number>
  let offsets: UnsafeMutablePointer<Number>

  fileprivate init(
    starts: [Int32], columns: [Int32], weights: [Number], offsets: [Number], count: Int
  ) {
    self.count = count
    instructions = .allocate(capacity: max(count, 1))
    self.starts = LaneInstructions.copy(starts)
    self.columns = LaneInstructions.copy(columns)
    self.weights = LaneInstructions.copy(weights)
    self.offsets = LaneInstructions.copy(offsets)
  }

  deinit {
    instructions.deallocate()
    starts.deallocate()
    columns.deallocate()
    weights.deallocate()
    offsets.deallocate()
  }

  private static func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
    elements.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { copy.initialize(from: base, count: buffer.count) }
    }
    return copy
  }
}
