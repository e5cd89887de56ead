import ExactArithmetic
import LSRL

/// What no schedule of a program's events can go below.
///
/// Meant are paths that compute the program in *stages*. A stage is an affine map and then one kind
/// of event on the whole vector; each event of the program is made at some stage of its kind, a
/// LinState's coordinates together; and every other coordinate of a vector holds an affine form of
/// atoms made so far, or the positive or negative part of one. The paths of the lean compiler are
/// such. That these bounds hold for all of them: docs/decisions/lean-bound.md.
public struct LeanBound: Hashable, Sendable {
  /// The largest number of events of which each depends on the one before: they take a stage each.
  public let stages: Int

  /// How many coordinates some vector has at least: after some event on a longest chain, the rank
  /// of what is still asked of the atoms that are surely there. What a Multi reads counts double.
  public let width: Int

  public init(stages: Int, width: Int) {
    self.stages = stages
    self.width = width
  }
}

extension Program {
  /// Looks at no more than `effort` events, and at `effort` forms for each: bounds stay bounds when
  /// less is looked at.
  public func leanBound(effort: Int = 400) -> LeanBound {
    EventOrder(ProgramForms(graph, inputRanges: inputRanges)).bound(effort: effort)
  }
}

extension PathGraph {
  /// How many of the steps are events.
  public var stageCount: Int {
    steps.count {
      switch $0.operation {
      case .relu, .multiply, .linState: true
      case .input, .linear, .slice, .concat: false
      }
    }
  }
}

/// Which event depends on which.
private struct EventOrder {
  let events: [Event]
  let outputs: [AffineForm]
  let inputDimension: Int

  /// By event, those that it reads; and those that read it.
  private var read: [[Int]] = []
  private var readers: [[Int]] = []

  /// By event, how many there are on the longest chain that ends in it. Sums do not count.
  private var levels: [Int] = []

  /// The atoms that are names of sums. What reads one is not counted in ranks: its terms are not
  /// all seen.
  private let sums: Set<Atom>

  init(_ program: ProgramForms) {
    events = program.liveEvents()
    outputs = program.outputs
    inputDimension = program.inputDimension
    sums = Set(events.filter { $0.kind == .sum }.map { $0.atoms[0] })
    var makers: [Atom: Int] = [:]
    readers = Array(repeating: [], count: events.count)
    for (index, event) in events.enumerated() {
      let sources = Set(event.arguments.flatMap { $0.terms.compactMap { makers[$0.atom] } })
      read.append(sources.sorted())
      for source in sources { readers[source].append(index) }
      levels.append((event.kind == .sum ? 0 : 1) + (sources.map { levels[$0] }.max() ?? 0))
      for atom in event.atoms { makers[atom] = index }
    }
  }

  func bound(effort: Int) -> LeanBound {
    let chain = longestChain
    let step = max(1, chain.count / effort)
    let widths = stride(from: 0, to: chain.count, by: step).map { position in
      let event = chain[position]
      let rank = rank(after: event, effort: effort)
      return events[event].kind == .multiply ? 2 * rank : rank
    }
    return LeanBound(
      stages: chain.count, width: max(inputDimension, outputs.count, widths.max() ?? 0))
  }

  private var longestChain: [Int] {
    let longest = levels.max()
    guard
      var event = events.indices.first(where: { levels[$0] == longest && events[$0].kind != .sum })
    else { return [] }
    var chain = [event]
    while let before = before(event) {
      event = before
      if events[event].kind != .sum { chain.append(event) }
    }
    return chain.reversed()
  }

  /// One that `event` reads, the next on a longest chain that ends in it.
  private func before(_ event: Int) -> Int? {
    let level = levels[event] - (events[event].kind == .sum ? 0 : 1)
    return read[event].first { levels[$0] == level }
  }

  /// The rank of the forms that are surely still to be read right after `event`, over the atoms
  /// that are surely there: inputs, and what `event` and the events before it make.
  private func rank(after event: Int, effort: Int) -> Int {
    let before = closure(of: event, along: read)
    let isThere = Set((before + [event]).flatMap { events[$0].atoms })
    let waiting = closure(of: event, along: readers).sorted()
      .filter { events[$0].kind != .sum }.flatMap { events[$0].arguments }
    var elimination = Elimination()
    for form in (outputs + waiting).prefix(effort) {
      if form.terms.contains(where: { sums.contains($0.atom) }) { continue }
      elimination.add(form.terms.filter { $0.atom < inputDimension || isThere.contains($0.atom) })
    }
    return elimination.rank
  }

  /// What can be reached from `event` in one step or more.
  private func closure(of event: Int, along edges: [[Int]]) -> [Int] {
    var reached: Set<Int> = []
    var pending = edges[event]
    while let next = pending.popLast() {
      if reached.insert(next).inserted { pending += edges[next] }
    }
    return Array(reached)
  }
}

/// Gaussian elimination modulo a prime. A rank modulo a prime is never larger than over the
/// rationals, so it is good enough for a lower bound.
private struct Elimination {
  /// By pivot, a row whose first entry is a 1 there.
  private var rows: [Atom: [(atom: Atom, value: UInt64)]] = [:]

  var rank: Int { rows.count }

  mutating func add(_ terms: [AffineForm.Term]) {
    var values: [Atom: UInt64] = [:]
    for term in terms {
      let value = term.coefficient.residue(modulo: Prime.modulus)
      // The denominator may be zero modulo the prime: then the row says nothing.
      if value == 0 { return }
      values[term.atom] = value
    }
    while let pivot = values.keys.min(), let value = values[pivot] {
      guard let row = rows[pivot] else {
        let scale = Prime.reciprocal(value)
        rows[pivot] = values.map { ($0.key, Prime.product($0.value, scale)) }
        return
      }
      let factor = Prime.modulus - value
      for entry in row {
        let sum = Prime.sum(values[entry.atom] ?? 0, Prime.product(factor, entry.value))
        values[entry.atom] = sum == 0 ? nil : sum
      }
    }
  }
}
