import LSRL

extension RewriteRule {
  /// **Fold a single Concat.**
  ///
  ///     x → Concat([x]) → …
  ///     x → …
  ///
  /// Applies at every Concat of one input.
  ///
  /// Why the meaning stays: one vector on top of nothing is that vector.
  ///
  /// Source: ours; the paper has no Concat of one input, the language does.
  public static let foldSingleConcat = RewriteRule(
    id: "fold-single-concat",
    statement: "a Concat of one input is dropped",
    source: "ours",
    site: .everyNode
  ) { graph, site in
    guard graph[site].isConcat, graph[site].inputs.count == 1 else { return nil }
    var edit = GraphEdit(of: graph)
    edit.redirect(site, to: graph[site].inputs[0])
    return edit
  }
}
