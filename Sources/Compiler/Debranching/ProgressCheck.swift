import LSRL

/// Sees to it that debranching gets on: `Progress`, taken from time to time, must decrease.
///
/// To take it costs a look at every node, so it is taken less often the larger the program is: then
/// it costs no more than a few nodes per step. Should it not have decreased, the steps since are
/// taken once more, one by one, to find the first that is to blame. So there is no infinite
/// rewriting, and an error names the step.
struct ProgressCheck {
  private var last: Progress

  /// How many steps had been taken then.
  private var lastCount = 0

  init(of graph: WorkingGraph) { last = Progress(of: graph) }

  /// To be called after each step, the last of `trace`.
  mutating func stepTaken(
    to graph: WorkingGraph, _ trace: Trace
  ) throws(DebranchingError) {
    let count = trace.steps.count - lastCount
    if count >= 8, count >= graph.nodeCount / 16 { try finish(at: graph, trace) }
  }

  /// To be called after the last step.
  mutating func finish(
    at graph: WorkingGraph, _ trace: Trace
  ) throws(DebranchingError) {
    guard trace.steps.count > lastCount else { return }
    let reached = Progress(of: graph)
    guard reached < last else { throw culprit(trace, after: lastCount) }
    last = reached
    lastCount = trace.steps.count
  }

  /// The first step behind the first `count` that does not make progress. There is one: the order
  /// is transitive.
  private func culprit(_ trace: Trace, after count: Int) -> DebranchingError {
    var graph = WorkingGraph(trace.start)
    var before = last
    for (position, step) in trace.steps.enumerated() {
      do {
        _ = try graph.apply(step.edit)
      } catch {
        return .illFormed(step, error)
      }
      guard position >= count else { continue }
      let after = Progress(of: graph)
      guard after < before else { return .noProgress(step, before: before, after: after) }
      before = after
    }
    preconditionFailure("every step makes progress, all together do not")
  }
}
