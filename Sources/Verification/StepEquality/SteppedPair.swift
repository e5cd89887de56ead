import Certificates
import ExactArithmetic

/// One step of both programs, on symbols, under assumptions.
struct SteppedPair {
  private var table: SymbolTable
  private let comparison: StepComparison
  private let coordinates: [JointCoordinate]

  /// Enclosures of the coordinates, whatever is assumed.
  private let ranges: [Interval]
  private let modes: Modes

  /// What may be worth showing on the way.
  private let habits: RectifierHabits
  private var before: [[Polynomial]] = []
  private var after: [[Polynomial]] = []

  init(
    _ comparison: StepComparison, _ coordinates: [JointCoordinate],
    assuming relations: JointRelations, _ ranges: [Interval], _ habits: RectifierHabits,
    _ attempt: StepAttempt, _ meter: WorkMeter
  ) throws(TooLarge) {
    table = SymbolTable(meter: meter, expansion: attempt.expansion)
    self.comparison = comparison
    self.coordinates = coordinates
    self.ranges = ranges
    self.habits = habits
    let token = try comparison.directions(for: attempt).token(in: &table)
    var values: [Polynomial] = []
    for coordinate in coordinates.indices {
      if let combination = relations.combinations[coordinate] {
        values.append(values.combined(combination))
      } else {
        let range = relations.range(of: coordinate, within: ranges[coordinate])
        values.append(try table.variable(within: range))
      }
    }
    modes = try Self.modes(relations, values, ranges, &table)
    var old = comparison.before.initial.map { _ in [Polynomial]() }
    var new = comparison.after.initial.map { _ in [Polynomial]() }
    for (coordinate, value) in zip(coordinates, values) {
      switch coordinate.side {
      case .before: old[coordinate.node].append(value)
      case .after: new[coordinate.node].append(value)
      }
    }
    try step(token, old, new)
  }

  private static func modes(
    _ relations: JointRelations, _ values: [Polynomial], _ ranges: [Interval],
    _ table: inout SymbolTable
  ) throws(TooLarge) -> Modes {
    var modes = Modes(relations.alternatives, values)
    for group in relations.guardedGroups {
      var bounds: [(value: Polynomial, least: Rational, excess: Polynomial)] = []
      for relation in group {
        let range = relations.range(of: relation.bounded, within: ranges[relation.bounded])
        let excess = range.upper.map { $0 - relation.least }
        // Never that large. What is not assumed does no harm.
        if let excess, excess < 0 { continue }
        bounds.append(
          (
            values[relation.bounded], relation.least,
            try table.variable(within: Interval(0, excess))
          ))
      }
      let first = group[0]
      modes.add(
        values[first.coordinate], is: first.twin.map { values[$0] } ?? Polynomial(0), or: bounds)
    }
    return modes
  }

  /// The values at the start.
  private init(
    startOf comparison: StepComparison, _ coordinates: [JointCoordinate], _ ranges: [Interval],
    _ attempt: StepAttempt, _ meter: WorkMeter
  ) {
    table = SymbolTable(meter: meter, expansion: attempt.expansion)
    self.comparison = comparison
    self.coordinates = coordinates
    self.ranges = ranges
    habits = RectifierHabits()
    modes = Modes([], [])
    before = comparison.before.nodes.indices.map { node in
      comparison.before.initialValue(of: node).map { Polynomial($0) }
    }
    after = comparison.after.nodes.indices.map { node in
      comparison.after.initialValue(of: node).map { Polynomial($0) }
    }
  }

  /// Why the outputs might differ within the first steps; nil if they are the same. Drops the
  /// relations that are not shown to hold after these.
  static func obstacle(
    inFirstSteps count: Int, of comparison: StepComparison, _ coordinates: [JointCoordinate],
    _ ranges: [Interval], _ attempt: StepAttempt, _ meter: WorkMeter,
    to relations: inout JointRelations
  ) throws(TooLarge) -> String? {
    var pair = SteppedPair(startOf: comparison, coordinates, ranges, attempt, meter)
    for step in 0..<count {
      let (old, new) = (pair.before, pair.after)
      (pair.before, pair.after) = ([], [])
      let token = try comparison.directions(for: attempt).token(in: &pair.table)
      try pair.step(token, old, new)
      if let obstacle = pair.obstacleInOutputs() {
        return "step \(step): \(obstacle)"
      }
    }
    while try pair.drops(from: &relations) {}
    return nil
  }

