import LSRL

extension RewriteRule {
  /// **Fold ReLUs.**
  ///
  ///     x → ReLU → ReLU
  ///     x → ReLU
  ///
  /// Applies at the second ReLU, whoever else reads the first.
  ///
  /// Why the meaning stays: max(0, x) ≥ 0, and max(0, y) = y for y ≥ 0.
  ///
  /// Source: arXiv 2406.01424, appendix A.
  public static let foldRelus = RewriteRule(
    id: "fold-relus",
    statement: "a ReLU after a ReLU is dropped",
    source: "arXiv 2406.01424, appendix A: ReLU is idempotent",
    site: .everyNode
  ) { graph, site in
    guard graph[site].isReLU, let inner = graph.firstInput(of: site),
      graph.kind(at: graph.slot(of: inner)) == .relu
    else { return nil }

    var edit = GraphEdit(of: graph)
    edit.redirect(site, to: inner)
    return edit
  }
}
