import ExactArithmetic

/// The functions of numbers, lists and matrices.
///
/// - `range(n)`, `range(a, b)`: whole numbers, the end exclusive
/// - `len` of a list, a vector or a matrix (its rows); `sum` of numbers or vectors
/// - `eye(n)`, `zeros(r, c)`, `ones(r, c)`
/// - `shift(n)`: A[i, i+1] = 1, so it moves element i+1 to place i and fills the last with 0
/// - `cyclic(n)`: sends the unit vector e_k to e_(k+1 mod n)
/// - `diag([…])` of numbers or of blocks, `hstack([…])`, `vstack([…])`; a flat list is one row
extension Evaluator {
  mutating func function(_ given: Arguments) throws(TextError) -> TextValue {
    let position = given.call.position
    switch given.call.function {
    case "range": return try range(given)
    case "len": return .number(Rational(try length(given[0])))
    case "sum": return try sum(given)
    case "eye":
      let size = try size(given, 0)
      return .matrix(try square(size, at: position) { $0 })
    case "shift":
      let size = try size(given, 0)
      return .matrix(try square(size, at: position) { $0 + 1 < size ? $0 + 1 : nil })
    case "cyclic":
      let size = try size(given, 0)
      return .matrix(try square(size, at: position) { $0 == 0 ? size - 1 : $0 - 1 })
    case "zeros": return .matrix(try filled(given, with: 0))
    case "ones": return .matrix(try filled(given, with: 1))
    case "diag":
      let blocks = try blocks(given[0])
      let size = blocks.reduce((0, 0)) { ($0.0 + $1.rowCount, $0.1 + $1.columnCount) }
      try checkShape(size.0, size.1, at: position)
      return .matrix(.blockDiagonal(blocks))
    case "hstack": return .matrix(try hstack(try blocks(given[0]), at: position))
    case "vstack": return .matrix(try vstack(try blocks(given[0]), at: position))
    case let name: preconditionFailure("'\(name)' has a signature and no meaning")
    }
  }

  private mutating func range(_ given: Arguments) throws(TextError) -> TextValue {
    var bounds: [Int] = []
    for case let argument? in given.values {
      guard case .number(let number) = argument.value, let bound = number.integer,
        bound.magnitude <= Int32.max
      else {
        throw error(
          "expected a whole number for 'range', found \(argument.value.kind)",
          at: argument.position)
      }
      bounds.append(bound)
    }
    let lower = bounds.count == 2 ? bounds[0] : 0
    let upper = max(lower, bounds[bounds.count - 1])
    try checkLength(upper - lower, at: given.call.position)
    try charge(upper - lower, at: given.call.position)
    return .list((lower..<upper).map { .number(Rational($0)) })
  }

  private func length(_ argument: TextArgument) throws(TextError) -> Int {
    switch argument.value {
    case .list(let elements): return elements.count
    case .matrix(let matrix): return matrix.rowCount
    case .wire(let wire): return wire.dimension
    case .number, .word:
      throw error(
        "expected a list or a vector for 'len', found \(argument.value.kind)",
        at: argument.position)
    }
  }

  /// Of numbers a number; if there are vectors among them, a vector: one Concat and one Linear.
  private mutating func sum(_ given: Arguments) throws(TextError) -> TextValue {
    let argument = given[0]
    guard case .list(let elements) = argument.value else {
      throw error(
        "expected a list for 'sum', found \(argument.value.kind)", at: argument.position)
    }
    try charge(elements.count, at: argument.position)
    var wires: [Wire] = []
    var total: Rational = 0
    for (index, element) in elements.enumerated() {
      switch element {
      case .wire(let wire): wires.append(wire)
      case .number(let number):
        guard number.bitCount + total.bitCount <= TextLimits.numberBits else {
          throw error(
            "expected numbers of at most \(TextLimits.numberBits) bits", at: argument.position)
        }
        try charge((number.bitCount + total.bitCount) / 16, at: argument.position)
        total += number
      case .word, .list, .matrix:
        throw error(
          "expected a number or a vector as element \(index) of the sum, found \(element.kind)",
          at: argument.position)
      }
    }
    guard !wires.isEmpty else { return .number(total) }
    if wires.count == 1, total == 0 { return .wire(wires[0]) }
    return .wire(try sum(wires, plus: total, at: argument.position))
  }