  /// All nodes of both, in order. Where nodes are the same and read the same, so is what they give.
  private mutating func step(
    _ token: [Polynomial], _ old: [[Polynomial]], _ new: [[Polynomial]]
  ) throws(TooLarge) {
    let nodes = comparison.before.nodes
    for (position, node) in nodes.enumerated() {
      let value = try table.value(of: node, at: position, token, before, old)
      before.append(closed(value, habits.closedBefore[position]))
    }
    for (position, node) in comparison.after.nodes.enumerated() {
      let isSame =
        position < nodes.count && node == nodes[position]
        && node.sources(at: position).allSatisfy { source in
          switch source {
          case .now(let source): before[source] == after[source]
          case .last(let source): source < old.count && old[source] == new[source]
          }
        }
      if isSame {
        after.append(before[position])
        continue
      }
      let value = try table.value(of: node, at: position, token, after, new)
      after.append(merged(closed(value, habits.closedAfter[position]), at: position))
    }
  }

  /// Cases that are looked at to show what a ReLU always did.
  private static let casesForEachHabit = 48

  /// With zeros where a ReLU is shown to let nothing through.
  private mutating func closed(_ value: [Polynomial], _ habit: [Bool]?) -> [Polynomial] {
    guard let habit else { return value }
    return zip(value, habit).map { value, isClosed in
      guard isClosed, value.constant == nil,
        holds(.anyZero([[value]]), Self.casesForEachHabit)
      else { return value }
      return Polynomial(0)
    }
  }

  /// With what the node of this number has in the other program, where that is shown to be the same.
  private mutating func merged(_ value: [Polynomial], at position: Int) -> [Polynomial] {
    guard let habit = habits.equal[position] else { return value }
    return value.indices.map { place in
      guard habit[place], value[place] != before[position][place],
        holds(.anyZero([[value[place] - before[position][place]]]), Self.casesForEachHabit)
      else { return value[place] }
      return before[position][place]
    }
  }

  /// Drops the relations that do not hold after the step, as far as shown; whether there were any.
  mutating func drops(from relations: inout JointRelations) throws(TooLarge) -> Bool {
    let cases = StepComparison.casesForEach
    let values = coordinates.map { coordinate in
      switch coordinate.side {
      case .before: before[coordinate.node][coordinate.place]
      case .after: after[coordinate.node][coordinate.place]
      }
    }
    var combinations: [Int] = []
    for (coordinate, combination) in relations.combinations.enumerated() {
      guard let combination else { continue }
      try table.meter.spend(1 + combination.terms.count)
      let difference = values[coordinate] - values.combined(combination)
      if !holds(.anyZero([[difference]]), cases) { combinations.append(coordinate) }
    }
    var alternatives: [JointRelations.Alternative] = []
    for alternative in relations.alternatives {
      try table.meter.spend(8)
      let options = alternative.map { option in
        option.map { values[$0.coordinate] - Polynomial($0.value) }
      }
      if !holds(.anyZero(options), cases) { alternatives.append(alternative) }
    }
    var guarded: [GuardedRelation] = []
    for relation in relations.guarded {
      try table.meter.spend(8)
      let other = relation.twin.map { values[$0] } ?? Polynomial(0)
      let goal = Goal.zeroOrNonnegative(
        values[relation.coordinate] - other,
        values[relation.bounded] - Polynomial(relation.least))
      if !holds(goal, cases) { guarded.append(relation) }
    }
    var (leasts, greatests): ([Int], [Int]) = ([], [])
    for coordinate in coordinates.indices where relations.combinations[coordinate] == nil {
      let value = values[coordinate]
      try table.meter.spend(1)
      if let least = relations.leasts[coordinate],
        !(ranges[coordinate].lower.map { $0 >= least } ?? false),
        !holds(.nonnegative(value - Polynomial(least)), cases / 16)
      {
        leasts.append(coordinate)
      }
      if let greatest = relations.greatests[coordinate],
        !(ranges[coordinate].upper.map { $0 <= greatest } ?? false),
        !holds(.nonnegative(Polynomial(greatest) - value), cases / 16)
      {
        greatests.append(coordinate)
      }
    }
    // What nothing was left for is not refuted.
    try table.meter.spend(0)
    if combinations.isEmpty, alternatives.isEmpty, guarded.isEmpty, leasts.isEmpty,
      greatests.isEmpty
    {
      return false
    }
    relations.drop(
      combinations: combinations, alternatives: alternatives, guarded: guarded, leasts: leasts,
      greatests: greatests)
    return true
  }

  mutating func obstacleInOutputs() -> String? {
    let (old, new) = (before[comparison.before.output], after[comparison.after.output])
    guard old.count == new.count else { return "outputs of two dimensions" }
    for place in old.indices {
      let difference = new[place] - old[place]
      guard holds(.anyZero([[difference]]), StepComparison.casesForEach) else {
        return "output \(place) may differ, by \(difference.terms.count) terms"
      }
    }
    return nil
  }

  private mutating func holds(_ goal: Goal, _ cases: Int) -> Bool {
    var budget = cases
    return (try? table.isAlways(goal, in: modes, budget: &budget)) ?? false
  }
}
