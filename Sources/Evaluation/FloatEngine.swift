import ExactArithmetic

/// A tape in binary64 or binary32, many sequences at a time.
///
/// Every lane is bitwise what `Interpreter<Number>` computes for its sequence alone, with the
/// order of operations that `Tape` promises; NaNs are equal to NaNs. Subnormals are kept.
///
/// Sequences may have different lengths: the longest go first, and lanes whose sequence has ended
/// read zeros that nobody looks at.
///
/// Has work space of its own, so each thread needs its own engine: `init(sharing:)`.
public final class FloatEngine<Number: LaneNumber> {
  private let program: LaneProgram<Number>
  private let registers: UnsafeMutablePointer<Number>
  public let inputDimension: Int

  /// How many numbers a tape may keep at a time: half a gigabyte of registers.
  public static var registerLimit: Int { 1 << 22 }

  public init(
    _ tape: Tape, registerLimit: Int = FloatEngine.registerLimit
  ) throws(EngineError) {
    program = try LaneProgram(tape, registerLimit: registerLimit)
    inputDimension = tape.inputDimension
    registers = FloatEngine.allocate(program)
  }

  /// Another engine for the same tape.
  public init(sharing other: FloatEngine) {
    program = other.program
    inputDimension = other.inputDimension
    registers = FloatEngine.allocate(program)
  }

  deinit { registers.deallocate() }

  private static func allocate(_ program: LaneProgram<Number>) -> UnsafeMutablePointer<Number> {
    let count = program.registerCount * Number.laneCount
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Number>.stride, alignment: 64)
    let registers = memory.bindMemory(to: Number.self, capacity: count)
    registers.initialize(repeating: 0, count: count)
    return registers
  }

  public var outputDimension: Int { program.outputColumns.count }

  /// The outputs for one sequence, from the initial state.
  public func run(_ tokens: [[Number]]) throws(EngineError) -> [[Number]] {
    try run(SequenceBatch(dimension: inputDimension, [tokens]))[0]
  }

  /// The outputs for each sequence, each from the initial state.
  public func run(_ batch: SequenceBatch<Number>) throws(EngineError) -> SequenceBatch<Number> {
    guard batch.dimension == inputDimension else {
      throw .tokenSize(expected: inputDimension, found: batch.dimension)
    }
    let order = (0..<batch.count).sorted { batch.length($0) > batch.length($1) }
    var outputs = [Number](repeating: 0, count: batch.vectorCount * outputDimension)
    batch.numbers.withUnsafeBufferPointer { tokens in
      outputs.withUnsafeMutableBufferPointer { outputs in
        guard let tokens = tokens.baseAddress, let outputs = outputs.baseAddress else { return }
        for start in stride(from: 0, to: order.count, by: Number.laneCount) {
          let group = order[start..<min(start + Number.laneCount, order.count)]
          run(group, of: batch, tokens, into: outputs)
        }
      }
    }
    return SequenceBatch(dimension: outputDimension, lengthsOf: batch, numbers: outputs)
  }

  /// Runs the sequences `group`, the longest first, side by side.
  private func run(
    _ group: ArraySlice<Int>, of batch: SequenceBatch<Number>, _ tokens: UnsafePointer<Number>,
    into outputs: UnsafeMutablePointer<Number>
  ) {
    let lanes = group.count == 1 ? 1 : Number.laneCount
    let length = group.first.map(batch.length) ?? 0
    reset(lanes: lanes)
    var inputs = [Int64](repeating: -1, count: lanes)
    var results = inputs
    program.instructions.withUnsafeBufferPointer { instructions in
      for time in 0..<length {
        for (lane, sequence) in group.enumerated() {
          let isRunning = time < batch.length(sequence)
          let vector = Int64(batch.starts[sequence] + time)
          inputs[lane] = isRunning ? vector * Int64(inputDimension) : -1
          results[lane] = isRunning ? vector * Int64(outputDimension) : -1
        }
        let input = registers + program.inputStart * lanes
        Number.load(tokens, at: inputs, size: inputDimension, into: input)
        if let first = instructions.baseAddress {
          Number.run(first, instructions.count, lanes: lanes, on: registers)
        }
        Number.store(registers, program.outputColumns, at: results, into: outputs)
      }
    }
  }

  private func reset(lanes: Int) {
    for (start, initial) in program.states {
      for (index, value) in initial.enumerated() {
        (registers + (start + index) * lanes).update(repeating: value, count: lanes)
      }
    }
  }
}
