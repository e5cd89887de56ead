import Certificates
import ExactArithmetic

/// States of both programs, those that were come to and others around them, in which all claims
/// hold: functions and bounds, of linked numbers, too.
///
/// If those of a coupling are among the claims, what breaks after a step from such a state is none
/// of them. Where linked numbers may be anything, a relation that holds by chance takes some out of
/// their bounds, and then what is true breaks as well.
struct Surroundings {
  /// By memory.
  private(set) var states: [[Rational]]

  /// The numbers whose functions are looked at for longer.
  var suspects: Set<Int> = []

  private let source: CellProgram
  private let target: CellProgram
  private let inputBounds: [Interval]
  private let memories: [Memory]
  private let budget: SearchBudget?
  private let stepCost: Int
  private var cones: [[Memory]: Cone] = [:]
  private var random: RandomNumbers

  private static let mostStates = 512

  /// Of longer numbers nothing is learnt that shorter ones do not show.
  private static let bitLimit = 256

  init(
    _ states: [[Rational]], of memories: [Memory], source: CellProgram, target: CellProgram,
    inputBounds: [Interval], budget: SearchBudget?
  ) {
    self.states = states.filter(Surroundings.isShort)
    self.source = source
    self.target = target
    self.inputBounds = inputBounds
    self.memories = memories
    self.budget = budget
    stepCost = source.stepCost + target.stepCost
    random = RandomNumbers(seed: UInt64(memories.count))
  }

  private static func isShort(_ state: [Rational]) -> Bool {
    state.allSatisfy { $0.bitCount <= bitLimit }
  }

  /// Forgets the states that do not keep to the bounds.
  mutating func keep(within bounds: [Interval]) {
    states.removeAll { !bounds.contain($0) }
  }

  /// Steps from states around these, until a claim does not hold after one: the states before and
  /// after it. Nil if that does not happen. Precondition: the claims hold in all states here.
  mutating func stepBreaking(
    _ hull: AffineHull, within bounds: [Interval]
  ) -> (before: [Rational], after: [Rational])? {
    let free = memories.indices.filter { hull.combinations[$0] == nil }
    for _ in 0..<2 * free.count where budget?.isSpent != true {
      guard let state = state(changing: free, hull, bounds) else { return nil }
      if let found = step(from: (state, token()), breaking: hull, bounds) { return found }
    }
    for number in memories.indices where hull.combinations[number] != nil {
      let cone = cone(of: number, hull)
      let changed = memories.indices.filter { cone.contains(memories[$0]) }.flatMap { number in
        hull.combinations[number].map { $0.terms.map(\.quantity) } ?? [number]
      }
      for _ in 0..<(suspects.contains(number) ? 64 : 6) where budget?.isSpent != true {
        guard
          let from = state(changing: [], hull, bounds),
          let to = state(changing: changed, hull, bounds)
        else { return nil }
        let moment = edge(of: cone, between: (from, token()), (to, token()))
        if let found = step(from: moment, breaking: hull, bounds) { return found }
      }
    }
    return nil
  }

  private typealias Moment = (state: [Rational], token: [Rational])

  private mutating func step(
    from moment: Moment, breaking hull: AffineHull, _ bounds: [Interval]
  ) -> (before: [Rational], after: [Rational])? {
    budget?.spend(stepCost)
    let after = moment.state.successor(of: memories, source, target, reading: moment.token)
    if Surroundings.isShort(after) {
      if states.count < Surroundings.mostStates {
        states.append(after)
      } else {
        states[random.words.index(below: states.count)] = after
      }
    }
    return hull.holds(in: after) && bounds.contain(after) ? nil : (moment.state, after)
  }

  private mutating func token() -> [Rational] { inputBounds.map { random.number(within: $0) } }
}

// MARK: - States

