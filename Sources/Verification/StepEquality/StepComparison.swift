import Certificates
import CouplingSearch
import ExactArithmetic

/// Whether two programs of one shape, such as a network before and after a change of a weight, have
/// the same outputs always: shown from one step of both, by cases of signs.
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

  /// False: not shown.
  func showsEquality() -> Bool {
    guard before.nodes.count == after.nodes.count, before.output == after.output,
      before.initial.map(\.count) == after.initial.map(\.count)
    else { return false }
    let ranges = (
      before: before.rememberedRanges(ofInputs: inputBounds),
      after: after.rememberedRanges(ofInputs: inputBounds)
    )
    let everything = before.initial.map { $0.map { _ in true } }
    var assumed = Assumptions(
      isSame: zip(before.initial, after.initial).map { zip($0, $1).map { $0 == $1 } },
      isSteadyBefore: everything, isSteadyAfter: everything)
    for _ in 0..<patience {
      guard var step = try? SteppedPair(self, assuming: assumed, ranges) else { return false }
      let kept = step.kept(of: assumed, casesForEach)
      if kept == assumed { return step.areOutputsSame(casesForEach) }
      assumed = kept
    }
    return false
  }
}

/// What is assumed of what is remembered, by node and place.
private struct Assumptions: Equatable {
  /// It is the same number in both programs.
  var isSame: [[Bool]]

  /// It is the number that it was at the start.
  var isSteadyBefore: [[Bool]]
  var isSteadyAfter: [[Bool]]
}

/// One step of both programs, on symbols.
private struct SteppedPair {
  private var table = SymbolTable()
  private let comparison: StepComparison
  private var before: [[Polynomial]] = []
  private var after: [[Polynomial]] = []

  init(
    _ comparison: StepComparison, assuming assumed: Assumptions,
    _ ranges: (before: [[Interval]], after: [[Interval]])
  ) throws(TooLarge) {
    self.comparison = comparison
    var token: [Polynomial] = []
    for range in comparison.inputBounds { token.append(try table.variable(within: range)) }
    var remembered = (before: [[Polynomial]](), after: [[Polynomial]]())
    for (node, row) in assumed.isSame.enumerated() {
      var values = (before: [Polynomial](), after: [Polynomial]())
      for (place, isSame) in row.enumerated() {
        let value =
          assumed.isSteadyBefore[node][place]
          ? Polynomial(comparison.before.initial[node][place])
          : try table.variable(within: ranges.before[node][place])
        values.before.append(value)
        if assumed.isSteadyAfter[node][place] {
          values.after.append(Polynomial(comparison.after.initial[node][place]))
        } else {
          values.after.append(
            isSame ? value : try table.variable(within: ranges.after[node][place]))
        }
      }
      remembered.before.append(values.before)
      remembered.after.append(values.after)
    }
    try step(token, remembered.before, remembered.after)
  }

  /// All nodes of both, in order. Where nodes are the same and read the same, so is what they give.
  private mutating func step(
    _ token: [Polynomial], _ rememberedBefore: [[Polynomial]], _ rememberedAfter: [[Polynomial]]
  ) throws(TooLarge) {
    let nodes = zip(comparison.before.nodes, comparison.after.nodes)
    for (position, (node, changed)) in nodes.enumerated() {
      let value = try table.value(of: node, at: position, token, before, rememberedBefore)
      before.append(value)
      let isSame =
        node == changed
        && node.sources(at: position).allSatisfy { source in
          switch source {
          case .now(let source): before[source] == after[source]
          case .last(let source): rememberedBefore[source] == rememberedAfter[source]
          }
        }
      after.append(
        isSame
          ? value : try table.value(of: changed, at: position, token, after, rememberedAfter))
    }
  }

  mutating func kept(of assumed: Assumptions, _ cases: Int) -> Assumptions {
    var kept = assumed
    for (node, row) in assumed.isSame.enumerated() {
      for place in row.indices {
        let (old, new) = (before[node][place], after[node][place])
        let start = comparison.before.initial[node][place]
        let changedStart = comparison.after.initial[node][place]
        if assumed.isSteadyBefore[node][place] {
          kept.isSteadyBefore[node][place] = isZero(old - Polynomial(start), cases)
        }
        if assumed.isSteadyAfter[node][place] {
          kept.isSteadyAfter[node][place] =
            old == new && start == changedStart
            ? kept.isSteadyBefore[node][place] : isZero(new - Polynomial(changedStart), cases)
        }
        if row[place] { kept.isSame[node][place] = isZero(old - new, cases) }
      }
    }
    return kept
  }

  mutating func areOutputsSame(_ cases: Int) -> Bool {
    let output = comparison.before.output
    guard before[output].count == after[output].count else { return false }
    for (old, new) in zip(before[output], after[output]) {
      guard isZero(old - new, cases) else { return false }
    }
    return true
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
