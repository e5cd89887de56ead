import Certificates
import ExactArithmetic

/// Widens what was observed until it is steady: until one step from any state of both programs that
/// keeps to the claims leads to such a state again, as far as random states show.
///
/// What was observed suggests too much: that a number is always 0, though it takes more than one step
/// to see why, or that everything is a function of a clock. Such claims hold, but a judge that looks
/// at one step cannot confirm them, and others depend on them.
struct Closure {
  let source: CellProgram
  let target: CellProgram
  let inputBounds: [Interval]
  let memories: [Memory]

  /// By memory.
  var freedoms: [AffineHull.Freedom]

  /// Samples of all memories.
  private(set) var rows: [[Residue]]

  /// Memories that need their bounds: with surroundings, others are expressed by them if possible.
  var preferred: Set<Int> = []

  /// With surroundings: whether the source's numbers with bounds are not expressed by several others.
  var keepsSource = false

  /// Memories whose functions have longer numbers than residues can tell.
  private var misread: Set<Int> = []

  /// Where steps are taken from; nil: from anywhere where what is not linked keeps to its bounds.
  var surroundings: Surroundings?

  private var random: RandomNumbers

  init(
    source: CellProgram, target: CellProgram, inputBounds: [Interval], memories: [Memory],
    freedoms: [AffineHull.Freedom], rows: [[Residue]], seed: UInt64
  ) {
    self.source = source
    self.target = target
    self.inputBounds = inputBounds
    self.memories = memories
    self.freedoms = freedoms
    self.rows = rows
    random = RandomNumbers(seed: seed)
  }

  /// The affine functions of what was observed.
  var observedHull: AffineHull {
    AffineHull(memories.indices.map { number in rows.map { $0[number] } }, freedoms)
  }

  /// The affine functions that are left; memories that are none keep to the first of `bounds`. With
  /// surroundings, those of the bounds are dropped that are seen not to hold.
  mutating func hull(within bounds: inout [BoundCandidates]) -> AffineHull {
    guard var near = surroundings else { return hull(within: bounds.map(\.first)) }
    surroundings = nil
    defer { surroundings = near }
    // What is found breaks a function or a bound for good.
    for _ in 0..<8 * memories.count {
      let hull = hull(preferring: bounds)
      near.keep(within: bounds.map(\.first))
      let others = near.states.filter { !hull.holds(in: $0) }
      if !others.isEmpty {
        learn(from: others, bounds)
        continue
      }
      guard let (before, after) = near.stepBreaking(hull, within: bounds.map(\.first)) else {
        return hull
      }
      if !hull.holds(in: after) { learn(from: [before, after], bounds) }
      for number in memories.indices { bounds[number].drop(until: after[number]) }
    }
    return hull(preferring: bounds)
  }

  /// Adds samples in which a function does not hold. Where it still seems to, its numbers are not
  /// those that their residues stand for: there is no function then, until more is learnt.
  private mutating func learn(from states: [[Rational]], _ bounds: [BoundCandidates]) {
    rows += states.prefix(4).map { $0.map(Residue.init) }
    misread = []
    let hull = hull(preferring: bounds)
    for (number, combination) in hull.combinations.enumerated() {
      if let combination, states.contains(where: { combination.value($0) != $0[number] }) {
        misread.insert(number)
      }
    }
  }

  /// Numbers with bounds express those without, if they can: what is expressed loses its bounds.
  func hull(preferring bounds: [BoundCandidates]) -> AffineHull {
    let hasBounds = bounds.map { $0.first != .everything }
    func rank(_ number: Int) -> Int {
      if !hasBounds[number] { return 3 }
      if isKept(number) { return 0 }
      return preferred.contains(number) ? 1 : 2
    }
    let order = (0..<4).flatMap { wanted in memories.indices.filter { rank($0) == wanted } }
    return AffineHull(
      order.map { number in rows.map { $0[number] } },
      order.map { number in
        hasBounds[number] && isKept(number) ? .simple : freedoms[number]
      }
    ).renumbered(order, without: misread)
  }

