import Compiler
import ExactArithmetic
import LSRL
import PropertyTesting
import Verification

extension Property {
  /// Debranching can be checked without the rules: the trace alone leads, through well-formed
  /// graphs only, to the same path; and every step on the way means the same and makes progress.
  ///
  /// Takes the rules, so that deliberately wrong ones can be shown to be caught.
  public static func tracesReplay(_ rules: [RewriteRule] = RewriteRule.catalogue) -> Property {
    Property(
      id: "traces-replay",
      statement: "a trace replays without the rules, through well-formed graphs of equal meaning"
    ) { run in
      let limits = DebranchingLimits(storedEntries: 2_000)
      let result: Debranching
      let graphs: [Graph]
      do {
        result = try run.program.graph.debranched(by: rules, limits: limits)
        graphs = try result.trace.replay()
      } catch {
        return Examination(.refuted(kind: "the rules break", explanation: "\(error)"))
      }
      let covered = Set(result.trace.steps.map { "rule \($0.rule)" })
      guard graphs.last == result.graph else {
        return Examination(
          .refuted(kind: "the replay ends elsewhere", explanation: "\(result.graph)"))
      }
      return Examination(run.verdict(on: graphs, result.trace), covering: covered)
    }
  }
}

extension ProgramCase {
  /// Whether each graph is well formed and has the outputs of the first.
  fileprivate func verdict(on graphs: [Graph], _ trace: Trace) -> Verdict {
    let tokens = Array(tokens.prefix(4))
    guard let expected = try? program.graph.exactOutputs(on: tokens, bitLimit: 1 << 18) else {
      return .undecided("too large to evaluate")
    }
    var progress = Progress(of: program.graph)
    for (graph, step) in zip(graphs.dropFirst(), trace.steps) {
      if let broken = graph.brokenInvariant {
        return .refuted(kind: "\(step.rule) leads to an ill-formed graph", explanation: broken)
      }
      let reached = Progress(of: graph)
      guard reached < progress else {
        return .refuted(
          kind: "\(step.rule) makes no progress", explanation: "\(progress), then \(reached)")
      }
      progress = reached
      guard let found = try? graph.exactOutputs(on: tokens), found == expected else {
        return .refuted(
          kind: "\(step.rule) changes the outputs", explanation: "at \(step.node), to\n\(graph)")
      }
    }
    return .holds
  }
}
