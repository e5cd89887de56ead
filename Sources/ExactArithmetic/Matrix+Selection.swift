// Picking rows and columns: what selections (slices) do to matrices, without multiplying.

extension Matrix {
  /// The rows with these numbers, in this order; a row may be picked more than once.
  public func rows(_ picked: some Collection<Int>) -> Matrix {
    Matrix(columnCount: columnCount, rows: picked.map { Array(row($0)) })
  }

  /// The columns with these numbers, which must ascend.
  public func columns(_ kept: [Int]) -> Matrix {
    var places = [Int](repeating: -1, count: columnCount)
    for (place, column) in kept.enumerated() { places[column] = place }
    let rows = rows.map { row in
      row.compactMap { entry in
        places[entry.column] < 0
          ? nil : Entry(column: places[entry.column], value: entry.value)
      }
    }
    return Matrix(columnCount: kept.count, rows: rows)
  }

  /// For each column, whether some entry of it is not zero.
  public var occupiedColumns: [Bool] {
    var isOccupied = [Bool](repeating: false, count: columnCount)
    for row in rows {
      for entry in row { isOccupied[entry.column] = true }
    }
    return isOccupied
  }

  /// The matrix with this one in the columns from `start` on, and zeros around it.
  public func shifted(by start: Int, within columnCount: Int) -> Matrix {
    Matrix(
      columnCount: columnCount,
      rows: rows.map { row in
        row.map { Entry(column: $0.column + start, value: $0.value) }
      })
  }

  public static prefix func - (matrix: Matrix) -> Matrix {
    Matrix(
      columnCount: matrix.columnCount,
      rows: matrix.rows.map { row in
        row.map { Entry(column: $0.column, value: -$0.value) }
      })
  }

  /// At most how many entries of `multiplied(by: right)` are not zero.
  public func nonzeroBound(times right: Matrix) -> Int {
    rows.reduce(0) { bound, row in
      bound + min(right.columnCount, row.reduce(0) { $0 + right.row($1.column).count })
    }
  }
}

extension AffineMap {
  /// The map of the coordinates `range` of a vector of `dimension`.
  public static func selection(of range: Range<Int>, from dimension: Int) -> AffineMap {
    AffineMap(.selection(of: range, from: dimension))
  }

  /// x ↦ the coordinates `picked` of self(x), in this order.
  public func outputs(_ picked: some Collection<Int>) -> AffineMap {
    AffineMap(matrix.rows(picked), offset: picked.map { offset[$0] })
  }

  /// The map of a vector of which only the coordinates `kept` are left. Precondition: the others
  /// do not matter, as their columns are zero.
  public func inputs(_ kept: [Int]) -> AffineMap {
    AffineMap(matrix.columns(kept), offset: offset)
  }

  /// [y; x; z] ↦ self(x), with x starting at coordinate `start` of a vector of `dimension`.
  public func reading(from start: Int, within dimension: Int) -> AffineMap {
    AffineMap(matrix.shifted(by: start, within: dimension), offset: offset)
  }
}

extension Matrix {
  /// The square matrix of the rows and columns at `positions`, which ascend.
  public func restricted(to positions: [Int]) -> Matrix {
    if positions.count == rowCount && positions.count == columnCount { return self }
    return rows(positions).columns(positions)
  }
}
