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

  /// The affine functions that are left; memories that are none keep to `bounds`.
  mutating func hull(within bounds: [Interval]) -> AffineHull {
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
    var before = (source: source.memory(Rational.self), target: target.memory(Rational.self))
    for (memory, value) in zip(memories, values) {
      let (node, place) = (memory.place.node, memory.place.place)
      switch memory.side {
      case .source: before.source[node][place] = value
      case .target: before.target[node][place] = value
      }
    }
    let token = inputBounds.map { random.number(within: $0) }
    let after = (
      source: source.values(reading: token, after: before.source),
      target: target.values(reading: token, after: before.target)
    )
    let next = memories.map { memory in
      let side = memory.side == .source ? after.source : after.target
      return side[memory.place.node][memory.place.place]
    }
    let isSteady = hull.combinations.indices.allSatisfy { number in
      hull.combinations[number].map { $0.value(next) == next[number] } ?? true
    }
    if !isSteady { rows += [values.map(Residue.init), next.map(Residue.init)] }
  }
}

extension AffineHull.Combination {
  /// Of the quantities, of which those in `terms` are there.
  fileprivate func value(_ quantities: [Rational]) -> Rational {
    terms.reduce(constant) { $0 + $1.coefficient * quantities[$1.quantity] }
  }
}

/// Numbers for states that programs may or may not come to.
private struct RandomNumbers {
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
