import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Fold a Concat of copies.**
  ///
  ///     x → Concat([x, …, x]), which alone reads x
  ///     x → Linear [I; …; I]
  ///
  /// Applies at a Concat of two or more copies of one node that nothing else reads. A node that
  /// several Concats read is `replace-self-concats`' business.
  ///
  /// Why the meaning stays: [I; …; I] x = [x; …; x].
  ///
  /// Source: arXiv 2406.01424, appendix A.
  public static let foldCopiesConcat = RewriteRule(
    id: "fold-copies-concat",
    statement: "a Concat of copies of a node that nothing else reads becomes a Linear",
    source: "arXiv 2406.01424, appendix A: copying is linear",
    site: .everyNode
  ) { graph, site in
    let node = graph[site]
    guard node.isConcat, node.inputs.count > 1, let copied = node.copiedInput,
      graph.useCount(of: copied) == node.inputs.count
    else { return nil }

    var edit = GraphEdit(of: graph)
    let copies = AffineMap.copies(node.inputs.count, of: graph.dimension(of: copied))
    edit.redirect(site, to: edit.insert(.linear(copies), reading: [copied]))
    return edit
  }
}

extension Node {
  /// The only node that this one reads, however often.
  var copiedInput: NodeID? {
    inputs.dropFirst().allSatisfy { $0 == inputs[0] } ? inputs.first : nil
  }
}

extension AffineMap {
  /// x ↦ [x; …; x].
  static func copies(_ count: Int, of dimension: Int) -> AffineMap {
    .stacked(Array(repeating: .identity(dimension), count: count))
  }
}
