import Certificates
import CouplingSearch
import ExactArithmetic

/// Whether two programs, such as a network before and after a change of a weight, have the same
/// outputs always: shown from one step of both, by cases of signs.
///
/// Assumes that some remembered numbers are the same in both and that some are what they were at the
/// start, and nothing of the others but their ranges; shows that a step keeps it so, drops what it
/// does not show, and starts over until nothing is dropped. Then the outputs must be the same. By
/// induction they are, on every sequence of tokens within the bounds.
struct StepComparison {
  let before: CellProgram
  let after: CellProgram
  let inputBounds: [Interval]

  /// Cases that are looked at for each number.
  var casesForEach = 1_000

  /// Times that the assumptions are weakened.
  var patience = 40

  var showsEquality: Bool { obstacle() == nil }

  /// Why equality is not shown; nil if it is.
  func obstacle() -> String? {
    let ranges = (
      before: before.rememberedRanges(ofInputs: inputBounds),
      after: after.rememberedRanges(ofInputs: inputBounds)
    )
    let partners = self.partners
    var assumed = Assumptions(
      isSame: zip(after.initial, partners).map { initial, partner in
        let other = partner.map { before.initial[$0] } ?? []
        return initial.indices.map { $0 < other.count && initial[$0] == other[$0] }
      },
      isSteadyBefore: before.initial.map { $0.map { _ in true } },
      isSteadyAfter: after.initial.map { $0.map { _ in true } })
    for _ in 0..<patience {
      guard var step = try? SteppedPair(self, partners, assuming: assumed, ranges) else {
        return "a step takes too many terms"
      }
      let kept = step.kept(of: assumed, casesForEach)
      if kept == assumed { return step.obstacleInOutputs(casesForEach) }
      assumed = kept
    }
    return "nothing that stays the same was found in \(patience) rounds"
  }

  /// By remembered node of the changed program the one of the other that may remember the same: a
  /// guess, of which nothing is assumed that is not shown. Where a change lets a program look back
  /// that did not before, it has nodes that the other has not.
  private var partners: [Int?] {
    if before.nodes.count == after.nodes.count {
      return after.initial.indices.map { $0 < before.initial.count ? $0 : nil }
    }
    var partners = [Int?](repeating: nil, count: after.initial.count)
    var next = 0
    for (node, initial) in after.initial.enumerated() where !initial.isEmpty {
      let found = before.initial.indices.dropFirst(next).first { before.initial[$0] == initial }
      guard let found else { continue }
      partners[node] = found
      next = found + 1
    }
    return partners
  }
}

/// What is assumed of what is remembered, by node and place.
private struct Assumptions: Equatable {
  /// By node of the changed program: it is what its partner remembers.
  var isSame: [[Bool]]

  /// It is the number that it was at the start.
  var isSteadyBefore: [[Bool]]
  var isSteadyAfter: [[Bool]]
}

/// One step of both programs, on symbols.
private struct SteppedPair {
  private var table = SymbolTable()
  private let comparison: StepComparison
  private let partners: [Int?]
  private var before: [[Polynomial]] = []
  private var after: [[Polynomial]] = []

  init(
    _ comparison: StepComparison, _ partners: [Int?], assuming assumed: Assumptions,
    _ ranges: (before: [[Interval]], after: [[Interval]])
  ) throws(TooLarge) {
    self.comparison = comparison
    self.partners = partners
    var token: [Polynomial] = []
    for range in comparison.inputBounds { token.append(try table.variable(within: range)) }
    var old: [[Polynomial]] = []
    for (node, row) in assumed.isSteadyBefore.enumerated() {
      var values: [Polynomial] = []
      for (place, isSteady) in row.enumerated() {
        values.append(
          isSteady
            ? Polynomial(comparison.before.initial[node][place])
            : try table.variable(within: ranges.before[node][place]))
      }
      old.append(values)
    }
    var new: [[Polynomial]] = []
    for (node, row) in assumed.isSteadyAfter.enumerated() {
      var values: [Polynomial] = []
      for (place, isSteady) in row.enumerated() {
        if isSteady {
          values.append(Polynomial(comparison.after.initial[node][place]))
        } else if assumed.isSame[node][place], let partner = partners[node] {
          values.append(old[partner][place])
        } else {
          values.append(try table.variable(within: ranges.after[node][place]))
        }
      }
      new.append(values)
    }
    try step(token, old, new)
  }

