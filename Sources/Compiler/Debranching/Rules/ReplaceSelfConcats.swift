import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Replace self-Concats.**
  ///
  ///     x → Concat([x, …, x]), and other Concats that read x
  ///     x → Linear [I; …; I], and the other Concats
  ///
  /// Applies when two or more nodes read x and all of them are Concats. Those that read nothing but
  /// x are replaced; there is one, as the first node behind x can read nothing else.
  ///
  /// Why the meaning stays: [I; …; I] x = [x; …; x].
  ///
  /// Source: arXiv 2406.01424, appendix A, case 4.
  public static let replaceSelfConcats = RewriteRule(
    id: "replace-self-concats",
    statement: "of the Concats on one node, those of copies of it become Linears",
    source: "arXiv 2406.01424, appendix A, case 4",
    site: .firstBranchingNode
  ) { graph, branching in
    let concats = graph.readers(of: branching)
    guard concats.count > 1, concats.allSatisfy(\.isConcat) else { return nil }

    var edit = GraphEdit(of: graph)
    for concat in concats where concat.copiedInput == branching {
      let copies = AffineMap.copies(
        concat.inputs.count, of: graph.dimension(of: branching))
      edit.redirect(concat.id, to: edit.insert(.linear(copies), reading: [branching]))
    }
    return edit.redirections.isEmpty ? nil : edit
  }
}
