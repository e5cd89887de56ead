import ExactArithmetic

// How layers compute sums of products. In floats the order of operations is part of the meaning:
//
// 1. A sum starts at its bias; at zero if it has none.
// 2. Products are added by ascending column. A recurrence's columns (on the old state) come before
//    the input's.
// 3. Each product is rounded, then added and rounded: no fused multiply-add.
// 4. Weights that are zero are not stored and take no part (but decays do, as bases of powers).
//    Inputs that are zero do, except over exact numbers, where leaving them out cannot be observed.
//
// Weights and biases are rounded to the number type once each, to nearest, ties to even.

extension Matrix {
  /// `sums` + self · `vector`.
  @inlinable
  func add<Number: PowerScalar>(_ vector: [Number], to sums: inout [Number]) {
    precondition(
      vector.count == columnCount && sums.count == rowCount,
      "\(rowCount)×\(columnCount) does not take a vector of \(vector.count) to \(sums.count)")
    for index in 0..<rowCount {
      let entries = row(index)
      if entries.isEmpty { continue }
      var sum = sums[index]
      for entry in entries {
        let factor = vector[entry.column]
        if Number.isExact && factor == .zero { continue }
        sum += Number(nearest: entry.value) * factor
      }
      sums[index] = sum
    }
  }

  /// self · `vector`.
  @inlinable
  func times<Number: PowerScalar>(_ vector: [Number]) -> [Number] {
    var sums = [Number](repeating: .zero, count: rowCount)
    add(vector, to: &sums)
    return sums
  }
}

extension AffineMap {
  /// A x + b.
  @inlinable
  func applied<Number: PowerScalar>(to vector: [Number]) -> [Number] {
    var sums = offset.map(Number.init(nearest:))
    matrix.add(vector, to: &sums)
    return sums
  }
}

extension Matrix {
  /// The entry in `row` and `column`, stored or zero.
  subscript(row: Int, column: Int) -> Rational {
    self.row(row).first { $0.column == column }?.value ?? 0
  }

  /// The same matrix but for one entry.
  func replacing(row: Int, column: Int, by value: Rational) -> Matrix {
    var changed = rows.map(Array.init)
    changed[row].removeAll { $0.column == column }
    let place = changed[row].firstIndex { $0.column > column } ?? changed[row].count
    changed[row].insert(Entry(column: column, value: value), at: place)
    return Matrix(columnCount: columnCount, rows: changed)
  }
}
