import ExactArithmetic

/// `+ - * / // % **` on numbers, lists, matrices and vectors of the program.
extension Evaluator {
  mutating func apply(
    _ step: Expression.Step, to left: TextValue
  ) throws(TextError) -> TextValue {
    let right = try evaluate(step.operand)
    let position = step.position
    switch (left, right) {
    case (.number(let a), .number(let b)):
      return .number(try number(a, step.operation, b, at: position))
    case (.wire, _), (_, .wire):
      builder.origin = origin("'\(step.operation.rawValue)'", at: position)
      return .wire(try vector(left, step.operation, right, at: position))
    case (.matrix, _), (_, .matrix):
      return .matrix(try matrix(left, step.operation, right, at: position))
    case (.list(let a), .list(let b)) where step.operation == .plus:
      try checkLength(a.count + b.count, at: position)
      try charge(a.count + b.count, at: position)
      return .list(a + b)
    default: throw mismatch(left, step.operation, right, at: position)
    }
  }

  mutating func negate(
    _ value: TextValue, at position: TextPosition
  ) throws(TextError) -> TextValue {
    switch value {
    case .number(let number): return .number(-number)
    case .matrix(let matrix):
      try charge(matrix.rowCount + matrix.nonzeroCount, at: position)
      return .matrix(matrix.scaled(by: -1))
    case .wire(let wire):
      builder.origin = origin("'-'", at: position)
      return .wire(try build(on: [wire], at: position) { builder throws(BuildError) in
        try builder.negate(wire)
      })
    case .word, .list:
      throw error("expected a number or a vector after '-', found \(value.kind)", at: position)
    }
  }

  private func mismatch(
    _ left: TextValue, _ operation: Symbol, _ right: TextValue, at position: TextPosition
  ) -> TextError {
    let hint =
      switch (left, operation, right) {
      case (.list, .times, .number), (.number, .times, .list):
        "; repeat by [x for i in range(n)]"
      case (.list, _, _), (_, _, .list): "; lists know '+' only"
      default: ""
      }
    return error(
      "expected operands that '\(operation.rawValue)' is defined for, found \(left.kind) and "
        + "\(right.kind)\(hint)", at: position)
  }
}

// MARK: - Numbers

extension Evaluator {
  private mutating func number(
    _ a: Rational, _ operation: Symbol, _ b: Rational, at position: TextPosition
  ) throws(TextError) -> Rational {
    try charge((a.bitCount + b.bitCount) / 16, at: position)
    if operation == .power { return try power(a, b, at: position) }
    guard a.bitCount + b.bitCount <= TextLimits.numberBits else { throw numberTooLarge(position) }
    switch operation {
    case .plus: return a + b
    case .minus: return a - b
    case .times: return a * b
    case .divide:
      guard b != 0 else { throw error("expected a divisor other than 0, found 0", at: position) }
      return a / b
    default:
      guard let x = a.integer, let y = b.integer else {
        throw error(
          "expected whole numbers around '\(operation.rawValue)', found "
            + "\(TextValue.number(a).kind) and \(TextValue.number(b).kind)", at: position)
      }
      guard y != 0 else { throw error("expected a divisor other than 0, found 0", at: position) }
      let remainder = x % y
      let isBelow = remainder != 0 && (remainder < 0) != (y < 0)
      if operation == .modulo { return Rational(isBelow ? remainder + y : remainder) }
      return Rational(isBelow ? x / y - 1 : x / y)
    }
  }

  private mutating func power(
    _ base: Rational, _ exponent: Rational, at position: TextPosition
  ) throws(TextError) -> Rational {
    guard let exponent = exponent.integer else {
      throw error(
        "expected a whole number as exponent, found \(TextValue.number(exponent).kind)",
        at: position)
    }
    guard base != 0 || exponent >= 0 else {
      throw error("expected a base other than 0, found 0", at: position)
    }
    if base == 0 || base == 1 { return exponent == 0 ? 1 : base }
    if base == -1 { return exponent.isMultiple(of: 2) ? 1 : -1 }
    let (bits, overflow) = Int(exponent.magnitude)
      .multipliedReportingOverflow(by: base.bitCount)
    guard !overflow, bits <= TextLimits.numberBits else { throw numberTooLarge(position) }
    try charge(bits / 16, at: position)
    let power = base.raised(to: exponent.magnitude)
    return exponent < 0 ? power.reciprocal : power
  }

  private func numberTooLarge(_ position: TextPosition) -> TextError {
    error(
      "expected numbers of at most \(TextLimits.numberBits) bits, found a larger one",
      at: position)
  }
}

// MARK: - Matrices

extension Evaluator {
  private mutating func matrix(
    _ left: TextValue, _ operation: Symbol, _ right: TextValue, at position: TextPosition
  ) throws(TextError) -> Matrix {
    switch (left, operation, right) {
    case (.number(let factor), .times, .matrix(let matrix)),
      (.matrix(let matrix), .times, .number(let factor)):
      return try scaled(matrix, by: factor, at: position)
    case (.matrix(let matrix), .divide, .number(let divisor)):
      guard divisor != 0 else {
        throw error("expected a divisor other than 0, found 0", at: position)
      }
      return try scaled(matrix, by: divisor.reciprocal, at: position)
    case (.matrix, .plus, .matrix), (.matrix, .minus, .matrix), (.matrix, .plus, .list),
      (.matrix, .minus, .list), (.list, .plus, .matrix), (.list, .minus, .matrix):
      let a = try matrix(left, at: position)
      let b = try matrix(right, at: position)
      guard a.rowCount == b.rowCount, a.columnCount == b.columnCount else {
        throw error(
          "expected matrices of equal shape, found \(a.rowCount)×\(a.columnCount) and "
            + "\(b.rowCount)×\(b.columnCount)", at: position)
      }
      try charge(a.rowCount + a.work + b.work, at: position)
      return try a.sum(with: scaled(b, by: operation == .minus ? -1 : 1, at: position))
    default: throw mismatch(left, operation, right, at: position)
    }
  }

