import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Share products.**
  ///
  ///     Linear [p; q] → Multi
  ///     Linear [p'; q'] → Multi → Linear(C, c)
  ///
  /// Applies on the path, when a pair (pᵢ, qᵢ) of rows is that of an earlier product but for
  /// factors and order, or when both are constant or one is zero. Such pairs are dropped, and C and
  /// c restore the coordinate.
  ///
  /// Why the meaning stays: (c f) · (d g) = c d (f · g) = c d (g · f).
  ///
  /// Source: ours. Case 1B carries x as x · 1, and carries it again past every further Multi.
  public static let shareProducts = RewriteRule(
    id: "share-products",
    statement: "products before a Multi that are multiples of others, or constant, go",
    source: "ours: (c f) · (d g) = c d (f · g)",
    site: .path
  ) { graph, site in
    guard graph[site].isMultiply, let inner = graph[site].inputs.first,
      case .linear(let map) = graph[inner].operation, map.mayShareProducts
    else { return nil }

    let half = map.outputDimension / 2
    var sharing = Sharing<Factors>(reserving: half)
    for index in 0..<half {
      let (left, right) = (map.row(index), map.row(half + index))
      let scale = left.leading * right.leading
      if scale == 0 || left.isConstant && right.isConstant {
        sharing.add(constant: scale, isLast: index == half - 1)
      } else {
        sharing.add(Factors(left, right), times: scale)
      }
    }
    guard sharing.saves else { return nil }

    var edit = GraphEdit(of: graph)
    let kept = sharing.kept + sharing.kept.map { $0 + half }
    let rows = edit.insert(.linear(map.outputs(kept)), reading: graph[inner].inputs)
    let product = edit.insert(.multiply, reading: [rows])
    edit.redirect(site, to: edit.insert(.linear(sharing.expansion), reading: [product]))
    return edit
  }
}

/// Two rows, in whatever order.
private struct Factors: Sketched {
  private let left: AffineRow
  private let right: AffineRow
  let sketch: UInt64

  /// Of two rows that are not zero, up to factors.
  init(_ left: AffineRow, _ right: AffineRow) {
    self.left = left.scaled(by: left.leading.reciprocal)
    self.right = right.scaled(by: right.leading.reciprocal)
    sketch = self.left.sketch &+ self.right.sketch
  }

  /// That of the pair, without making it.
  static func sketch(_ left: AffineRow, _ right: AffineRow) -> UInt64 {
    left.sketch(scaledBy: left.leading.reciprocal)
      &+ right.sketch(scaledBy: right.leading.reciprocal)
  }

  static func == (one: Factors, other: Factors) -> Bool {
    one.left == other.left && one.right == other.right
      || one.left == other.right && one.right == other.left
  }
}

extension AffineMap {
  /// Whether the rule may apply.
  fileprivate var mayShareProducts: Bool {
    let half = outputDimension / 2
    guard half > 1 else { return false }
    var sketches: [UInt64] = []
    sketches.reserveCapacity(half)
    for index in 0..<half {
      let (left, right) = (row(index), row(half + index))
      if left.leading == 0 || right.leading == 0 || left.isConstant && right.isConstant {
        return true
      }
      sketches.append(Factors.sketch(left, right))
    }
    return sketches.haveRepeats
  }
}
