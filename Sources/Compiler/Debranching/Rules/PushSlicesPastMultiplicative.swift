import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Push slices past a Multi.**
  ///
  ///     x → slice [p₁; q₁] → Multi, …, slice [pₖ; qₖ] → Multi, and other slices
  ///     x → Linear [p₁; …; pₖ; x; q₁; …; qₖ; 1] → Multi → slices pᵢ ⊙ qᵢ, and slice x, which the
  ///         others now read
  ///
  /// Applies when Slices read x, nothing else but Concats does, and a Multi reads one of the
  /// Slices.
  ///
  /// Why the meaning stays: the two halves multiply to [p₁ ⊙ q₁; …; pₖ ⊙ qₖ; x], as x · 1 = x.
  ///
  /// Source: arXiv 2406.01424, appendix A, case 5A; x is carried as in case 1B.
  public static let pushSlicesPastMultiplicative = RewriteRule(
    id: "push-slices-past-multiplicative",
    statement: "Multis on slices of one node become one Multi, then slices",
    source: "arXiv 2406.01424, appendix A, case 5A",
    site: .firstBranchingNode
  ) { graph, branching in
    guard let pieces = graph.pieces(of: branching) else { return nil }
    let multiplications = graph.readers(ofNothingBut: pieces).filter(\.isMultiply)
    guard !multiplications.isEmpty else { return nil }

    let factors = multiplications.compactMap { pieces[$0.inputs[0]] }
    let dimension = graph.dimension(of: branching)
    var edit = GraphEdit(of: graph)
    let widened = edit.insert(
      .linear(.factors(of: factors, besideOnes: dimension)), reading: [branching])
    let product = edit.insert(.multiply, reading: [widened])
    var start = 0
    for (old, size) in zip(
      multiplications.map(\.id) + [branching], factors.map { $0.count / 2 } + [dimension])
    {
      let slice = edit.insert(.slice(start..<start + size), reading: [product])
      edit.redirect(old, to: slice)
      start += size
    }
    return edit
  }
}

extension AffineMap {
  /// x ↦ [p₁; …; pₖ; x; q₁; …; qₖ; 1], where [pᵢ; qᵢ] are the coordinates `pieces[i]` of x.
  fileprivate static func factors(
    of pieces: [Range<Int>], besideOnes dimension: Int
  ) -> AffineMap {
    let lower = pieces.map { $0.lowerBound..<$0.lowerBound + $0.count / 2 }
    let upper = pieces.map { $0.lowerBound + $0.count / 2..<$0.upperBound }
    return .stacked(
      lower.map { .selection(of: $0, from: dimension) } + [.identity(dimension)]
        + upper.map { .selection(of: $0, from: dimension) }
        + [AffineMap(.zero(dimension, dimension), offset: Array(repeating: 1, count: dimension))])
  }
}
