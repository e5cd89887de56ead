import Compiler
import ExactArithmetic
import LSRL
import PropertyTesting

extension Property {
  /// The rules together: from every program to a path that means the same.
  ///
  /// Covers the ids of the rules that were used. Takes the rules, so that a wrong one can be shown
  /// to be caught.
  public static func debranchingReachesAPath(
    _ rules: [RewriteRule] = RewriteRule.catalogue
  ) -> Property {
    Property(
      id: "debranching-reaches-a-path",
      statement: """
        debranching ends in a path; every step keeps the outputs and makes progress, the trace \
        replays to the result, debranching it again changes nothing, and names do not matter
        """,
      limits: ProgramLimits().description,
      of: .runs(),
      describedBy: { "\($0.program)\ntokens \($0.tokens)" },
      check: { $0.examinationOfDebranching(by: rules) })
  }
}

extension Run {
  fileprivate func examinationOfDebranching(by rules: [RewriteRule]) -> Examination {
    do {
      let result = try program.debranched(by: rules)
      let covered = Set(result.trace.steps.map(\.rule))
      return Examination(try verdict(on: result, by: rules), covering: covered)
    } catch {
      return Examination(.refuted(kind: "a rule breaks its promise", explanation: "\(error)"))
    }
  }

  private func verdict(on result: Debranching, by rules: [RewriteRule]) throws -> Verdict {
    guard result.end == .path else {
      return .refuted(kind: "does not end in a path", explanation: "\(result.end)")
    }
    if let verdict = try verdict(on: result.trace) { return verdict }
    guard try result.trace.replay().last == result.graph else {
      return .refuted(kind: "the trace leads elsewhere", explanation: "\(result.graph)")
    }
    let again = try result.graph.debranched(by: rules).trace.steps.map(\.rule)
    guard again.isEmpty else {
      return .refuted(kind: "is not finished", explanation: "\(again) apply to \(result.graph)")
    }
    // Reversed, with gaps, and large: whoever asks the names for an order gets another one.
    let renamed = program.renamed { NodeID(1_000 - 7 * $0.number) }
    let other = try renamed.debranched(by: rules).graph.canonicallyNamed
    guard other == result.graph.canonicallyNamed else {
      return .refuted(kind: "depends on names", explanation: "\(other)")
    }
    return .holds
  }

  /// Nil if the program means the same after every step.
  private func verdict(on trace: Trace) throws -> Verdict? {
    var before = Interpreter<Rational>(program)
    let expected = try before.run(tokens)
    for (step, graph) in zip(trace.steps, try trace.replay().dropFirst()) {
      var after = Interpreter<Rational>(graph)
      let found = try after.run(tokens)
      guard found == expected else {
        return .refuted(
          kind: "changes the outputs",
          explanation: "\(step.rule) makes \(found) of \(expected), in \(graph)")
      }
    }
    return nil
  }
}
