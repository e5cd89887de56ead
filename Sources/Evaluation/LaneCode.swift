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
    list(source, in: &registers)
    return registers
  }

  /// `registers` become those of a source. Keeps their memory.
  func list(_ source: Tape.Source, in registers: inout [Int32]) {
    registers.removeAll(keepingCapacity: true)
    registers.reserveCapacity(source.count)
    for piece in source.pieces {
      let start = starts[piece.slot]
      for index in piece.range { registers.append(Int32(truncatingIfNeeded: start + index)) }
    }
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

  /// Room for the code of `tape`, so that arrays need not grow.
  init(for tape: Tape) {
    var (rows, products) = (0, 0)
    for instruction in tape.instructions {
      let count = instruction.count
      switch instruction {
      case .affine(let map, _, _): products += map.matrix.nonzeroCount
      case .update(let state, _, _):
        products += state.recurrence.nonzeroCount + state.input.matrix.nonzeroCount + count
      case .multiply: products += 2 * count
      case .relu, .keep: products += count
      case .constant: continue
      }
      rows += count + 1
    }
    entries.reserveCapacity(tape.instructions.count + tape.states.count)
    starts.reserveCapacity(rows)
    offsets.reserveCapacity(rows)
    columns.reserveCapacity(products)
    weights.reserveCapacity(products)
  }

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
    starts.removeLast(starts.count - entry.start)
    columns.removeLast(columns.count - entry.column)
    weights.removeLast(weights.count - entry.column)
    offsets.removeLast(offsets.count - entry.offset)
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
    LaneInstructions(starts, columns, weights, offsets, count: entries.count) { position, memory in
      let entry = entries[position]
      return ck_instruction(
        kind: entry.kind.rawValue, rows: Int32(truncatingIfNeeded: entry.rows),
        target: Int64(entry.target), starts: memory.starts + entry.start,
        columns: memory.columns + entry.column, weights: memory.weights + entry.column,
        offset: memory.offsets + entry.offset)
    }
  }
}

/// Finished instructions, and all that they point to, in one block of memory that is never written
/// to after `init`.
final class LaneInstructions<Number>: @unchecked Sendable {
  struct Memory {
    let starts: UnsafePointer<Int32>
    let columns: UnsafePointer<Int32>
    let weights: UnsafePointer<Number>
    let offsets: UnsafePointer<Number>
  }

  let count: Int
  let instructions: UnsafePointer<ck_instruction>
  private let block: UnsafeMutableRawPointer

  fileprivate init(
    _ starts: [Int32], _ columns: [Int32], _ weights: [Number], _ offsets: [Number], count: Int,
    instruction: (Int, Memory) -> ck_instruction
  ) {
    self.count = count
    var size = 0
    func reserve<Element>(_ count: Int, _ type: Element.Type) -> Int {
      let alignment = MemoryLayout<Element>.alignment
      let start = (size + alignment - 1) / alignment * alignment
      size = start + count * MemoryLayout<Element>.stride
      return start
    }
    let places = (
      reserve(count, ck_instruction.self), reserve(weights.count, Number.self),
      reserve(offsets.count, Number.self), reserve(columns.count, Int32.self),
      reserve(starts.count, Int32.self)
    )
    let block = UnsafeMutableRawPointer.allocate(byteCount: max(size, 1), alignment: 64)
    self.block = block
    func fill<Element>(_ elements: [Element], at place: Int) -> UnsafePointer<Element> {
      let start = (block + place).bindMemory(to: Element.self, capacity: elements.count)
      elements.withUnsafeBufferPointer { buffer in
        if let base = buffer.baseAddress { start.initialize(from: base, count: buffer.count) }
      }
      return UnsafePointer(start)
    }
    let memory = Memory(
      starts: fill(starts, at: places.4), columns: fill(columns, at: places.3),
      weights: fill(weights, at: places.1), offsets: fill(offsets, at: places.2))
    let start = (block + places.0).bindMemory(to: ck_instruction.self, capacity: count)
    for position in 0..<count {
      (start + position).initialize(to: instruction(position, memory))
    }
    instructions = UnsafePointer(start)
  }

  deinit { block.deallocate() }
}
