import ExactArithmetic
import LSRL

extension Graph {
  /// The same program as a path, by scheduling its events directly instead of rewriting the graph.
  ///
  /// Everything but ReLU, Multi and LinState is affine, so a program is a set of events between
  /// affine forms. A stage applies one kind of event to the whole current vector. Stages are chosen
  /// as soon as an event is ready: ReLUs first, then Multis, then LinStates.
  ///
  /// Cost: near the sum over the stages of the terms that are still pending.
  ///
  /// The path means the same as the program on every sequence whose tokens lie in `inputRanges`.
  public func leanPath(inputRanges: [Interval]? = nil) -> PathGraph {
    let ranges = inputRanges ?? Array(repeating: .everything, count: inputDimension)
    var schedule = LeanSchedule(ProgramForms(self, inputRanges: ranges))
    return schedule.path()
  }
}

extension Program {
  /// The program as a path; see `Graph.leanPath`.
  public var leanPath: PathGraph { graph.leanPath(inputRanges: inputRanges) }
}

/// Lines the events of a program up.
struct LeanSchedule {
  private var table: AtomTable
  private var outputs: [AffineForm]
  private var pending: [Event]
  private var isAvailable: [Bool]
  private var writer: PathWriter
  private let inputDimension: Int

  /// In the order of preference.
  private static let kinds: [Event.Kind] = [.relu, .multiply, .linState]

  init(_ program: ProgramForms) {
    table = program.table
    outputs = program.outputs
    pending = program.liveEvents()
    inputDimension = program.inputDimension
    isAvailable = table.ranges.indices.map { $0 < program.inputDimension }
    writer = PathWriter(inputDimension: inputDimension)
  }

  mutating func path() -> PathGraph {
    while !pending.isEmpty { writeStage() }
    writer.writeOutputs(outputs)
    do {
      return try PathGraph(inputDimension: inputDimension, steps: writer.steps)
    } catch {
      preconditionFailure("the lean compiler wrote an ill-formed path: \(error)")
    }
  }

  private mutating func writeStage() {
    let isReady = pending.map { event in
      event.arguments.allSatisfy { $0.terms.allSatisfy { isAvailable[$0.atom] } }
    }
    let ready = zip(pending, isReady).filter(\.1).map(\.0)
    guard let kind = LeanSchedule.kinds.first(where: { kind in ready.contains { $0.kind == kind } })
    else { preconditionFailure("no event is ready: they wait for each other") }

    let chosen = ready.filter { $0.kind == kind }
    pending = zip(pending, isReady).filter { !($0.1 && $0.0.kind == kind) }.map(\.0)
    let lies = isAvailable
    let carried = Bundling.carry(
      available: { lies[$0] }, for: &pending, outputs: &outputs, in: &table)
    writer.write(kind, chosen, carrying: carried)

    isAvailable = Array(repeating: false, count: table.ranges.count)
    for atom in carried.map(\.atom) + chosen.flatMap(\.atoms) { isAvailable[atom] = true }
  }
}
