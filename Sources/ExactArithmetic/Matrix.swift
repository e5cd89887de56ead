/// A sparse matrix over the rationals, stored by rows.
///
/// Invariants:
/// - No stored entry is zero.
/// - Within a row, columns ascend strictly and are less than `columnCount`.
///
/// Two equal matrices are therefore stored identically. Zero rows or columns are allowed.
///
/// Errors: shapes that do not fit are our own bug and stop the program. What comes from outside is
/// compared with the shape it should have before a matrix is multiplied with it.
public struct Matrix: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let column: Int
    public let value: Rational

    public init(column: Int, value: Rational) {
      self.column = column
      self.value = value
    }
  }

  public let rowCount: Int
  public let columnCount: Int

  /// Row `i` is `entries[rowStarts[i]..<rowStarts[i + 1]]`.
  @usableFromInline
  let rowStarts: [Int]

  @usableFromInline
  let entries: [Entry]

  /// The matrix with these rows of entries. Zeros are dropped; columns must ascend.
  public init(columnCount: Int, rows: [[Entry]]) {
    var rowStarts = [0]
    var entries: [Entry] = []
    rowStarts.reserveCapacity(rows.count + 1)
    entries.reserveCapacity(rows.reduce(0) { $0 + $1.count })
    for row in rows {
      var lastColumn = -1
      for entry in row {
        precondition(
          lastColumn < entry.column && entry.column < columnCount,
          "column \(entry.column) after \(lastColumn) in a matrix of \(columnCount) columns")
        lastColumn = entry.column
        if entry.value != 0 { entries.append(entry) }
      }
      rowStarts.append(entries.count)
    }
    self.rowCount = rows.count
    self.columnCount = columnCount
    self.rowStarts = rowStarts
    self.entries = entries
  }

  /// The caller promises what the first initialiser checks: rows one behind the other, without
  /// zeros, columns ascending. So no row needs an array of its own.
  init(unchecked entries: [Entry], rowStarts: [Int], columnCount: Int) {
    rowCount = rowStarts.count - 1
    self.columnCount = columnCount
    self.rowStarts = rowStarts
    self.entries = entries
  }

  /// The entries of row `index` that are not zero, by ascending column.
  @inlinable
  public func row(_ index: Int) -> ArraySlice<Entry> {
    entries[rowStarts[index]..<rowStarts[index + 1]]
  }

  @inlinable
  public var rows: some RandomAccessCollection<ArraySlice<Entry>> {
    (0..<rowCount).lazy.map(row)
  }

  /// How many entries are not zero.
  public var nonzeroCount: Int { entries.count }

  /// self · `right`: rows × columns of `right`. Costs one multiplication per pair of stored entries
  /// that meet.
  public func multiplied(by right: Matrix) -> Matrix {
    precondition(
      columnCount == right.rowCount,
      "cannot multiply \(rowCount)×\(columnCount) by \(right.rowCount)×\(right.columnCount)")
    var sums = [Rational](repeating: 0, count: right.columnCount)
    var isTouched = [Bool](repeating: false, count: right.columnCount)
    var touched: [Int] = []
    var product: [Entry] = []
    var starts = [0]
    starts.reserveCapacity(rowCount + 1)
    for index in 0..<rowCount {
      for position in rowStarts[index]..<rowStarts[index + 1] {
        let left = entries[position]
        for place in right.rowStarts[left.column]..<right.rowStarts[left.column + 1] {
          let column = right.entries[place].column
          if isTouched[column] {
            sums[column] += left.value * right.entries[place].value
          } else {
            isTouched[column] = true
            sums[column] = left.value * right.entries[place].value
            touched.append(column)
          }
        }
      }
      if touched.count > 1 { touched.sort() }
      for column in touched {
        if sums[column] != 0 { product.append(Entry(column: column, value: sums[column])) }
        isTouched[column] = false
      }
      touched.removeAll(keepingCapacity: true)
      starts.append(product.count)
    }
    return Matrix(unchecked: product, rowStarts: starts, columnCount: right.columnCount)
  }
}

// MARK: - Building

extension Matrix: ExpressibleByArrayLiteral {
  /// A dense matrix, as in `[[1, 0], [0, 1]]`: at least one row, all equally long.
  public init(arrayLiteral rows: [Rational]...) { self.init(dense: rows) }

  public init(dense rows: [[Rational]]) {
    let columnCount = rows.first?.count ?? 0
    precondition(rows.allSatisfy { $0.count == columnCount }, "rows of unequal length")
    var entries: [Entry] = []
    var starts = [0]
    for row in rows {
      for (column, value) in row.enumerated() where value != 0 {
        entries.append(Entry(column: column, value: value))
      }
      starts.append(entries.count)
    }
    self.init(unchecked: entries, rowStarts: starts, columnCount: columnCount)
  }

  public static func zero(_ rowCount: Int, _ columnCount: Int) -> Matrix {
    Matrix(
      unchecked: [], rowStarts: Array(repeating: 0, count: rowCount + 1),
      columnCount: columnCount)
  }

  public static func identity(_ size: Int) -> Matrix { selection(of: 0..<size, from: size) }

  /// The matrix that picks the coordinates `range` out of `dimension`.
  public static func selection(of range: Range<Int>, from dimension: Int) -> Matrix {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= dimension, "\(range) out of \(dimension)")
    return Matrix(
      unchecked: range.map { Entry(column: $0, value: 1) }, rowStarts: Array(0...range.count),
      columnCount: dimension)
  }

  /// The square matrix with these numbers on the diagonal and zeros elsewhere.
  public static func diagonal(_ values: [Rational]) -> Matrix {
    Matrix(
      columnCount: values.count,
      rows: values.enumerated().map { [Entry(column: $0.offset, value: $0.element)] })
  }

  /// The blocks on top of each other. At least one; all of equal width.
  public static func stacked(_ blocks: [Matrix]) -> Matrix {
    let columnCount = blocks.first?.columnCount ?? 0
    precondition(blocks.allSatisfy { $0.columnCount == columnCount }, "blocks of unequal width")
    if blocks.count == 1 { return blocks[0] }
    var entries: [Entry] = []
    var starts = [0]
    entries.reserveCapacity(blocks.reduce(0) { $0 + $1.entries.count })
    starts.reserveCapacity(blocks.reduce(1) { $0 + $1.rowCount })
    for block in blocks {
      for start in block.rowStarts.dropFirst() { starts.append(entries.count + start) }
      entries += block.entries
    }
    return Matrix(unchecked: entries, rowStarts: starts, columnCount: columnCount)
  }

  /// The blocks along the diagonal, zero elsewhere.
  public static func blockDiagonal(_ blocks: [Matrix]) -> Matrix {
    var entries: [Entry] = []
    var starts = [0]
    entries.reserveCapacity(blocks.reduce(0) { $0 + $1.entries.count })
    starts.reserveCapacity(blocks.reduce(1) { $0 + $1.rowCount })
    var shift = 0
    for block in blocks {
      for start in block.rowStarts.dropFirst() { starts.append(entries.count + start) }
      for entry in block.entries {
        entries.append(Entry(column: entry.column + shift, value: entry.value))
      }
      shift += block.columnCount
    }
    return Matrix(unchecked: entries, rowStarts: starts, columnCount: shift)
  }
}

extension Matrix: CustomStringConvertible {
  /// `[[1, 0], [0, 1/2]]`
  public var description: String {
    let lines = rows.map { row in
      var dense = [Rational](repeating: 0, count: columnCount)
      for entry in row { dense[entry.column] = entry.value }
      return "\(dense)"
    }
    return "[\(lines.joined(separator: ", "))]"
  }
}
