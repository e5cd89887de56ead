import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Carry siblings through a LinState.**
  ///
  ///     x → LinState(A, B, b), and others that read x
  ///     x → LinState(diag(A, 0), [B; I], [b; 0]) → slice s, and slice x, which the others now read
  ///
  /// Applies when LinStates and something else read x, and no Multi does. Several LinStates on x
  /// become one.
  ///
  /// Why the meaning stays: in the lower coordinates s_t = 0 s_{t−1} + I x_t + 0 = x_t, and the
  /// blocks never touch each other. Whatever the lower initial state is, no output shows it.
  ///
  /// Source: arXiv 2406.01424, appendix A, case 6.
  public static let carrySiblingsThroughLinState = RewriteRule(
    id: "carry-siblings-through-lin-state",
    statement:
      "what else reads x reads it again behind the LinState, which remembers nothing of it",
    source: "arXiv 2406.01424, appendix A, case 6",
    site: .firstBranchingNode
  ) { graph, branching in
    let readers = graph.readers(of: branching)
    let states = readers.filter { $0.linState != nil }
    guard !states.isEmpty, states.count < readers.count, !readers.contains(where: \.isMultiply)
    else { return nil }

    var edit = GraphEdit(of: graph)
    let blocks =
      states.compactMap(\.linState) + [.passing(graph.dimension(of: branching))]
    let merged = edit.insert(.linState(.sideBySide(blocks)), reading: [branching])
    var start = 0
    for (old, block) in zip(states.map(\.id) + [branching], blocks) {
      let slice = edit.insert(.slice(start..<start + block.dimension), reading: [merged])
      edit.redirect(old, to: slice)
      start += block.dimension
    }
    return edit
  }
}
