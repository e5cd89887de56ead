import Architectures
import ExactArithmetic
import LSRL

/// Plans the states of a path one after the other, within the limits on signals and length that
/// hold for all of them together.
struct StatePlanner {
  let architecture: Architecture
  let path: PathGraph
  let options: LoweringOptions

  /// Whether some state is right up to the bound on the length only.
  private(set) var isUnrolled = false

  /// How many more signals states may take.
  private var remainingSignals = LoweringOptions.largestSignalCount

  init(_ architecture: Architecture, _ path: PathGraph, _ options: LoweringOptions) {
    self.architecture = architecture
    self.path = path
    self.options = options
  }

  /// A plan for each component, all with equally many stages. Components with obstacles are
  /// unrolled if there is a bound on the length, and refused if not.
  mutating func plans(
    for components: [StateComponent], at position: Int,
    obstacles: (StateComponent) -> [StateObstacle]
  ) throws(LoweringRefusal) -> [StatePlan] {
    func refusal(_ reason: LoweringRefusal.Reason) -> LoweringRefusal {
      LoweringRefusal(reason, by: architecture, at: position, of: path)
    }
    let found = components.map(obstacles)
    let isBeyond = found.contains { !$0.isEmpty }
    if options.maximumLength == nil && isBeyond {
      throw refusal(.stateMatrix(found.flatMap { $0 }))
    }
    var tooLarge = LoweringRefusal.Reason.tooLarge(dimension: path.dimensions[position + 1])
    if let length = options.maximumLength, isBeyond {
      tooLarge = .lengthBoundTooLarge(requested: length)
      isUnrolled = true
    }
    var plans: [StatePlan] = []
    for (component, obstacles) in zip(components, found) {
      guard let plan = plan(for: component, isBeyond: !obstacles.isEmpty) else {
        throw refusal(tooLarge)
      }
      remainingSignals -= plan.signalCount
      plans.append(plan)
    }
    let count = plans.map(\.stages.count).max() ?? 1
    let padding = plans.reduce(0) { $0 + (count - $1.stages.count) * $1.readOut.columnCount }
    guard padding <= remainingSignals else { throw refusal(tooLarge) }
    remainingSignals -= padding
    for index in plans.indices { plans[index].pad(to: count) }
    return plans
  }

  private func plan(for component: StateComponent, isBeyond: Bool) -> StatePlan? {
    guard isBeyond else { return StatePlan(for: component, limit: remainingSignals) }
    return options.maximumLength.flatMap {
      StatePlan(unrolling: component.matrix, toLength: $0, limit: remainingSignals)
    }
  }
}

extension [StatePlan] {
  /// The rows of stage number `stage`, plan by plan and term by term, over the signals before it.
  func rows(of stage: Int) -> Matrix {
    var rows: [[Matrix.Entry]] = []
    var start = 0
    for plan in self {
      for term in plan.stages[stage].joined() {
        rows.append(term.row.map { Matrix.Entry(column: start + $0.column, value: $0.value) })
      }
      start += plan.width(before: stage)
    }
    return Matrix(columnCount: start, rows: rows)
  }

  /// s, over the signals of the last stage, for the components that these are the plans of.
  func readOut(of components: [StateComponent], dimension: Int) -> Matrix {
    var rows = [[Matrix.Entry]](repeating: [], count: dimension)
    var start = 0
    for (component, plan) in zip(components, self) {
      for (coordinate, row) in zip(component.coordinates, plan.readOut.rows) {
        rows[coordinate] = row.map { Matrix.Entry(column: start + $0.column, value: $0.value) }
      }
      start += plan.readOut.columnCount
    }
    return Matrix(columnCount: start, rows: rows)
  }
}

extension StateComponent {
  /// What is beyond decaying channels.
  var obstacles: [StateObstacle] {
    guard case .beyond(let obstacles) = kind else { return [] }
    return obstacles
  }
}
