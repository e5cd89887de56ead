import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Share the rows of a ReLU.**
  ///
  ///     Linear(A, b) → ReLU
  ///     Linear(A', b') → ReLU → Linear(C, c)
  ///
  /// Applies on the path, when a row of [A b] is a positive multiple of an earlier one; or
  /// constant; or *silent*: without a positive coefficient, on inputs that are never negative. Such
  /// rows are dropped, and C and c restore the coordinate.
  ///
  /// Why the meaning stays: ReLU(c f) = c ReLU(f) for c > 0; ReLU of a constant is one; and for
  /// f ≤ 0, ReLU(f) = 0.
  ///
  /// Source: ours. Without it, cases 7B, 9 and 10 triple the width with every skip connection: they
  /// carry x as ReLU(x) and ReLU(−x), beside the ReLU(x) that is there, and do so again behind it.
  public static let shareReluRows = RewriteRule(
    id: "share-relu-rows",
    statement: "rows before a ReLU that are multiples of others, constant or never positive go",
    source: "ours: ReLU(c f) = c ReLU(f) for c > 0",
    site: .path
  ) { graph, site in
    guard graph[site].isReLU, let inner = graph[site].inputs.first,
      case .linear(let map) = graph[inner].operation, let source = graph[inner].inputs.first
    else { return nil }

    let signs = map.mayBeSilent ? graph.nonnegativeCoordinates(of: source) : []
    guard map.maySpareReluRows(on: signs) else { return nil }
    var sharing = Sharing<AffineRow>(reserving: map.outputDimension)
    for index in 0..<map.outputDimension {
      let row = map.row(index)
      let isLast = index == map.outputDimension - 1
      if row.isConstant {
        sharing.add(constant: row.offset.positivePart, isLast: isLast)
      } else if row.isSilent(on: signs) {
        sharing.add(constant: 0, isLast: isLast)
      } else {
        let scale = row.leading.magnitude
        sharing.add(row.scaled(by: scale.reciprocal), times: scale)
      }
    }
    guard sharing.saves else { return nil }

    var edit = GraphEdit(of: graph)
    let rows = edit.insert(.linear(map.outputs(sharing.kept)), reading: [source])
    let relu = edit.insert(.relu, reading: [rows])
    edit.redirect(site, to: edit.insert(.linear(sharing.expansion), reading: [relu]))
    return edit
  }
}

extension AffineMap {
  /// Whether some row is silent on inputs that are never negative.
  fileprivate var mayBeSilent: Bool {
    (0..<outputDimension).contains { row($0).hasNoPositivePart }
  }

  /// Whether the rule may apply. `signs` may be empty if no row may be silent.
  fileprivate func maySpareReluRows(on signs: [Bool]) -> Bool {
    guard outputDimension > 1 else { return false }
    var sketches: [UInt64] = []
    sketches.reserveCapacity(outputDimension)
    for index in 0..<outputDimension {
      let row = row(index)
      if row.isConstant || row.isSilent(on: signs) { return true }
      sketches.append(row.sketch(scaledBy: row.leading.magnitude.reciprocal))
    }
    return sketches.haveRepeats
  }
}

extension AffineRow {
  /// Whether the row is never positive when its inputs are never negative.
  fileprivate var hasNoPositivePart: Bool {
    offset.signum <= 0 && entries.allSatisfy { $0.value.signum < 0 }
  }

  /// Whether the row is never positive when the inputs in `signs` are never negative.
  fileprivate func isSilent(on signs: [Bool]) -> Bool {
    hasNoPositivePart && entries.allSatisfy { signs[$0.column] }
  }
}