  /// All nodes of both, in order. Where nodes are the same and read the same, so is what they give.
  private mutating func step(
    _ token: [Polynomial], _ old: [[Polynomial]], _ new: [[Polynomial]]
  ) throws(TooLarge) {
    let nodes = comparison.before.nodes
    for (position, node) in nodes.enumerated() {
      before.append(try table.value(of: node, at: position, token, before, old))
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
      after.append(
        isSame ? before[position] : try table.value(of: node, at: position, token, after, new))
    }
  }

  mutating func kept(of assumed: Assumptions, _ cases: Int) -> Assumptions {
    var kept = assumed
    kept.isSteadyBefore = steady(assumed.isSteadyBefore, before, comparison.before, cases)
    kept.isSteadyAfter = steady(assumed.isSteadyAfter, after, comparison.after, cases)
    for (node, row) in assumed.isSame.enumerated() {
      guard let partner = partners[node] else { continue }
      for (place, isSame) in row.enumerated() where isSame {
        kept.isSame[node][place] = isZero(after[node][place] - before[partner][place], cases)
      }
    }
    return kept
  }

  private mutating func steady(
    _ isSteady: [[Bool]], _ values: [[Polynomial]], _ program: CellProgram, _ cases: Int
  ) -> [[Bool]] {
    var kept = isSteady
    for (node, row) in isSteady.enumerated() {
      for (place, isSteady) in row.enumerated() where isSteady {
        let start = Polynomial(program.initial[node][place])
        kept[node][place] = isZero(values[node][place] - start, cases)
      }
    }
    return kept
  }

  mutating func obstacleInOutputs(_ cases: Int) -> String? {
    let (old, new) = (before[comparison.before.output], after[comparison.after.output])
    guard old.count == new.count else { return "outputs of two dimensions" }
    for place in old.indices {
      let difference = new[place] - old[place]
      guard isZero(difference, cases) else {
        return "output \(place) may differ, by \(difference.terms.count) terms"
      }
    }
    return nil
  }

  private mutating func isZero(_ difference: Polynomial, _ cases: Int) -> Bool {
    var budget = cases
    return (try? table.isAlwaysZero(difference, budget: &budget)) ?? false
  }
}

// MARK: - Nodes on polynomials

extension CellProgram.Node {
  fileprivate enum Source {
    case now(Int)
    case last(Int)
  }

  fileprivate func sources(at position: Int) -> [Source] {
    switch self {
    case .input: []
    case .linear(_, let source), .relu(let source), .multiply(let source): [.now(source)]
    case .state(_, _, let source): [.now(source), .last(position)]
    case .previous(let source): [.last(source)]
    case .concat(let sources): sources.map(Source.now)
    }
  }
}

extension SymbolTable {
  fileprivate mutating func value(
    of node: CellProgram.Node, at position: Int, _ token: [Polynomial],
    _ values: [[Polynomial]], _ previous: [[Polynomial]]
  ) throws(TooLarge) -> [Polynomial] {
    var result: [Polynomial] = []
    switch node {
    case .input: return token
    case .linear(let map, let source):
      for row in 0..<map.outputDimension {
        result.append(
          try affine(map.matrix.row(row), of: values[source], plus: Polynomial(map.offset[row])))
      }
    case .relu(let source):
      for value in values[source] { result.append(try relu(value)) }
    case .state(let recurrence, let input, let source):
      for row in 0..<input.outputDimension {
        let entering = try affine(
          input.matrix.row(row), of: values[source], plus: Polynomial(input.offset[row]))
        result.append(try affine(recurrence.row(row), of: previous[position], plus: entering))
      }
    case .previous(let source): return previous[source]
    case .concat(let sources): return sources.flatMap { values[$0] }
    case .multiply(let source):
      let half = values[source].count / 2
      for place in 0..<half {
        result.append(try product(values[source][place], values[source][half + place]))
      }
    }
    return result
  }
}