  private mutating func sum(
    _ wires: [Wire], plus offset: Rational, at position: TextPosition
  ) throws(TextError) -> Wire {
    let dimension = wires.reduce(1) { max($0, $1.dimension) }
    var columns: [Int] = []
    var width = 0
    for (index, wire) in wires.enumerated() {
      guard wire.dimension == 1 || wire.dimension == dimension else {
        throw error(
          "expected vectors of dimension \(dimension) in the sum, found dimension "
            + "\(wire.dimension) as element \(index)", at: position)
      }
      columns.append(width)
      width += wire.dimension
    }
    try checkShape(dimension, width, at: position)
    try charge(dimension * wires.count, at: position)
    let rows = (0..<dimension).map { row in
      zip(wires, columns).map { wire, column in
        Matrix.Entry(column: column + (wire.dimension == 1 ? 0 : row), value: 1)
      }
    }
    let map = AffineMap(
      Matrix(columnCount: width, rows: rows),
      offset: Array(repeating: offset, count: dimension))
    return try build(on: wires, of: map.matrix, at: position) { builder throws(BuildError) in
      try builder.Linear(try builder.Concat(wires), map)
    }
  }
}

// MARK: - Matrices

extension Evaluator {
  private func size(_ given: Arguments, _ index: Int) throws(TextError) -> Int {
    let function = given.call.function
    return try count(
      given[index].value, least: 0, "a size of '\(function)'", at: given[index].position)
  }

  /// With at most one 1 in each row, in the column that `column` says.
  private mutating func square(
    _ size: Int, at position: TextPosition, _ column: (Int) -> Int?
  ) throws(TextError) -> Matrix {
    try checkShape(size, size, at: position)
    try charge(size, at: position)
    let rows = (0..<size).map { row in
      column(row).map { [Matrix.Entry(column: $0, value: 1)] } ?? []
    }
    return Matrix(columnCount: size, rows: rows)
  }

  private mutating func filled(
    _ given: Arguments, with value: Rational
  ) throws(TextError) -> Matrix {
    let rowCount = try size(given, 0)
    let columnCount = try size(given, 1)
    try checkShape(rowCount, columnCount, at: given.call.position)
    try charge(rowCount * (1 + columnCount), at: given.call.position)
    let row = (0..<columnCount).map { Matrix.Entry(column: $0, value: value) }
    return Matrix(columnCount: columnCount, rows: Array(repeating: row, count: rowCount))
  }

  /// The matrices in a list, such as `[eye(2), [[1], [0]]]`; numbers are 1×1, flat lists one row.
  private mutating func blocks(_ argument: TextArgument) throws(TextError) -> [Matrix] {
    guard case .list(let elements) = argument.value else {
      throw error(
        "expected a list of matrices, found \(argument.value.kind)", at: argument.position)
    }
    var blocks: [Matrix] = []
    for element in elements {
      let block = try matrix(element, at: argument.position)
      try charge(1 + block.rowCount + block.nonzeroCount, at: argument.position)
      blocks.append(block)
    }
    return blocks
  }

  private func vstack(
    _ blocks: [Matrix], at position: TextPosition
  ) throws(TextError) -> Matrix {
    let width = blocks.first?.columnCount ?? 0
    if let other = blocks.first(where: { $0.columnCount != width }) {
      throw error(
        "expected blocks of \(width) columns, found one of \(other.columnCount)", at: position)
    }
    try checkShape(blocks.reduce(0) { $0 + $1.rowCount }, width, at: position)
    return .stacked(blocks)
  }

  private func hstack(
    _ blocks: [Matrix], at position: TextPosition
  ) throws(TextError) -> Matrix {
    let height = blocks.first?.rowCount ?? 0
    if let other = blocks.first(where: { $0.rowCount != height }) {
      throw error("expected blocks of \(height) rows, found one of \(other.rowCount)", at: position)
    }
    let width = blocks.reduce(0) { $0 + $1.columnCount }
    try checkShape(height, width, at: position)
    var rows = [[Matrix.Entry]](repeating: [], count: height)
    var shift = 0
    for block in blocks {
      for row in 0..<height {
        rows[row] += block.row(row).map { Matrix.Entry(column: $0.column + shift, value: $0.value) }
      }
      shift += block.columnCount
    }
    return Matrix(columnCount: width, rows: rows)
  }
}
