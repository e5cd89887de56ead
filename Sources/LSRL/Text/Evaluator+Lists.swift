import ExactArithmetic

/// Indexing, slicing, and the conversions from what an author writes to what an operation takes.
extension Evaluator {
  mutating func select(
    _ bracket: Expression.Subscript, from value: TextValue
  ) throws(TextError) -> TextValue {
    let count: Int
    switch value {
    case .wire(let wire): count = wire.dimension
    case .list(let elements): count = elements.count
    case .matrix(let matrix): count = matrix.rowCount
    case .number, .word:
      throw error(
        "expected a vector or a list before '[', found \(value.kind)", at: bracket.position)
    }
    let range = try range(of: bracket, in: count)
    switch value {
    case .wire(let wire):
      builder.origin = origin("[…]", at: bracket.position)
      return .wire(
        try build(on: [wire], at: bracket.position) { builder throws(BuildError) in
          try builder.Slice(wire, range)
        })
    case .list(let elements):
      guard bracket.isRange else { return elements[range.lowerBound] }
      try charge(range.count, at: bracket.position)
      return .list(Array(elements[range]))
    case .matrix(let matrix):
      try charge(range.count * (1 + matrix.columnCount), at: bracket.position)
      let rows = range.map { TextValue.list(matrix.denseRow($0).map(TextValue.number)) }
      return bracket.isRange ? .list(rows) : rows[0]
    case .number, .word: return value
    }
  }

  /// As in Python, negative positions count from the end; other than there, what is outside is
  /// refused.
  private mutating func range(
    of bracket: Expression.Subscript, in count: Int
  ) throws(TextError) -> Range<Int> {
    let lower = try bound(bracket.lower, in: count) ?? 0
    guard bracket.isRange else {
      guard 0..<count ~= lower else {
        throw error(
          "expected an index from \(-count) to \(count - 1), found "
            + "\(lower < 0 ? lower - count : lower)",
          at: bracket.lower?.position ?? bracket.position)
      }
      return lower..<lower + 1
    }
    let upper = try bound(bracket.upper, in: count) ?? count
    guard 0 <= lower, lower <= upper, upper <= count else {
      throw error(
        "expected a range within 0:\(count), found \(lower):\(upper)", at: bracket.position)
    }
    return lower..<upper
  }

  private mutating func bound(
    _ expression: Expression?, in count: Int
  ) throws(TextError) -> Int? {
    guard let expression else { return nil }
    let value = try evaluate(expression)
    guard case .number(let number) = value, let whole = number.integer,
      whole.magnitude <= Int32.max
    else {
      throw error(
        "expected a whole number as index, found \(value.kind)", at: expression.position)
    }
    return whole < 0 ? whole + count : whole
  }
}

// MARK: - Conversions

extension Evaluator {
  /// A whole number from `least` on.
  func count(
    _ value: TextValue, least: Int, _ what: String, at position: TextPosition
  ) throws(TextError) -> Int {
    guard case .number(let number) = value, let whole = number.integer, whole >= least,
      whole <= Int32.max
    else {
      throw error(
        "expected a whole number from \(least) to \(Int32.max) for \(what), found \(value.kind)",
        at: position)
    }
    return whole
  }

  /// The numbers of a list, a column, or a number alone.
  mutating func numbers(
    _ value: TextValue, _ expected: @autoclosure () -> String, at position: TextPosition
  ) throws(TextError) -> [Rational] {
    if case .list(let elements) = value { try charge(elements.count, at: position) }
    if case .matrix(let matrix) = value { try charge(matrix.rowCount, at: position) }
    guard let numbers = value.numbers else {
      throw error("expected \(expected()), found \(value.kind)", at: position)
    }
    return numbers
  }

  /// A matrix, or a list of rows of numbers. A flat list is one row; a number is 1×1.
  mutating func matrix(_ value: TextValue, at position: TextPosition) throws(TextError) -> Matrix {
    switch value {
    case .matrix(let matrix): return matrix
    case .number(let number): return Matrix(dense: [[number]])
    case .list(let elements):
      if case .number? = elements.first { return try matrix(rows: [value], at: position) }
      return try matrix(rows: elements, at: position)
    case .word, .wire:
      throw error("expected a matrix, found \(value.kind)", at: position)
    }
  }

  private mutating func matrix(
    rows: [TextValue], at position: TextPosition
  ) throws(TextError) -> Matrix {
    var entriesByRow: [[Matrix.Entry]] = []
    var columnCount: Int?
    for (index, row) in rows.enumerated() {
      guard case .list(let elements) = row else {
        throw error(
          "expected a list of numbers as row \(index) of a matrix, found \(row.kind)",
          at: position)
      }
      let expected = columnCount ?? elements.count
      guard elements.count == expected else {
        throw error(
          "expected \(expected) numbers in row \(index) of a matrix, found \(elements.count)",
          at: position)
      }
      columnCount = expected
      try checkShape(rows.count, expected, at: position)
      try charge(1 + expected, at: position)
      entriesByRow.append(try entries(of: elements, row: index, at: position))
    }
    return Matrix(columnCount: columnCount ?? 0, rows: entriesByRow)
  }

  private func entries(
    of elements: [TextValue], row: Int, at position: TextPosition
  ) throws(TextError) -> [Matrix.Entry] {
    var entries: [Matrix.Entry] = []
    for (column, element) in elements.enumerated() {
      guard case .number(let value) = element else {
        throw error(
          "expected a number in row \(row), column \(column) of a matrix, found \(element.kind)",
          at: position)
      }
      if value != 0 { entries.append(Matrix.Entry(column: column, value: value)) }
    }
    return entries
  }

  func checkShape(
    _ rowCount: Int, _ columnCount: Int, at position: TextPosition
  ) throws(TextError) {
    let largest = ProgramBuilder.largestDimension
    guard rowCount <= largest, columnCount <= largest,
      rowCount * columnCount <= TextLimits.matrixEntries
    else {
      throw error(
        "expected a matrix of at most \(TextLimits.matrixEntries) entries and \(largest) rows or "
          + "columns, found \(rowCount)×\(columnCount)", at: position)
    }
  }
}

extension Matrix {
  /// What using the matrix once costs, in the units of `TextLimits.work`.
  var work: Int {
    rows.reduce(0) { work, row in row.reduce(work) { $0 + 1 + $1.value.bitCount / 16 } }
  }

  fileprivate func denseRow(_ index: Int) -> [Rational] {
    var dense = [Rational](repeating: 0, count: columnCount)
    for entry in row(index) { dense[entry.column] = entry.value }
    return dense
  }
}
