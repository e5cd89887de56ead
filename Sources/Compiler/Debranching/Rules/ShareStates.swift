import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Share states.**
  ///
  ///     LinState(A, B, b, s₀)
  ///     LinState(A', B', b', s₀') → Linear(C, c)
  ///
  /// Applies on the path, when a coordinate is updated by the same rows as an earlier one, from the
  /// same initial value; or, if nothing remembers it (its row and column of A are zero), by a
  /// multiple of the row, or by a constant. Such coordinates are dropped; what remembered them
  /// remembers the earlier one instead, and C and c restore them.
  ///
  /// Why the meaning stays: equal values, updated equally, stay equal; and a coordinate without a
  /// row and column of A is Bᵢ x + bᵢ at every step, whatever its initial value is.
  ///
  /// Source: ours. Case 6 carries x through the state, and carries it again through every further
  /// one.
  public static let shareStates = RewriteRule(
    id: "share-states",
    statement: "coordinates of a state that equal others, or are multiples or constant, go",
    source: "ours: equal values, updated equally, stay equal",
    site: .path
  ) { graph, site in
    guard let state = graph[site].linState, state.mayShareCoordinates else { return nil }
    let isRemembered = state.recurrence.occupiedColumns
    var sharing = Sharing<StateRow>(reserving: state.dimension)
    for index in 0..<state.dimension {
      let row = state.input.row(index)
      let recurrence = state.recurrence.row(index)
      if isRemembered[index] || !recurrence.isEmpty {
        let key = StateRow(update: row, recurrence: recurrence, initial: state.initial[index])
        sharing.add(key, times: 1)
      } else if row.isConstant {
        sharing.add(constant: row.offset, isLast: index == state.dimension - 1)
      } else {
        let unit = row.scaled(by: row.leading.reciprocal)
        sharing.add(StateRow(update: unit, recurrence: [], initial: nil), times: row.leading)
      }
    }
    guard sharing.saves else { return nil }

    var edit = GraphEdit(of: graph)
    let shared = edit.insert(.linState(state.sharing(sharing)), reading: graph[site].inputs)
    edit.redirect(site, to: edit.insert(.linear(sharing.expansion), reading: [shared]))
    return edit
  }
}

/// All that decides about the values of one coordinate of a state.
private struct StateRow: Sketched {
  let update: AffineRow
  let recurrence: ArraySlice<Matrix.Entry>

  /// Nil if nothing ever sees it.
  let initial: Rational?

  var sketch: UInt64 { StateRow.sketch(update.sketch, recurrence, initial) }

  /// Of the row of which all but the update's sketch is known.
  static func sketch(
    _ update: UInt64, _ recurrence: ArraySlice<Matrix.Entry>, _ initial: Rational?
  ) -> UInt64 {
    var sketch = Sketch()
    sketch.add(update)
    sketch.add(recurrence)
    sketch.add(initial?.sketch ?? 1)
    return sketch.value
  }
}

extension LinState {
  /// Whether the rule may apply.
  fileprivate var mayShareCoordinates: Bool {
    guard dimension > 1 else { return false }
    let isRemembered = recurrence.occupiedColumns
    var sketches: [UInt64] = []
    sketches.reserveCapacity(dimension)
    for index in 0..<dimension {
      let row = input.row(index)
      let recurrence = recurrence.row(index)
      if isRemembered[index] || !recurrence.isEmpty {
        sketches.append(StateRow.sketch(row.sketch, recurrence, initial[index]))
      } else if row.isConstant {
        return true
      } else {
        sketches.append(StateRow.sketch(row.sketch(scaledBy: row.leading.reciprocal), [], nil))
      }
    }
    return sketches.haveRepeats
  }

  /// The coordinates that `sharing` keeps, each remembering the kept ones.
  fileprivate func sharing(_ sharing: Sharing<StateRow>) -> LinState {
    let places = sharing.representatives
    let rows = sharing.kept.map { index in
      var sums: [Int: Rational] = [:]
      for entry in recurrence.row(index) {
        guard let place = places[entry.column] else { continue }
        sums[place, default: 0] += entry.value
      }
      return sums.sorted { $0.key < $1.key }.map { Matrix.Entry(column: $0.key, value: $0.value) }
    }
    return LinState(
      recurrence: Matrix(columnCount: sharing.kept.count, rows: rows),
      input: input.outputs(sharing.kept), initial: sharing.kept.map { initial[$0] })
  }
}
