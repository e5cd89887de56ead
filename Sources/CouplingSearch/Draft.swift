import Certificates
import ExactArithmetic

/// A certificate in the making: what was observed, and which of the claims that it suggests are
/// still believed.
struct Draft {
  let source: CellProgram
  let target: CellProgram
  let inputBounds: [Interval]

  /// In the order of preference: earlier ones express later ones.
  let memories: [Memory]
  private(set) var hull: AffineHull
  private var closure: Closure

  /// By memory, what is claimed about it where it is not linked.
  var bounds: [BoundCandidates]

  /// `isWidened`: whether what is not steady is left out; else all that was observed is claimed.
  init(_ closure: Closure, bounds: [BoundCandidates], isWidened: Bool = true) {
    source = closure.source
    target = closure.target
    inputBounds = closure.inputBounds
    memories = closure.memories
    self.closure = closure
    self.bounds = bounds
    hull = isWidened ? self.closure.hull(within: &self.bounds) : self.closure.observedHull
  }

  /// Gives up claims that were not confirmed: bounds first, as links may need them. What was linked
  /// with them may not be without them. False if there is nothing to give up.
  mutating func drop(_ rejections: [Rejection]) throws(MetLimit) -> Bool {
    var refusedBounds: Set<Memory> = []
    var refusedLinks: Set<Memory> = []
    for rejection in rejections {
      switch rejection {
      case .bound(let part, let place, _, _, _, _): refusedBounds.insert(Memory(part, place))
      case .link(let part, let place, _, _, _, _): refusedLinks.insert(Memory(part, place))
      default: continue
      }
    }
    for (number, memory) in memories.enumerated() where refusedBounds.contains(memory) {
      bounds[number].drop()
    }
    if refusedBounds.isEmpty {
      if closure.surroundings != nil, dropLongest(refusedLinks) || dropLosses() { return true }
      if refusedLinks.isEmpty { return try freeWhatDiffers() }
      try closure.widen(by: certificate)
    }
    hull = closure.hull(within: &bounds)
    return true
  }

  /// By memory, of how many others it is a function.
  private var lengths: [Int] { hull.combinations.map { $0?.terms.count ?? 0 } }

  /// Looks for longer at refused functions of several numbers, and if that shows nothing, lets go
  /// of those of the most: simple links may be refused only because of them. False if there are none.
  private mutating func dropLongest(_ refused: Set<Memory>) -> Bool {
    let lengths = lengths
    let suspects = lengths.indices.filter { lengths[$0] > 1 && refused.contains(memories[$0]) }
    guard let longest = suspects.map({ lengths[$0] }).max() else { return false }
    let sampleCount = closure.rows.count
    closure.surroundings?.suspects = Set(suspects)
    hull = closure.hull(within: &bounds)
    closure.surroundings?.suspects = []
    if closure.rows.count > sampleCount { return true }
    for number in suspects where lengths[number] == longest { closure.freedoms[number] = .simple }
    hull = closure.hull(within: &bounds)
    return true
  }

  /// Of numbers that are functions of each other, one is linked and loses its bounds: lets it be
  /// another, and when each was one, none. False if no bounds are lost.
  private mutating func dropLosses() -> Bool {
    let lengths = lengths
    let lost = memories.indices.filter { lengths[$0] > 1 && bounds[$0].first != .everything }
    if lost.isEmpty { return false }
    if closure.preferred.isSuperset(of: lost) {
      for number in lost { closure.freedoms[number] = .simple }
      hull = closure.hull(within: &bounds)
    } else {
      closure.preferred.formUnion(lost)
      // The same claims, written in another way.
      hull = closure.hull(preferring: bounds)
    }
    return true
  }

  /// Lets what the outputs differ in be expressed by others: values of the source are kept, with
  /// their bounds, as long as nothing depends on how they are related. False if all may be already.
  private mutating func freeWhatDiffers() throws(MetLimit) -> Bool {
    let different = try certificate.sourceReadsInDifference()
    var isAny = false
    for (number, memory) in memories.enumerated()
    where memory.side == .source && different.contains(memory.place)
      && closure.freedoms[number] == .simple
    {
      closure.freedoms[number] = .any
      isAny = true
    }
    if isAny { hull = closure.hull(within: &bounds) }
    return isAny
  }