extension Surroundings {
  /// One of the states, or one between two, with up to three of these numbers changed, one after the
  /// other, as far as all bounds let them. Precondition: they are not linked. Nil if there are no
  /// states.
  ///
  /// Source: hit and run, R. L. Smith, *Efficient Monte Carlo Procedures for Generating Points
  /// Uniformly Distributed over Bounded Regions*, Operations Research 32, 1984. Here one number
  /// changes at a time, with those that are linked with it.
  private mutating func state(
    changing numbers: [Int], _ hull: AffineHull, _ bounds: [Interval]
  ) -> [Rational]? {
    guard !states.isEmpty else { return nil }
    var state = states[random.words.index(below: states.count)]
    if random.words.index(below: 2) == 0 {
      let other = states[random.words.index(below: states.count)]
      let part = Rational(random.words.index(below: 15) + 1, 16)
      state = zip(state, other).map { $0 + part * ($1 - $0) }
    }
    for _ in 0..<(numbers.isEmpty ? 0 : random.words.index(below: 4)) {
      let direction = hull.direction(of: numbers[random.words.index(below: numbers.count)])
      let length = random.number(within: bounds.steps(from: state, towards: direction))
      for (number, speed) in direction { state[number] += length * speed }
    }
    return state
  }

  /// A moment between two others at which some ReLU of the cone is about to open or to close: where
  /// slopes are steep, chance seldom leads there.
  private mutating func edge(
    of cone: Cone, between first: Moment, _ second: Moment
  ) -> Moment {
    let side: Memory.Side = random.words.index(below: 2) == 0 ? .source : .target
    let program = side == .source ? source : target
    let cost = cone.stepCost(side)
    func signs(_ moment: Moment) -> [Bool] {
      budget?.spend(cost)
      return cone.signs(
        side, reading: moment.token, after: moment.state.remembered(by: program, side, memories))
    }
    var (one, other) = (first, second)
    var (oneSigns, otherSigns) = (signs(one), signs(other))
    for _ in 0..<24 where oneSigns != otherSigns {
      let middle = (
        state: zip(one.state, other.state).map { ($0 + $1) / 2 },
        token: zip(one.token, other.token).map { ($0 + $1) / 2 }
      )
      let middleSigns = signs(middle)
      let isNearOther =
        middleSigns != oneSigns
        && (middleSigns == otherSigns || random.words.index(below: 2) == 0)
      if isNearOther {
        (other, otherSigns) = (middle, middleSigns)
      } else {
        (one, oneSigns) = (middle, middleSigns)
      }
    }
    return random.words.index(below: 2) == 0 ? one : other
  }

  /// What a linked number and those that it is expressed by are computed from.
  private mutating func cone(of number: Int, _ hull: AffineHull) -> Cone {
    let terms = hull.combinations[number]?.terms ?? []
    let ends = [memories[number]] + terms.map { memories[$0.quantity] }
    if let known = cones[ends] { return known }
    let cone = Cone(of: ends, source, target, reading: inputBounds.count)
    cones[ends] = cone
    return cone
  }
}

extension AffineHull {
  /// The number and those that are linked with it, with how much they change when it does by 1.
  fileprivate func direction(of number: Int) -> [(number: Int, speed: Rational)] {
    var direction: [(number: Int, speed: Rational)] = [(number, 1)]
    for (other, combination) in combinations.enumerated() {
      for term in combination?.terms ?? [] where term.quantity == number {
        direction.append((other, term.coefficient))
      }
    }
    return direction
  }
}

extension [Interval] {
  fileprivate func contain(_ state: [Rational]) -> Bool {
    zip(self, state).allSatisfy { $0.contains($1) }
  }

  /// How far one can go before a bound is left. Precondition: none is at `state`.
  fileprivate func steps(
    from state: [Rational], towards direction: [(number: Int, speed: Rational)]
  ) -> Interval {
    var (back, ahead): (Rational?, Rational?) = (nil, nil)
    for (number, speed) in direction where speed != 0 {
      let toLower = self[number].lower.map { ($0 - state[number]) / speed }
      let toUpper = self[number].upper.map { ($0 - state[number]) / speed }
      let (first, last) = speed.signum > 0 ? (toLower, toUpper) : (toUpper, toLower)
      if let first, back.map({ $0 < first }) ?? true { back = first }
      if let last, ahead.map({ last < $0 }) ?? true { ahead = last }
    }
    return Interval(back, ahead)
  }
}