  private func isKept(_ number: Int) -> Bool {
    keepsSource && memories[number].side == .source
  }

  /// The affine functions that are left; memories that are none keep to `bounds`.
  private mutating func hull(within bounds: [Interval]) -> AffineHull {
    while true {
      let hull = AffineHull(
        memories.indices.map { number in rows.map { $0[number] } }, freedoms)
      let linked = hull.combinations.count { $0 != nil }
      if linked == 0 { return hull }
      let before = rows.count
      for _ in 0..<linked + 6 { step(hull, bounds) }
      if rows.count == before { return hull }
    }
  }

  /// Adds states that a step may lead to as the judge sees it, from states that keep to the claims of
  /// the certificate: it takes ReLUs and products for numbers of their own. Then links that it
  /// refused do not come again, but what is left of them may.
  mutating func widen(by certificate: Certificate) throws(MetLimit) {
    var numbers = random
    let states = try certificate.samples(
      8, ofAtoms: { Rational(numbers.words.index(below: 2001) - 1000) })
    random = numbers
    for state in states {
      rows.append(
        memories.map { memory in
          let side = memory.side == .source ? state.source : state.target
          return Residue(side[memory.place.node][memory.place.place])
        })
    }
  }

  /// Takes a random state and looks one step ahead; keeps both where a function does not hold after.
  private mutating func step(_ hull: AffineHull, _ bounds: [Interval]) {
    var values: [Rational] = []
    values.reserveCapacity(memories.count)
    for (number, combination) in hull.combinations.enumerated() {
      values.append(
        combination.map { $0.value(values) } ?? random.number(within: bounds[number]))
    }
    let token = inputBounds.map { random.number(within: $0) }
    let next = values.successor(of: memories, source, target, reading: token)
    if !hull.holds(in: next) { rows += [values.map(Residue.init), next.map(Residue.init)] }
  }
}

extension AffineHull {
  func holds(in state: [Rational]) -> Bool {
    combinations.indices.allSatisfy { number in
      combinations[number].map { $0.value(state) == state[number] } ?? true
    }
  }
}

extension AffineHull.Combination {
  /// Of the quantities, of which those in `terms` are there.
  fileprivate func value(_ quantities: [Rational]) -> Rational {
    terms.reduce(constant) { $0 + $1.coefficient * quantities[$1.quantity] }
  }
}

extension [Rational] {
  /// What one of the programs remembers, where these are the numbers that all memories hold.
  func remembered(
    by program: CellProgram, _ side: Memory.Side, _ memories: [Memory]
  ) -> [[Rational]] {
    var rows = program.memory(Rational.self)
    for (memory, value) in zip(memories, self) where memory.side == side {
      rows[memory.place.node][memory.place.place] = value
    }
    return rows
  }

  /// The numbers that they hold after a step of both.
  func successor(
    of memories: [Memory], _ source: CellProgram, _ target: CellProgram, reading token: [Rational]
  ) -> [Rational] {
    let after = (
      source: source.values(
        reading: token, after: remembered(by: source, .source, memories)),
      target: target.values(
        reading: token, after: remembered(by: target, .target, memories))
    )
    return memories.map { memory in
      let side = memory.side == .source ? after.source : after.target
      return side[memory.place.node][memory.place.place]
    }
  }
}

/// Numbers for states that programs may or may not come to.
struct RandomNumbers {
  var words: RandomWords

  init(seed: UInt64) { words = RandomWords(seed: seed) }

  mutating func number(within range: Interval) -> Rational {
    let part = Rational(words.index(below: 65), 64)
    switch (range.lower, range.upper) {
    case (let lower?, let upper?): return lower + (upper - lower) * part
    case (let lower?, nil): return lower + distance()
    case (nil, let upper?): return upper - distance()
    case (nil, nil): return words.index(below: 2) == 0 ? distance() : -distance()
    }
  }

  private mutating func distance() -> Rational {
    Rational(words.index(below: 1000), [1, 8, 64, 1000][words.index(below: 4)])
  }
}