  /// The certificate of these claims.
  var certificate: Certificate {
    var links = (
      source: [[Int?]](repeating: [], count: source.nodes.count),
      target: [[Int?]](repeating: [], count: target.nodes.count)
    )
    var claims = (
      source: [[Interval]](repeating: [], count: source.nodes.count),
      target: [[Interval]](repeating: [], count: target.nodes.count)
    )
    let reads = readMemories
    var places: [Int: Int] = [:]
    for (place, memory) in reads.enumerated() { places[memory] = place }
    var rows: [AffineHull.Combination] = []
    for (number, memory) in memories.enumerated() {
      if let combination = hull.combinations[number] {
        set(rows.count, at: memory, in: &links, else: nil)
        rows.append(combination)
      } else if bounds[number].first != .everything {
        set(bounds[number].first, at: memory, in: &claims, else: .everything)
      }
    }
    let map = Matrix(
      columnCount: reads.count,
      rows: rows.map { row in
        row.terms.compactMap { term in
          places[term.quantity].map { Matrix.Entry(column: $0, value: term.coefficient) }
        }.sorted { $0.column < $1.column }
      })
    let coupling = CellProgram(
      nodes: [.input, .linear(AffineMap(map, offset: rows.map(\.constant)), of: 0)],
      initial: [], output: 1)
    return Certificate(
      inputBounds: inputBounds, source: source, target: target,
      reads: reads.filter { memories[$0].side == .source }.map { memories[$0].place },
      targetReads: reads.filter { memories[$0].side == .target }.map { memories[$0].place },
      coupling: coupling, links: links.target, sourceLinks: links.source,
      sourceBounds: claims.source, targetBounds: claims.target)
  }

  /// What the combinations are of: of the source, then of the target.
  private var readMemories: [Int] {
    var isRead = [Bool](repeating: false, count: memories.count)
    for combination in hull.combinations {
      for term in combination?.terms ?? [] { isRead[term.quantity] = true }
    }
    let read = memories.indices.filter { isRead[$0] }
    return read.filter { memories[$0].side == .source }
      + read.filter { memories[$0].side == .target }
  }

  private func set<Claim>(
    _ claim: Claim, at memory: Memory, in claims: inout (source: [[Claim]], target: [[Claim]]),
    else nothing: Claim
  ) {
    let node = memory.place.node
    let program = memory.side == .source ? source : target
    let count = program.initialValue(of: node).count
    func set(_ rows: inout [[Claim]]) {
      if rows[node].isEmpty { rows[node] = Array(repeating: nothing, count: count) }
      rows[node][memory.place.place] = claim
    }
    if memory.side == .source { set(&claims.source) } else { set(&claims.target) }
  }
}

/// What may be claimed of a remembered number, the strongest first.
struct BoundCandidates {
  private var left: [Interval] = []

  /// `known`: what intervals show. The signs, and the least and the most, are only what was seen;
  /// these are tried where intervals show nothing.
  init(
    known: Interval, isNonnegative: Bool, isNonpositive: Bool, least: Rational? = nil,
    most: Rational? = nil
  ) {
    let lower = isNonnegative ? max(0, known.lower ?? 0) : known.lower
    let upper = isNonpositive ? min(0, known.upper ?? 0) : known.upper
    let seen = Interval(
      known.lower == nil ? least ?? lower : lower, known.upper == nil ? most ?? upper : upper)
    for candidate in [
      seen, Interval(lower, upper), Interval(lower, known.upper), Interval(known.lower, upper),
      known,
      Interval(lower, nil), Interval(nil, upper), Interval(known.lower, nil),
      Interval(nil, known.upper),
    ] where candidate != .everything && !left.contains(candidate) {
      left.append(candidate)
    }
  }

  var first: Interval { left.first ?? .everything }

  /// How many of its two ends may be unbounded.
  var rank: Int { (first.lower == nil ? 1 : 0) + (first.upper == nil ? 1 : 0) }

  /// It was `value`, too.
  mutating func drop(until value: Rational) {
    while let first = left.first, !first.contains(value) { left.removeFirst() }
  }

  /// The judge did not confirm the first.
  mutating func drop() {
    if !left.isEmpty { left.removeFirst() }
  }
}

extension Memory {
  fileprivate init(_ part: Rejection.Part, _ place: Certificate.Coordinate) {
    self.init(side: part == .source ? .source : .target, place: place)
  }
}
