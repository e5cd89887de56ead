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

  /// What these values are, of which there is at least one.
  init(of values: some Collection<Rational>) {
    let (lower, upper) = (values.min() ?? 0, values.max() ?? 0)
    let areBinary = values.allSatisfy { $0 == 0 || $0 == 1 }
    range = .known(from: lower, to: upper, spacing: areBinary ? 1 : nil)
    leastPositive = values.lazy.filter { $0 > 0 }.min()
    mayBeTiny = false
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
    let watch = SiteWatch(sites, in: program.graph)
    guard let watched = watch.graph else { return [] }
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
    return watch.observations(seen)
  }

  /// What they read on these sequences.
  static func all(
    of sites: [ConstantSite], in program: Program, on sequences: [[[Rational]]]
  ) throws(EngineError) -> [SiteObservation] {
    let watch = SiteWatch(sites, in: program.graph)
    guard let watched = watch.graph else { return [] }
    let steps = try ExactEngine(Tape(watched)).run(sequences: sequences).flatMap(\.self)
    guard !steps.isEmpty else { return [] }
    return watch.observations(
      (0..<watched.outputDimension).map { index in
        GridObservation(of: steps.map { $0[index] })
      })
  }
}

/// The sites of a program that reach its output, and what they read as outputs of one graph.
private struct SiteWatch {
  /// Nil if no site reads anything.
  let graph: Graph?
  private let sites: [ConstantSite]
  private let program: Graph

  init(_ sites: [ConstantSite], in program: Graph) {
    self.program = program
    self.sites = sites.filter { program.contains($0.result) }
    let nodes = self.sites.flatMap {
      SiteWatch.kept($0.role.sources, program) + SiteWatch.kept($0.role.values, program)
    }
    graph = nodes.isEmpty ? nil : program.watching(nodes)
  }

  /// What was dropped is known to be of no effect.
  private static func kept(_ nodes: [NodeID], _ program: Graph) -> [NodeID] {
    nodes.filter(program.contains)
  }

  /// `seen`: what was seen of each coordinate of the graph's output.
  func observations(_ seen: [GridObservation]) -> [SiteObservation] {
    var rest = seen[...]
    func take(_ nodes: [NodeID]) -> [GridObservation] {
      SiteWatch.kept(nodes, program).flatMap { node -> ArraySlice<GridObservation> in
        let dimension = program.dimension(of: node)
        defer { rest = rest.dropFirst(dimension) }
        return rest.prefix(dimension)
      }
    }
    return sites.map { site in
      SiteObservation(
        site: site, sources: take(site.role.sources), values: take(site.role.values))
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
