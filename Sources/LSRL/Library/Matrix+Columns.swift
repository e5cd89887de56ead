import ExactArithmetic

extension Matrix {
  /// The blocks next to each other. Precondition: at least one; all of equal height.
  static func beside(_ blocks: [Matrix]) -> Matrix {
    let height = blocks[0].rowCount
    precondition(blocks.allSatisfy { $0.rowCount == height }, "blocks of unequal height")
    let rows = (0..<height).map { index in
      var row: [Entry] = []
      var shift = 0
      for block in blocks {
        row += block.row(index).map { Entry(column: $0.column + shift, value: $0.value) }
        shift += block.columnCount
      }
      return row
    }
    return Matrix(columnCount: blocks.reduce(0) { $0 + $1.columnCount }, rows: rows)
  }

  /// `factor` times the identity, or times a column of ones where dimension 1 is broadcast.
  static func broadcasting(_ dimension: Int, to size: Int, times factor: Rational = 1) -> Matrix {
    let rows = (0..<size).map { [Entry(column: dimension == 1 ? 0 : $0, value: factor)] }
    return Matrix(columnCount: dimension, rows: rows)
  }
}
