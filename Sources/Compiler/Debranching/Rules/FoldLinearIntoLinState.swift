import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Fold a linear into a linear state.**
  ///
  ///     x → Linear(A₁, b₁) → LinState(A, B, b, s₀)
  ///     x → LinState(A, BA₁, Bb₁ + b, s₀)
  ///
  /// Applies at the LinState when nothing else reads the Linear, which may be a Slice.
  ///
  /// Why the meaning stays: A s + B(A₁x + b₁) + b = A s + BA₁x + (Bb₁ + b); the recurrence and the
  /// initial state do not see the input.
  ///
  /// Source: arXiv 2406.01424, appendix A.
  public static let foldLinearIntoLinState = RewriteRule(
    id: "fold-linear-into-lin-state",
    statement: "a Linear that only a LinState reads goes into its input matrix",
    source: "arXiv 2406.01424, appendix A: composition of affine maps",
    site: .everyNode
  ) { graph, site in
    guard let inner = graph.firstInput(of: site), graph.isLinearOrSlice(inner),
      graph.useCount(of: inner) == 1, let state = graph[site].linState,
      let folded = graph.fold(state, onto: graph[inner])
    else { return nil }

    var edit = GraphEdit(of: graph)
    edit.redirect(site, to: edit.insert(.linState(folded), reading: graph[inner].inputs))
    return edit
  }
}

extension WorkingGraph {
  /// `state` reading what the Linear or Slice `inner` reads. Nil if it could be too large.
  func fold(_ state: LinState, onto inner: Node) -> LinState? {
    guard case .linear(let input)? = fold(.linear(state.input), onto: inner) else { return nil }
    return LinState(recurrence: state.recurrence, input: input, initial: state.initial)
  }
}
