import ExactArithmetic

/// The operations of the language. Shapes that do not fit are the author's mistake, so they throw.
extension ProgramBuilder {
  public mutating func Linear(_ x: Wire, _ map: AffineMap) throws(BuildError) -> Wire {
    guard map.inputDimension == x.dimension else {
      throw BuildError(
        "expected a matrix of \(x.dimension) columns, found \(map.inputDimension)")
    }
    guard map.outputDimension > 0 else { throw BuildError("expected a matrix with rows") }
    return try append(.linear(map), [x], ranges: map(x.ranges))
  }

  /// A x + b; b is zero if it is not given.
  public mutating func Linear(
    _ x: Wire, A matrix: Matrix, b offset: [Rational]? = nil
  ) throws(BuildError) -> Wire {
    let offset = offset ?? Array(repeating: 0, count: matrix.rowCount)
    guard offset.count == matrix.rowCount else {
      throw BuildError("expected \(matrix.rowCount) elements in b, found \(offset.count)")
    }
    return try Linear(x, AffineMap(matrix, offset: offset))
  }

  public mutating func Slice(_ x: Wire, _ range: Range<Int>) throws(BuildError) -> Wire {
    guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= x.dimension else {
      throw BuildError(
        "expected a slice within 0:\(x.dimension), found \(range.lowerBound):\(range.upperBound)")
    }
    return try append(.slice(range), [x], ranges: Array(x.ranges[range]))
  }

  public mutating func ReLU(_ x: Wire) throws(BuildError) -> Wire {
    try append(.relu, [x], ranges: x.ranges.map(\.positivePart))
  }

  public mutating func Concat(_ wires: [Wire]) throws(BuildError) -> Wire {
    guard !wires.isEmpty else { throw BuildError("expected something to concatenate") }
    return try append(.concat, wires, ranges: wires.flatMap(\.ranges))
  }

  /// The first half of x times the second, elementwise.
  public mutating func Multi(_ x: Wire) throws(BuildError) -> Wire {
    guard x.dimension.isMultiple(of: 2) else {
      throw BuildError("expected an even dimension, found \(x.dimension)")
    }
    let half = x.dimension / 2
    let products = zip(x.ranges[..<half], x.ranges[half...]).map { $0 * $1 }
    return try append(.multiply, [x], ranges: products)
  }

  /// s ← A s + B x + b from `init_state`; b and the initial state are zero if they are not given.
  public mutating func LinState(
    _ x: Wire, A recurrence: Matrix, B input: Matrix, b offset: [Rational]? = nil,
    init_state initial: [Rational]? = nil
  ) throws(BuildError) -> Wire {
    let size = recurrence.rowCount
    let offset = offset ?? Array(repeating: 0, count: size)
    let initial = initial ?? Array(repeating: 0, count: size)
    guard size > 0, recurrence.columnCount == size else {
      throw BuildError(
        "expected a square A, found \(recurrence.rowCount)×\(recurrence.columnCount)")
    }
    guard input.rowCount == size, input.columnCount == x.dimension else {
      throw BuildError(
        "expected B of \(size)×\(x.dimension), found \(input.rowCount)×\(input.columnCount)")
    }
    guard offset.count == size else {
      throw BuildError("expected \(size) elements in b, found \(offset.count)")
    }
    guard initial.count == size else {
      throw BuildError("expected \(size) elements in init_state, found \(initial.count)")
    }
    let state = LSRL.LinState(
      recurrence: recurrence, input: AffineMap(input, offset: offset), initial: initial)
    return try append(.linState(state), [x], ranges: state.ranges(reading: x.ranges))
  }
}

/// Arithmetic, elementwise. A vector of dimension 1 is broadcast where the other is larger.
extension ProgramBuilder {
  public mutating func add(_ x: Wire, _ y: Wire) throws(BuildError) -> Wire {
    try combine(x, y, timesRight: 1)
  }

  public mutating func subtract(_ x: Wire, _ y: Wire) throws(BuildError) -> Wire {
    try combine(x, y, timesRight: -1)
  }

  public mutating func scale(_ x: Wire, by factor: Rational) throws(BuildError) -> Wire {
    try Linear(x, AffineMap(.diagonal(Array(repeating: factor, count: x.dimension))))
  }

  public mutating func negate(_ x: Wire) throws(BuildError) -> Wire { try scale(x, by: -1) }

  /// x + `amount` in each coordinate.
  public mutating func shift(_ x: Wire, by amount: Rational) throws(BuildError) -> Wire {
    let offset = Array(repeating: amount, count: x.dimension)
    return try Linear(x, AffineMap(.identity(x.dimension), offset: offset))
  }

  /// The vector `values`, at every step; `x` only says where in the program.
  public mutating func constant(_ x: Wire, _ values: [Rational]) throws(BuildError) -> Wire {
    try Linear(x, AffineMap(.zero(values.count, x.dimension), offset: values))
  }

  /// x itself, or a vector of dimension 1 repeated to `dimension`.
  public mutating func broadcast(_ x: Wire, to dimension: Int) throws(BuildError) -> Wire {
    guard x.dimension != dimension else { return x }
    guard x.dimension == 1 else {
      throw BuildError("expected dimension 1 or \(dimension), found \(x.dimension)")
    }
    let column = Matrix(
      columnCount: 1, rows: Array(repeating: [.init(column: 0, value: 1)], count: dimension))
    return try Linear(x, AffineMap(column))
  }

  private mutating func combine(
    _ x: Wire, _ y: Wire, timesRight factor: Rational
  ) throws(BuildError) -> Wire {
    let dimension = max(x.dimension, y.dimension)
    guard [1, dimension].contains(x.dimension), [1, dimension].contains(y.dimension) else {
      throw BuildError("expected equal dimensions, found \(x.dimension) and \(y.dimension)")
    }
    let both = try Concat([x, y])
    let rows = (0..<dimension).map { row in
      [
        Matrix.Entry(column: x.dimension == 1 ? 0 : row, value: 1),
        Matrix.Entry(column: x.dimension + (y.dimension == 1 ? 0 : row), value: factor),
      ]
    }
    return try Linear(both, AffineMap(Matrix(columnCount: both.dimension, rows: rows)))
  }
}
