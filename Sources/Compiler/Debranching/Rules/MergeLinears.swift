import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Merge linears.**
  ///
  ///     x → Linear(A₁, b₁), …, Linear(Aₖ, bₖ), some of them slices, but not all
  ///     x → Linear([A₁; …; Aₖ], [b₁; …; bₖ]) → its k slices
  ///
  /// Applies when two or more nodes read x, all of them Linears or Slices, not all Slices: slices
  /// of slices would be no progress, they are pushed forward instead. Equal maps share their rows.
  ///
  /// Why the meaning stays: [Aᵢ] x + [bᵢ] = [Aᵢ x + bᵢ], and the i-th slice is the i-th Linear.
  ///
  /// Source: arXiv 2406.01424, appendix A, case 5B.
  public static let mergeLinears = RewriteRule(
    id: "merge-linears",
    statement: "Linears on one node become one stacked Linear, then slices",
    source: "arXiv 2406.01424, appendix A, case 5B",
    site: .firstBranchingNode
  ) { graph, branching in
    let readers = graph.readers(of: branching)
    guard readers.count > 1, readers.allSatisfy(\.isLinearOrSlice),
      !readers.allSatisfy(\.isSlice)
    else { return nil }

    var edit = GraphEdit(of: graph)
    var stack = LinearStack()
    let places = readers.compactMap { graph.affineMap(of: $0).map { stack.push($0) } }
    let stacked = edit.insert(.linear(stack.map), reading: [branching])
    for (reader, place) in zip(readers, places) {
      edit.redirect(reader.id, to: edit.insert(.slice(place), reading: [stacked]))
    }
    return edit
  }
}

/// Maps of one vector on top of each other, each knowing where its rows are.
struct LinearStack {
  private var maps: [AffineMap] = []
  private var table = PlaceTable<AffineMap>()
  private var places: [Range<Int>] = []

  /// Where the rows of `map` are; at the end, if they are not there yet.
  mutating func push(_ map: AffineMap) -> Range<Int> {
    let index = table.place(of: map)
    if index == maps.count {
      let height = places.last?.upperBound ?? 0
      maps.append(map)
      places.append(height..<height + map.outputDimension)
    }
    return places[index]
  }

  /// All of them. Precondition: there is one.
  var map: AffineMap { .stacked(maps) }
}
