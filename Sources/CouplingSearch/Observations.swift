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
///
/// Runs are followed at a glance (`Glimpse`), and with rationals from where that does not show a
/// sign.
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

  /// Steps of both programs that were followed with rationals.
  private(set) var exactStepCount = 0

  /// All values of both programs, in some of the runs' steps.
  private var states: [State] = []

  private struct State {
    var source: [Glimpse]
    var target: [Glimpse]
  }

  private static let mostStates = 256

  /// The tokens of so many runs that they have half as many steps together.
  private var firstRuns: [[[Rational]]] = []

  private var known: Set<[Residue]> = []
  private let source: CellProgram
  private let target: CellProgram
  private let glimpsed: (source: GlimpsedProgram, target: GlimpsedProgram)

  /// By memory, where it is in the values of its program, and what it is before the first step.
  private let places: [Int]
  private let starts: [Glimpse]

  /// Values of more bits end a run: products of products grow.
  private static let bitLimit = 1 << 14

  /// So many steps are followed with rationals in all; runs that are unclear after that end there.
  private static let mostExactSteps = 200

  /// Precondition: `dimensions` are those of the programs.
  init(
    of memories: [Memory], source: CellProgram, target: CellProgram,
    dimensions: (source: [Int], target: [Int])
  ) {
    self.memories = memories
    self.source = source
    self.target = target
    let glimpsed = (
      source: GlimpsedProgram(source, dimensions: dimensions.source),
      target: GlimpsedProgram(target, dimensions: dimensions.target)
    )
    self.glimpsed = glimpsed
    places = memories.map { memory in
      let program = memory.side == .source ? glimpsed.source : glimpsed.target
      return program.starts[memory.place.node] + memory.place.place
    }
    starts = zip(memories, places).map { memory, place in
      (memory.side == .source ? glimpsed.source : glimpsed.target).initial[place]
    }
    isNonnegative = memories.map { _ in true }
    isNonpositive = isNonnegative
    isAtLeastStart = isNonnegative
    isAtMostStart = isNonnegative
  }

  var sampleCount: Int { rows.count }

  // MARK: From the start

  /// One run.
  mutating func observe(_ tokens: [[Rational]]) {
    if firstRuns.reduce(0, { $0 + $1.count }) < Observations.mostStates / 2 {
      firstRuns.append(tokens)
    }
    guard let seen = glimpse(tokens), exactStepCount < Observations.mostExactSteps else { return }
    observeExactly(tokens, after: seen)
  }

  /// Follows a run at a glance. Gives how many steps were seen if it has to be looked at closely
  /// then; nil: it was followed to the end, or until numbers are large: they show nothing new then.
  private mutating func glimpse(_ tokens: [[Rational]]) -> Int? {
    var before = State(source: glimpsed.source.initial, target: glimpsed.target.initial)
    var after = before
    guard sample(before) else { return 0 }
    for (position, token) in tokens.enumerated() {
      switch step(reading: token.map(Glimpse.init), after: before, into: &after) {
      case .clear: guard isOutputEqual(in: after), sample(after) else { return position }
      case .unclear: return position
      case .far: return nil
      }
      swap(&before, &after)
    }
    return nil
  }

  private func step(
    reading token: [Glimpse], after before: State, into after: inout State
  ) -> GlimpsedProgram.Sight {
    let sight = glimpsed.source.step(reading: token, after: before.source, into: &after.source)
    guard sight == .clear else { return sight }
    return glimpsed.target.step(reading: token, after: before.target, into: &after.target)
  }

  private func isOutputEqual(in state: State) -> Bool {
    func output(_ program: GlimpsedProgram, _ node: Int, _ values: [Glimpse]) -> ArraySlice<Glimpse>
    {
      values[program.starts[node]..<program.starts[node + 1]]
    }
    let source = output(glimpsed.source, source.output, state.source)
    let target = output(glimpsed.target, target.output, state.target)
    return source.count == target.count
      && zip(source, target).allSatisfy { $0.residue == $1.residue }
  }

  /// The same run with rationals; samples only what comes after `seen` steps.
  private mutating func observeExactly(_ tokens: [[Rational]], after seen: Int) {
    var before = (source: source.memory(Rational.self), target: target.memory(Rational.self))
    sample(before.source, before.target)
    for (position, token) in tokens.enumerated() {
      exactStepCount += 1
      before.source = source.values(reading: token, after: before.source)
      before.target = target.values(reading: token, after: before.target)
      if before.source[source.output] != before.target[target.output] {
        counterexample = counterexample ?? Array(tokens[...position])
        return
      }
      if position >= seen { sample(before.source, before.target) }
      guard !Observations.isLong(before.source), !Observations.isLong(before.target) else { return }
    }
  }

  static func isLong(_ values: [[Rational]]) -> Bool {
    values.contains { $0.contains { $0.bitCount > bitLimit } }
  }

  // MARK: From between

  /// Runs from states between those that were observed: what holds of all states that programs come
  /// to, and is linear, holds of these, but not what only holds of times. Signs are those of the runs
  /// from the start.
  mutating func observeBetween(_ tokens: [[Rational]], choosing random: inout RandomWords) {
    guard !states.isEmpty else { return }
    let (one, other) = (
      states[random.index(below: states.count)], states[random.index(below: states.count)]
    )
    let part = Glimpse(Rational(random.index(below: 15) + 1, 16))
    var state = State(
      source: one.source.mixed(with: other.source, part),
      target: one.target.mixed(with: other.target, part))
    var next = state
    for token in tokens {
      add(row(of: state).map(\.residue))
      guard step(reading: token.map(Glimpse.init), after: state, into: &next) == .clear else {
        return
      }
      swap(&state, &next)
      if states.count < Observations.mostStates { states.append(state) }
    }
    add(row(of: state).map(\.residue))
  }

  // MARK: Samples

  private mutating func add(_ row: [Residue]) {
    if known.insert(row).inserted { rows.append(row) }
  }

  private func row(of state: State) -> [Glimpse] {
    zip(memories, places).map { memory, place in
      (memory.side == .source ? state.source : state.target)[place]
    }
  }

  /// False, and takes no sample, if a sign is not seen.
  private mutating func sample(_ state: State) -> Bool {
    let row = row(of: state)
    let signs = row.map(\.signum)
    let changes = zip(row, starts).map { ($0 - $1).signum }
    for number in row.indices {
      // A sign that was refuted before need not be seen.
      if signs[number] == nil, isNonnegative[number] || isNonpositive[number] { return false }
      if changes[number] == nil, isAtLeastStart[number] || isAtMostStart[number] { return false }
    }
    for number in row.indices { note(number, sign: signs[number], change: changes[number]) }
    if states.count < Observations.mostStates / 2 { states.append(state) }
    add(row.map(\.residue))
    return true
  }

  private mutating func sample(_ source: [[Rational]], _ target: [[Rational]]) {
    var row: [Residue] = []
    row.reserveCapacity(memories.count)
    for (number, memory) in memories.enumerated() {
      let values = memory.side == .source ? source : target
      let value = values[memory.place.node][memory.place.place]
      note(number, sign: value.signum, change: (value - start(of: memory)).signum)
      row.append(Residue(value))
    }
    add(row)
  }

  private mutating func note(_ number: Int, sign: Int?, change: Int?) {
    if sign == -1 { isNonnegative[number] = false }
    if sign == 1 { isNonpositive[number] = false }
    if change == -1 { isAtLeastStart[number] = false }
    if change == 1 { isAtMostStart[number] = false }
  }

  /// What it is before the first step.
  func start(of memory: Memory) -> Rational {
    let program = memory.side == .source ? source : target
    return program.initialValue(of: memory.place.node)[memory.place.place]
  }

  /// By memory, what was remembered in the first steps that were observed.
  var remembered: [[Rational]] {
    var rows: [[Rational]] = []
    for tokens in firstRuns {
      var before = (source: source.memory(Rational.self), target: target.memory(Rational.self))
      for step in 0...tokens.count where rows.count < Observations.mostStates / 2 {
        rows.append(
          memories.map { memory in
            let values = memory.side == .source ? before.source : before.target
            return values[memory.place.node][memory.place.place]
          })
        guard step < tokens.count, !Observations.isLong(before.source),
          !Observations.isLong(before.target)
        else { break }
        before.source = source.values(reading: tokens[step], after: before.source)
        before.target = target.values(reading: tokens[step], after: before.target)
      }
    }
    return rows
  }
}

extension [Glimpse] {
  /// `part` · self + (1 − `part`) · `other`.
  fileprivate func mixed(with other: [Glimpse], _ part: Glimpse) -> [Glimpse] {
    zip(self, other).map { one, other in
      var mixed = other
      mixed.add(part, times: one - other)
      return mixed
    }
  }
}
