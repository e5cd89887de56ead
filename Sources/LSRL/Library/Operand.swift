import ExactArithmetic

/// What a library function takes where it works on a vector: a value of the program, or a number,
/// which stands for the constant vector of the dimension that is needed.
public protocol Operand: Sendable {
  /// The number, if it is one.
  var number: Rational? { get }

  /// Enclosures of its coordinates: see `Wire.ranges`.
  var ranges: [Interval] { get }

  /// The value as a node. A number becomes a vector of dimension 1, which is broadcast.
  func vector(in builder: inout ProgramBuilder) throws(BuildError) -> Wire
}

extension Wire: Operand {
  public var number: Rational? { nil }

  public func vector(in builder: inout ProgramBuilder) throws(BuildError) -> Wire { self }
}

extension Rational: Operand {
  public var number: Rational? { self }

  public var ranges: [Interval] { [Interval(self)] }

  public func vector(in builder: inout ProgramBuilder) throws(BuildError) -> Wire {
    try builder.constant(builder.inputWire, [self])
  }
}

extension Int: Operand {
  public var number: Rational? { Rational(self) }

  public var ranges: [Interval] { [Interval(Rational(self))] }

  public func vector(in builder: inout ProgramBuilder) throws(BuildError) -> Wire {
    try Rational(self).vector(in: &builder)
  }
}

extension LibraryArgument: Operand {
  public var number: Rational? {
    if case .number(let value) = self { value } else { nil }
  }

  public var ranges: [Interval] {
    switch self {
    case .vector(let wire): wire.ranges
    case .number(let value): value.ranges
    case .word: []
    }
  }

  public func vector(in builder: inout ProgramBuilder) throws(BuildError) -> Wire {
    switch self {
    case .vector(let wire): return wire
    case .number(let value): return try value.vector(in: &builder)
    case .word(let word): throw BuildError("expected a vector or a number, found \"\(word)\"")
    }
  }
}

extension Operand {
  /// The range of coordinate `index`, where dimension 1 is broadcast.
  func range(_ index: Int) -> Interval { ranges[ranges.count == 1 ? 0 : index] }
}

extension ProgramBuilder {
  /// The program's Input, for what reads nothing but must stand somewhere: constants and counters.
  var inputWire: Wire {
    get throws(BuildError) {
      guard let input = nodes.first else {
        throw BuildError("expected the Input before constants and counters")
      }
      return Wire(node: input.id, ranges: inputRanges)
    }
  }

  /// x − y. A number is added to the vector where it stands, without a node of its own.
  mutating func difference(
    _ x: some Operand, _ y: some Operand
  ) throws(BuildError) -> Wire {
    if let y = y.number {
      let x = try x.vector(in: &self)
      return y == 0 ? x : try shift(x, by: -y)
    }
    let subtrahend = try y.vector(in: &self)
    guard let x = x.number else {
      return try subtract(x.vector(in: &self), subtrahend)
    }
    let dimension = subtrahend.dimension
    let negation = Matrix.diagonal(Array(repeating: -1, count: dimension))
    let offset = Array(repeating: x, count: dimension)
    return try Linear(subtrahend, AffineMap(negation, offset: offset))
  }

  /// A x + b, where the caller has derived that it lies in `known`: more than interval arithmetic
  /// sees, because it treats equal variables as different ones.
  mutating func Linear(
    _ x: Wire, _ map: AffineMap, known: [Interval]
  ) throws(BuildError) -> Wire {
    let ranges = zip(map(x.ranges), known).map { $0.intersection($1) }
    return try append(.linear(map), [x], ranges: ranges)
  }
}
