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

  /// What was remembered by both, in some of the runs' steps, where the numbers are short.
  private var states: [State] = []

  private struct State {
    var source: [[Rational]]
    var target: [[Rational]]
  }

  private static let mostStates = 256

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

  /// Runs from states between those that were observed: what holds of all states that programs come
  /// to, and is linear, holds of these, but not what only holds of times. Signs are those of the runs
  /// from the start.
  mutating func observeBetween(_ tokens: [[Rational]], choosing random: inout RandomWords) {
    guard !states.isEmpty else { return }
    let (one, other) = (
      states[random.index(below: states.count)], states[random.index(below: states.count)]
    )
    let part = Rational(random.index(below: 15) + 1, 16)
    var state = State(
      source: one.source.mixed(with: other.source, part),
      target: one.target.mixed(with: other.target, part))
    for token in tokens {
      add(state.source, state.target)
      guard !Observations.isLong(state.source), !Observations.isLong(state.target) else { return }
      state.source = source.values(reading: token, after: state.source)
      state.target = target.values(reading: token, after: state.target)
      let isShort = ![state.source, state.target].contains {
        $0.contains { $0.contains { $0.bitCount > 256 } }
      }
      if isShort, states.count < Observations.mostStates { states.append(state) }
    }
    add(state.source, state.target)
  }

  private mutating func add(_ source: [[Rational]], _ target: [[Rational]]) {
    let row = memories.map { memory in
      let values = memory.side == .source ? source : target
      return Residue(values[memory.place.node][memory.place.place])
    }
    if known.insert(row).inserted { rows.append(row) }
  }

  private mutating func sample(_ source: [[Rational]], _ target: [[Rational]]) {
    if states.count < Observations.mostStates / 2 {
      states.append(State(source: source, target: target))
    }
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

  /// By memory, what was remembered in some of the steps.
  var remembered: [[Rational]] {
    states.map { state in
      memories.map { memory in
        let values = memory.side == .source ? state.source : state.target
        return values[memory.place.node][memory.place.place]
      }
    }
  }

  static func isLong(_ values: [[Rational]]) -> Bool {
    values.contains { $0.contains { $0.bitCount > bitLimit } }
  }
}

extension [[Rational]] {
  /// `part` · self + (1 − `part`) · `other`, where both have a number.
  fileprivate func mixed(with other: [[Rational]], _ part: Rational) -> [[Rational]] {
    zip(self, other).map { zip($0, $1).map { $1 + part * ($0 - $1) } }
  }
}
