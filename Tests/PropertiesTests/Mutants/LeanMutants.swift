import ExactArithmetic
import LSRL

extension Mutant {
  static let wrongLeanCompilers: [Mutant] = [
    .lean("initial-states-lost", "states start from zero") { path in
      path.mapped { operation in
        operation.stateMapped {
          LinState(
            recurrence: $0.recurrence, input: $0.input, initial: $0.initial.map { _ in 0 })
        }
      }
    },
    .lean("recurrence-transposed", "s ← Aᵀ s + B x + b") { path in
      path.mapped { operation in
        operation.stateMapped {
          LinState(recurrence: $0.recurrence.transposed, input: $0.input, initial: $0.initial)
        }
      }
    },
    .lean("carried-as-positive", "signed values pass through a ReLU as one coordinate") { path in
      path.mapped { operation in
        operation.mapped { map in map.withoutNegatedRows }
      }
    },
    .lean("constants-lost", "the forms keep their terms only") { path in
      path.mapped { operation in operation.mapped { $0.withOffset { _ in 0 } } }
    },
    .lean("last-relu-lost", "the last ReLU stage is skipped") { path in
      guard let last = path.steps.lastIndex(where: { $0.operation == .relu }) else { return path }
      var steps = path.steps
      steps.remove(at: last)
      return path.rebuilt(steps)
    },
  ]
}

extension AffineMap {
  /// The map with each row that is the negative of another one emptied: what stays of v⁺ − v⁻ when
  /// v is taken to be non-negative.
  fileprivate var withoutNegatedRows: AffineMap {
    var seen: Set<[Matrix.Entry]> = []
    var offset = offset
    let rows = matrix.rows.enumerated().map { index, row -> [Matrix.Entry] in
      let negated = row.map { Matrix.Entry(column: $0.column, value: -$0.value) }
      if !row.isEmpty, seen.contains(negated) {
        offset[index] = 0
        return []
      }
      seen.insert(Array(row))
      return Array(row)
    }
    return AffineMap(Matrix(columnCount: matrix.columnCount, rows: rows), offset: offset)
  }
}
