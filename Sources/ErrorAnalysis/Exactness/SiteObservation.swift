import Evaluation
import ExactArithmetic
import LSRL

/// What a coordinate of a program's value was seen to be, at all steps of all runs.
struct GridObservation {
  private(set) var range: GridValue

  /// The least positive value, as far as is known; nil if there is none.
  private(set) var leastPositive: Rational?

  /// Whether values may lie between 0 and any positive number.
  private(set) var mayBeTiny: Bool

  init(of form: GridForm, in scope: inout GridScope) {
    range = scope.value(of: form)
    (leastPositive, mayBeTiny) = (nil, false)
    guard !range.isNonpositive else { return }
    if range.lower > 0 {
      leastPositive = range.lower
      return
    }
    // Values are the constant plus a multiple of what the rest is spaced by.
    let rest = scope.value(of: GridForm(0, form.terms))
    guard let spacing = rest.spacing, spacing > 0 else {
      mayBeTiny = true
      return
    }
    let least = form.constant - form.constant.roundedDown(to: spacing)
    let positive = least == 0 ? spacing : least
    if positive <= range.upper { leastPositive = positive }
  }

  mutating func join(_ other: GridObservation) {
    range = range.union(other.range)
    mayBeTiny = mayBeTiny || other.mayBeTiny
    leastPositive = [leastPositive, other.leastPositive].compactMap(\.self).min()
  }
}

/// What the values that a site depends on were seen to be.
struct SiteObservation {
  let site: ConstantSite

  /// For a step: its source. For a choice: the guards.
  var sources: [GridObservation] = []

  /// For a choice: what is chosen from.
  var values: [GridObservation] = []
}

extension SiteObservation {
  /// What the sites of `program` that reach its output read, over the horizon.
  static func all(
    of sites: [ConstantSite], in program: Program, inputs: [GridValue], horizon: Horizon,
    limits: ExactnessLimits
  ) throws(ExactnessLimit) -> [SiteObservation] {
    let live = sites.filter { program.graph.contains($0.result) }
    // What was dropped is known to be of no effect.
    func kept(_ nodes: [NodeID]) -> [NodeID] { nodes.filter(program.graph.contains) }
    let nodes = live.flatMap { kept($0.role.sources) + kept($0.role.values) }
    guard !nodes.isEmpty, let watched = program.graph.watching(nodes) else { return [] }
    var walk = GridWalk(
      Tape(watched), inputs: inputs, lookingAtSums: false, limits: limits)
    var seen: [GridObservation] = []
    _ = try walk.run(horizon) { forms, scope in
      for (index, form) in forms.enumerated() {
        let observation = GridObservation(of: form, in: &scope)
        if index < seen.count {
          seen[index].join(observation)
        } else {
          seen.append(observation)
        }
      }
    } restart: {
      seen = []
    }
    var rest = seen[...]
    func take(_ nodes: [NodeID]) -> [GridObservation] {
      nodes.flatMap { node -> ArraySlice<GridObservation> in
        let dimension = program.graph.dimension(of: node)
        defer { rest = rest.dropFirst(dimension) }
        return rest.prefix(dimension)
      }
    }
    return live.map { site in
      SiteObservation(
        site: site, sources: take(kept(site.role.sources)),
        values: take(kept(site.role.values)))
    }
  }
}

extension ConstantSite.Role {
  fileprivate var sources: [NodeID] {
    switch self {
    case .steepness(let source): [source]
    case .guarding(let guards, _): guards
    }
  }

  fileprivate var values: [NodeID] {
    if case .guarding(_, let values) = self { values } else { [] }
  }
}

extension Graph {
  /// The graph whose output is these nodes' values on top of each other; nil if there are none.
  fileprivate func watching(_ watched: [NodeID]) -> Graph? {
    let next = NodeID((nodes.map(\.id.number).max() ?? 0) + 1)
    let output = Node(next, .concat, reading: watched)
    let live = Graph.live(among: nodes + [output], output: next)
    return try? Graph(nodes: live, output: next)
  }
}
