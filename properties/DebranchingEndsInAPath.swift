import Compiler
import LSRL
import PropertyTesting

extension Property {
  /// The rules suffice, the process ends (every step decreases `Progress`, or it is refused), and a
  /// path is left alone.
  public static func debranchingEndsInAPath(
    _ rules: [RewriteRule] = RewriteRule.catalogue
  ) -> Property {
    Property(
      id: "debranching-ends-in-a-path",
      statement: "the rules turn every program into a path, and change nothing in that path"
    ) { run in
      do {
        let limits = DebranchingLimits(storedEntries: largestRandomPath)
        let result = try run.program.graph.debranched(by: rules, limits: limits)
        if case .tooLarge = result.end { return Examination(.holds, covering: ["too large"]) }
        guard result.end == .path, result.graph.firstBranchingNode == nil else {
          return Examination(
            .refuted(kind: "the rules end in no path", explanation: "\(result.end)"))
        }
        let again = try result.graph.debranched(by: rules, limits: limits)
        guard again.trace.steps.isEmpty else {
          return Examination(
            .refuted(
              kind: "a path is rewritten", explanation: "\(again.trace.steps.map(\.rule))"))
        }
        return Examination(.holds, covering: Set(result.trace.steps.map { "rule \($0.rule)" }))
      } catch {
        return Examination(.refuted(kind: "the rules break", explanation: "\(error)"))
      }
    }
  }
}
