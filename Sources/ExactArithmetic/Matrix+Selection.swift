// Picking rows and columns: what selections (slices) do to matrices, without multiplying.

extension Matrix {
  /// The rows with these numbers, in this order; a row may be picked more than once.
  @specialized(where Picked == [Int])
  @specialized(where Picked == Range<Int>)
  public func rows<Picked: Collection<Int>>(_ picked: Picked) -> Matrix {
    var kept: [Entry] = []
    kept.reserveCapacity(picked.reduce(0) { $0 + rowStarts[$1 + 1] - rowStarts[$1] })
    var starts = [0]
    starts.reserveCapacity(picked.count + 1)
    for index in picked {
      kept += row(index)
      starts.append(kept.count)
    }
    return Matrix(unchecked: kept, rowStarts: starts, columnCount: columnCount)
  }

  /// The matrix of rows that have one entry or, nil, none.
  public init(columnCount: Int, rowsOfOne values: [Entry?]) {
    var entries: [Entry] = []
    var starts = [0]
    entries.reserveCapacity(values.count)
    starts.reserveCapacity(values.count + 1)
    for value in values {
      if let value {
        precondition(0..<columnCount ~= value.column, "no column \(value.column)")
        if value.value != 0 { entries.append(value) }
      }
      starts.append(entries.count)
    }
    self.init(unchecked: entries, rowStarts: starts, columnCount: columnCount)
  }

  /// The matrix of `values`, row by row. Precondition: as many as rows times columns.
  public init(rowCount: Int, columnCount: Int, values: [Rational]) {
    precondition(
      values.count == rowCount * columnCount,
      "\(values.count) values for \(rowCount)×\(columnCount)")
    var entries: [Entry] = []
    var starts = [0]
    for row in 0..<rowCount {
      for column in 0..<columnCount where values[row * columnCount + column] != 0 {
        entries.append(Entry(column: column, value: values[row * columnCount + column]))
      }
      starts.append(entries.count)
    }
    self.init(unchecked: entries, rowStarts: starts, columnCount: columnCount)
  }

  /// The columns with these numbers, which must ascend.
  public func columns(_ kept: [Int]) -> Matrix {
    var places = [Int](repeating: -1, count: columnCount)
    for (place, column) in kept.enumerated() {
      precondition(place == 0 || kept[place - 1] < column, "columns do not ascend")
      places[column] = place
    }
    var entries: [Entry] = []
    var starts = [0]
    starts.reserveCapacity(rowCount + 1)
    for index in 0..<rowCount {
      for entry in row(index) where places[entry.column] >= 0 {
        entries.append(Entry(column: places[entry.column], value: entry.value))
      }
      starts.append(entries.count)
    }
    return Matrix(unchecked: entries, rowStarts: starts, columnCount: kept.count)
  }

  /// For each column, whether some entry of it is not zero.
  public var occupiedColumns: [Bool] {
    var isOccupied = [Bool](repeating: false, count: columnCount)
    for entry in entries { isOccupied[entry.column] = true }
    return isOccupied
  }

  /// The matrix with this one in the columns from `start` on, and zeros around it.
  public func shifted(by start: Int, within columnCount: Int) -> Matrix {
    precondition(
      start >= 0 && start + self.columnCount <= columnCount,
      "\(self.columnCount) columns from \(start) on do not fit in \(columnCount)")
    return Matrix(
      unchecked: entries.map { Entry(column: $0.column + start, value: $0.value) },
      rowStarts: rowStarts, columnCount: columnCount)
  }

  public static prefix func - (matrix: Matrix) -> Matrix {
    Matrix(
      unchecked: matrix.entries.map { Entry(column: $0.column, value: -$0.value) },
      rowStarts: matrix.rowStarts, columnCount: matrix.columnCount)
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
  @specialized(where Picked == [Int])
  @specialized(where Picked == Range<Int>)
  public func outputs<Picked: Collection<Int>>(_ picked: Picked) -> AffineMap {
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

extension Matrix {
  /// Marks the columns that are not zero; leaves the other marks.
  package func markOccupiedColumns(in isOccupied: inout [Bool]) {
    precondition(
      isOccupied.count == columnCount, "\(isOccupied.count) marks, \(columnCount) columns")
    entries.withUnsafeBufferPointer { entries in
      for index in entries.indices { isOccupied[entries[index].column] = true }
    }
  }
}
