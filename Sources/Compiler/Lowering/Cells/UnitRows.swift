import Architectures
import ExactArithmetic

/// The rows of a cell's maps under construction, unit by unit.
struct UnitRows {
  /// Of the cell.
  let inputDimension: Int
  private var inputs: [AffineRow] = []
  private var recurrences: [[Matrix.Entry]] = []

  init(reading inputDimension: Int) { self.inputDimension = inputDimension }

  var count: Int { inputs.count }

  /// The next unit's row over the input, and over h.
  mutating func append(_ input: AffineRow, seeing recurrence: [Matrix.Entry] = []) {
    inputs.append(input)
    recurrences.append(recurrence)
  }

  var input: AffineMap { AffineMap(rows: inputs, of: inputDimension) }

  var map: RecurrentMap {
    RecurrentMap(
      input: input, recurrence: Matrix(columnCount: count, rows: recurrences))
  }
}

extension AffineRow {
  static func constant(_ value: Rational) -> AffineRow { AffineRow(entries: [], offset: value) }

  /// Coordinate `index` of the input.
  static func coordinate(_ index: Int) -> AffineRow {
    AffineRow(entries: [Matrix.Entry(column: index, value: 1)], offset: 0)
  }

  static func + (row: AffineRow, constant: Rational) -> AffineRow {
    AffineRow(entries: row.entries, offset: row.offset + constant)
  }
}

extension [Matrix.Entry] {
  /// Coordinate `index` of h.
  static func unit(_ index: Int) -> [Matrix.Entry] { [Matrix.Entry(column: index, value: 1)] }
}
