import LSRL

extension RewriteRule {
  /// **Merge Multis.**
  ///
  ///     x → Multi, …, Multi
  ///     x → Multi, which all their readers now read
  ///
  /// Applies when two or more nodes read x and all of them are Multis.
  ///
  /// Why the meaning stays: the same operation on the same input gives the same output.
  ///
  /// Source: arXiv 2406.01424, appendix A, case 1A.
  public static let mergeMultiplicatives = RewriteRule(
    id: "merge-multiplicatives",
    statement: "Multis on one node become one",
    source: "arXiv 2406.01424, appendix A, case 1A",
    site: .firstBranchingNode
  ) { graph, branching in
    graph.keepingFirst(ofReaders: branching, if: \.isMultiply)
  }
}

extension WorkingGraph {
  /// One reader in the place of all, if all do the same.
  func keepingFirst(ofReaders node: NodeID, if isSame: (Node) -> Bool) -> GraphEdit? {
    let readers = readers(of: node)
    guard readers.count > 1, readers.allSatisfy(isSame) else { return nil }
    var edit = GraphEdit(of: self)
    for reader in readers.dropFirst() { edit.redirect(reader.id, to: readers[0].id) }
    return edit
  }
}
