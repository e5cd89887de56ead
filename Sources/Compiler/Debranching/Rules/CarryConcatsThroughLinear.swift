import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Carry Concats through a Linear.**
  ///
  ///     x → Linear(A₁, b₁), …, Linear(Aₖ, bₖ), and Concats that read x
  ///     x → Linear([A₁; …; Aₖ; I], [b₁; …; bₖ; 0]) → slices for the linears, and slice x, which
  ///         the Concats now read
  ///
  /// Applies when Linears, at least one of them not a Slice, and Concats read x, and no event does.
  /// With nothing but slices beside the Concats a stack would be no progress: those are pushed
  /// forward.
  ///
  /// Why the meaning stays: the i-th slice is Aᵢ x + bᵢ, the last is I x = x.
  ///
  /// Source: arXiv 2406.01424, appendix A, case 8.
  public static let carryConcatsThroughLinear = RewriteRule(
    id: "carry-concats-through-linear",
    statement:
      "Concats beside Linears read x again behind the stack of the Linears and an identity",
    source: "arXiv 2406.01424, appendix A, case 8",
    site: .firstBranchingNode
  ) { graph, branching in
    let readers = graph.readers(of: branching)
    let linears = readers.filter(\.isLinearOrSlice)
    guard linears.contains(where: \.isLinear), linears.count < readers.count,
      readers.allSatisfy({ $0.isLinearOrSlice || $0.isConcat })
    else { return nil }

    var edit = GraphEdit(of: graph)
    var stack = LinearStack()
    let maps = linears.compactMap(graph.affineMap(of:))
    let places = (maps + [.identity(graph.dimension(of: branching))]).map { stack.push($0) }
    let stacked = edit.insert(.linear(stack.map), reading: [branching])
    for (old, place) in zip(linears.map(\.id) + [branching], places) {
      edit.redirect(old, to: edit.insert(.slice(place), reading: [stacked]))
    }
    return edit
  }
}
