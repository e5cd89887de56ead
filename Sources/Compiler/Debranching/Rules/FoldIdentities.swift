import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Fold identities.**
  ///
  ///     x → Linear(I, 0) → …, or x → Slice of all of x → …, or x → Concat([x]) → …
  ///     x → …
  ///
  /// Applies wherever there is one, whoever else reads x.
  ///
  /// Why the meaning stays: I x + 0 = x, all coordinates of x are x, and one vector on top of
  /// nothing is that vector.
  ///
  /// Source: ours; the paper's cases leave such nodes behind.
  public static let foldIdentities = RewriteRule(
    id: "fold-identities",
    statement: "an identity Linear, a Slice of everything and a Concat of one input are dropped",
    source: "ours",
    site: .everyNode
  ) { graph, site in
    let node = graph[site]
    guard let input = node.inputs.first else { return nil }
    switch node.operation {
    case .slice(let range):
      guard range == 0..<graph.dimension(of: input) else { return nil }
    case .linear(let map):
      guard map.isIdentity else { return nil }
    case .concat:
      guard node.inputs.count == 1 else { return nil }
    case .input, .relu, .multiply, .linState:
      return nil
    }
    var edit = GraphEdit(of: graph)
    edit.redirect(site, to: input)
    return edit
  }
}

extension AffineMap {
  /// Whether this is x ↦ x.
  var isIdentity: Bool {
    inputDimension == outputDimension && matrix.nonzeroCount == outputDimension
      && offset.allSatisfy { $0 == 0 }
      && (0..<outputDimension).allSatisfy { row in
        matrix.row(row).first == Matrix.Entry(column: row, value: 1)
      }
  }
}
