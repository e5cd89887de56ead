import ExactArithmetic

/// A tape in binary64 or binary32, many sequences at a time.
///
/// Every lane is bitwise what `Interpreter<Number>`, or the network's own equations, compute for its
/// sequence alone, with the order of operations that `Tape` promises; NaNs are equal to NaNs.
/// Subnormals are kept.
///
/// Prepared once, in `init`: weights rounded, instructions laid out. A batch then costs its
/// arithmetic; fewer sequences than lanes cost as much as all lanes, but one alone costs one.
///
/// Sequences may have different lengths: the longest go first, and lanes whose sequence has ended
/// read zeros that nobody looks at.
///
/// Has work space of its own, so each thread needs its own engine: `init(sharing:)`.
public final class FloatEngine<Number: LaneNumber> {
  private let program: LaneProgram<Number>

  /// For one lane, and for all; made when first needed.
  private var registers: (one: UnsafeMutablePointer<Number>?, many: UnsafeMutablePointer<Number>?)
  /// How many numbers a tape may keep at a time: half a gigabyte of registers.
  public static var registerLimit: Int { 1 << 22 }

  @specialized(where Number == Double)
  @specialized(where Number == Float)
  public init(
    _ tape: Tape, registerLimit: Int = FloatEngine.registerLimit
  ) throws(EngineError) {
    program = try LaneProgram(tape, registerLimit: registerLimit)
    registers = (nil, nil)
  }

  /// Another engine for the same tape.
  public init(sharing other: FloatEngine) {
    program = other.program
    registers = (nil, nil)
  }

  init(_ program: LaneProgram<Number>) {
    self.program = program
    registers = (nil, nil)
  }

  deinit {
    registers.one?.deallocate()
    registers.many?.deallocate()
  }

  private func registers(lanes: Int) -> UnsafeMutablePointer<Number> {
    if let made = lanes == 1 ? registers.one : registers.many { return made }
    let made = allocate(lanes: lanes)
    if lanes == 1 { registers.one = made } else { registers.many = made }
    return made
  }

  private func allocate(lanes: Int) -> UnsafeMutablePointer<Number> {
    let count = program.registerCount * lanes
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Number>.stride, alignment: 64)
    let registers = memory.bindMemory(to: Number.self, capacity: count)
    registers.initialize(repeating: 0, count: count)
    return registers
  }

  public var inputDimension: Int { program.inputDimension }

  public var outputDimension: Int { program.outputColumns.count }

  /// The outputs for one sequence, from the initial state.
  @specialized(where Number == Double)
  @specialized(where Number == Float)
  public func run(_ tokens: [[Number]]) throws(EngineError) -> [[Number]] {
    try run(SequenceBatch(dimension: inputDimension, [tokens]))[0]
  }

  /// The outputs for each sequence, each from the initial state.
  public func run(_ batch: SequenceBatch<Number>) throws(EngineError) -> SequenceBatch<Number> {
    try run(batch, continues: { true }, finished: { _ in })
  }

  /// The outputs for each sequence. After each token `continues` is asked whether to go on with the
  /// sequences that are run side by side, which `finished` is told when they have ended.
  @specialized(where Number == Double)
  @specialized(where Number == Float)
  func run(
    _ batch: SequenceBatch<Number>, continues: () -> Bool,
    finished: (ArraySlice<Int>) -> Void
  ) throws(EngineError) -> SequenceBatch<Number> {
    guard batch.dimension == inputDimension else {
      throw .tokenSize(expected: inputDimension, found: batch.dimension)
    }
    let order = batch.longestFirst
    var outputs = [Number](repeating: 0, count: batch.vectorCount * outputDimension)
    batch.numbers.withUnsafeBufferPointer { tokens in
      outputs.withUnsafeMutableBufferPointer { outputs in
        guard let tokens = tokens.baseAddress, let outputs = outputs.baseAddress else { return }
        for start in stride(from: 0, to: order.count, by: Number.laneCount) {
          let group = order[start..<min(start + Number.laneCount, order.count)]
          run(group, of: batch, tokens, into: outputs, while: continues)
          finished(group)
        }
      }
    }
    return SequenceBatch(dimension: outputDimension, lengthsOf: batch, numbers: outputs)
  }

  /// Runs the sequences `group`, the longest first, side by side.
  private func run(
    _ group: ArraySlice<Int>, of batch: SequenceBatch<Number>, _ tokens: UnsafePointer<Number>,
    into outputs: UnsafeMutablePointer<Number>, while continues: () -> Bool
  ) {
    let lanes = group.count == 1 ? 1 : Number.laneCount
    let length = group.first.map(batch.length) ?? 0
    let registers = registers(lanes: lanes)
    reset(registers, lanes: lanes)
    var inputs = [Int64](repeating: -1, count: lanes)
    var results = inputs
    let input = registers + program.inputStart * lanes
    for time in 0..<length {
      for (lane, sequence) in group.enumerated() {
        let isRunning = time < batch.length(sequence)
        let vector = Int64(batch.starts[sequence] + time)
        inputs[lane] = isRunning ? vector * Int64(inputDimension) : -1
        results[lane] = isRunning ? vector * Int64(outputDimension) : -1
      }
      Number.load(tokens, at: inputs, size: inputDimension, into: input)
      Number.run(program.code.instructions, program.code.count, lanes: lanes, on: registers)
      Number.store(registers, program.outputColumns, at: results, into: outputs)
      guard continues() else { return }
    }
  }

  private func reset(_ registers: UnsafeMutablePointer<Number>, lanes: Int) {
    for (start, initial) in program.initial {
      for (index, value) in initial.enumerated() {
        (registers + (start + index) * lanes).update(repeating: value, count: lanes)
      }
    }
  }
}
