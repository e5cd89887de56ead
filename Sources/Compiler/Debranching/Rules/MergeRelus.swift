import LSRL

extension RewriteRule {
  /// **Merge ReLUs.**
  ///
  ///     x → ReLU, …, ReLU
  ///     x → ReLU, which all their readers now read
  ///
  /// Applies when two or more nodes read x and all of them are ReLUs.
  ///
  /// Why the meaning stays: the same operation on the same input gives the same output.
  ///
  /// Source: arXiv 2406.01424, appendix A, case 3.
  public static let mergeRelus = RewriteRule(
    id: "merge-relus",
    statement: "ReLUs on one node become one",
    source: "arXiv 2406.01424, appendix A, case 3",
    site: .firstBranchingNode
  ) { graph, branching in
    graph.keepingFirst(ofReaders: branching, if: \.isReLU)
  }
}
