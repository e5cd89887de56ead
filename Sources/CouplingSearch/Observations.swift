import Certificates
import ExactArithmetic

/// A remembered number of the source or of the target.
struct Memory: Hashable {
  enum Side: Hashable { case source, target }

  let side: Side
  let place: Certificate.Coordinate
}

/// What remembered numbers were, before the first step and after each, in some runs of source and
/// target on the same random tokens.
struct Observations {
  let memories: [Memory]

  /// Samples of all memories, each once.
  private(set) var rows: [[Residue]] = []

  /// By memory, whether it was never negative, and never positive.
  private(set) var isNonnegative: [Bool]
  private(set) var isNonpositive: [Bool]

  /// By memory, whether it was never less than it is before the first step, and never more.
  private(set) var isAtLeastStart: [Bool]
  private(set) var isAtMostStart: [Bool]

  /// The first tokens on which the outputs differed.
  private(set) var counterexample: [[Rational]]?

  private var known: Set<[Residue]> = []
  private let source: CellProgram
  private let target: CellProgram

  /// Values of more bits end a run: products of products grow.
  private static let bitLimit = 1 << 14

  init(of memories: [Memory], source: CellProgram, target: CellProgram) {
    self.memories = memories
    self.source = source
    self.target = target
    isNonnegative = memories.map { _ in true }
    isNonpositive = isNonnegative
    isAtLeastStart = isNonnegative
    isAtMostStart = isNonnegative
  }

  var sampleCount: Int { rows.count }

  /// One run, from the start.
  mutating func observe(_ tokens: [[Rational]]) {
    var before = (source: source.memory(Rational.self), target: target.memory(Rational.self))
    sample(before.source, before.target)
    for (position, token) in tokens.enumerated() {
      before.source = source.values(reading: token, after: before.source)
      before.target = target.values(reading: token, after: before.target)
      if before.source[source.output] != before.target[target.output] {
        counterexample = counterexample ?? Array(tokens[...position])
        return
      }
      sample(before.source, before.target)
      guard !Observations.isLong(before.source), !Observations.isLong(before.target) else { return }
    }
  }

  private mutating func sample(_ source: [[Rational]], _ target: [[Rational]]) {
    var row: [Residue] = []
    row.reserveCapacity(memories.count)
    for (number, memory) in memories.enumerated() {
      let values = memory.side == .source ? source : target
      let value = values[memory.place.node][memory.place.place]
      if value.signum < 0 { isNonnegative[number] = false }
      if value.signum > 0 { isNonpositive[number] = false }
      let start = start(of: memory)
      if value < start { isAtLeastStart[number] = false }
      if value > start { isAtMostStart[number] = false }
      row.append(Residue(value))
    }
    if known.insert(row).inserted { rows.append(row) }
  }

  /// What it is before the first step.
  func start(of memory: Memory) -> Rational {
    let program = memory.side == .source ? source : target
    return program.initialValue(of: memory.place.node)[memory.place.place]
  }

  private static func isLong(_ values: [[Rational]]) -> Bool {
    values.contains { $0.contains { $0.bitCount > bitLimit } }
  }
}
