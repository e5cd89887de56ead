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
  let hull: AffineHull

  /// By memory, what is claimed about it where it is not linked.
  var bounds: [BoundCandidates]

  /// By memory, whether to link it if the hull says how.
  var isLinked: [Bool]

  init(
    source: CellProgram, target: CellProgram, inputBounds: [Interval], memories: [Memory],
    hull: AffineHull, bounds: [BoundCandidates]
  ) {
    self.source = source
    self.target = target
    self.inputBounds = inputBounds
    self.memories = memories
    self.hull = hull
    self.bounds = bounds
    isLinked = hull.combinations.map { $0 != nil }
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
      if let combination = hull.combinations[number], isLinked[number] {
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
    for (number, combination) in hull.combinations.enumerated() where isLinked[number] {
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

  /// `known`: what intervals show. The signs are only what was seen.
  init(known: Interval, isNonnegative: Bool, isNonpositive: Bool) {
    let lower = isNonnegative ? max(0, known.lower ?? 0) : known.lower
    let upper = isNonpositive ? min(0, known.upper ?? 0) : known.upper
    for candidate in [
      Interval(lower, upper), Interval(lower, known.upper), Interval(known.lower, upper), known,
      Interval(lower, nil), Interval(nil, upper), Interval(known.lower, nil),
      Interval(nil, known.upper),
    ] where candidate != .everything && !left.contains(candidate) {
      left.append(candidate)
    }
  }

  var first: Interval { left.first ?? .everything }

  /// The judge did not confirm the first.
  mutating func drop() {
    if !left.isEmpty { left.removeFirst() }
  }
}