  private mutating func scaled(
    _ matrix: Matrix, by factor: Rational, at position: TextPosition
  ) throws(TextError) -> Matrix {
    let bits = matrix.rows.reduce(factor.bitCount) { most, row in
      row.reduce(most) { max($0, $1.value.bitCount) }
    }
    guard factor.bitCount + bits <= TextLimits.numberBits else { throw numberTooLarge(position) }
    try charge(matrix.rowCount + matrix.nonzeroCount * (1 + bits / 16), at: position)
    return matrix.scaled(by: factor)
  }
}

extension Matrix {
  fileprivate func scaled(by factor: Rational) -> Matrix {
    Matrix(
      columnCount: columnCount,
      rows: rows.map { $0.map { Entry(column: $0.column, value: $0.value * factor) } })
  }

  /// Precondition: equal shapes.
  fileprivate func sum(with other: Matrix) -> Matrix {
    let rows = zip(self.rows, other.rows).map { left, right in
      var sums = Dictionary(uniqueKeysWithValues: left.map { ($0.column, $0.value) })
      for entry in right { sums[entry.column, default: 0] += entry.value }
      return sums.sorted { $0.key < $1.key }.map { Entry(column: $0.key, value: $0.value) }
    }
    return Matrix(columnCount: columnCount, rows: rows)
  }
}

// MARK: - Vectors of the program

extension Evaluator {
  private mutating func vector(
    _ left: TextValue, _ operation: Symbol, _ right: TextValue, at position: TextPosition
  ) throws(TextError) -> Wire {
    switch (left, operation, right) {
    case (.wire(let x), .plus, .wire(let y)):
      return try build(on: [x, y], at: position) { builder throws(BuildError) in
        try builder.add(x, y)
      }
    case (.wire(let x), .minus, .wire(let y)):
      return try build(on: [x, y], at: position) { builder throws(BuildError) in
        try builder.subtract(x, y)
      }
    case (.wire, .times, .wire):
      throw error(
        "expected a number beside '*', found two vectors; their product is Multi(Concat([x, y]))",
        at: position)
    case (_, .divide, .wire):
      throw error(
        "expected a number to divide by, found \(right.kind); no operation divides by a vector",
        at: position)
    case (.wire(let x), .divide, .number(let divisor)):
      guard divisor != 0 else {
        throw error("expected a divisor other than 0, found 0", at: position)
      }
      return try affine(x, factors: [divisor.reciprocal], offsets: [0], at: position)
    case (.wire(let x), .times, _), (_, .times, .wire(let x)):
      let other = if case .wire = left { right } else { left }
      let factors = try constants(other, operation, at: position)
      return try affine(x, factors: factors, offsets: [0], at: position)
    case (.wire(let x), .plus, _), (_, .plus, .wire(let x)):
      let other = if case .wire = left { right } else { left }
      let offsets = try constants(other, operation, at: position)
      return try affine(x, factors: [1], offsets: offsets, at: position)
    case (.wire(let x), .minus, _):
      let offsets = try constants(right, operation, at: position)
      return try affine(x, factors: [1], offsets: offsets.map(-), at: position)
    case (_, .minus, .wire(let x)):
      let offsets = try constants(left, operation, at: position)
      return try affine(x, factors: [-1], offsets: offsets, at: position)
    default: throw mismatch(left, operation, right, at: position)
    }
  }

  /// A number, or a vector of numbers, beside a vector of the program.
  private mutating func constants(
    _ value: TextValue, _ operation: Symbol, at position: TextPosition
  ) throws(TextError) -> [Rational] {
    if case .matrix = value, operation == .times {
      throw error(
        "expected a number beside '*', found \(value.kind); apply it by Linear(x, A=…)",
        at: position)
    }
    return try numbers(value, "a number or a list of numbers beside a vector", at: position)
  }

  /// factors ⊙ x + offsets, as one Linear. What has one element is broadcast to the rest.
  private mutating func affine(
    _ x: Wire, factors: [Rational], offsets: [Rational], at position: TextPosition
  ) throws(TextError) -> Wire {
    let sizes = [x.dimension, factors.count, offsets.count]
    let dimension = sizes.max() ?? 1
    guard sizes.allSatisfy({ $0 == 1 || $0 == dimension }) else {
      let found = max(factors.count, offsets.count)
      throw error(
        "expected a number or a list of \(x.dimension), found a list of \(found)", at: position)
    }
    let rows = (0..<dimension).map { row in
      [
        Matrix.Entry(
          column: x.dimension == 1 ? 0 : row, value: factors[factors.count == 1 ? 0 : row])
      ]
    }
    let offset = offsets.count == 1 ? Array(repeating: offsets[0], count: dimension) : offsets
    let map = AffineMap(Matrix(columnCount: x.dimension, rows: rows), offset: offset)
    return try build(on: [x], of: map.matrix, at: position) { builder throws(BuildError) in
      try builder.Linear(x, map)
    }
  }
}
