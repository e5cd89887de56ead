import ExactArithmetic

/// A straight line with its numbers rounded to a format, and for each ReLU the part of the line
/// that its phases look at.
struct RoundedLine: Sendable {
  /// What one value is computed by, in the form that the analysis walks over.
  struct Instruction: Sendable {
    enum Kind: Sendable { case leaf, constant, scale, sum, relu, product }

    let kind: Kind

    /// For leaves and constants, which one it is.
    let left: Int
    let right: Int
  }

  /// A weight or constant: rounded, enclosed, and how far off it is.
  struct Weight: Sendable {
    let value: Rational
    let rounded: Double
    let exact: Span
    let error: Double
    let isPowerOfTwo: Bool
    let exponent: Int

    init(_ value: Rational, _ rounding: FormatRounding) {
      self.value = value
      (rounded, error) = rounding.nearest(value)
      exact = Span(low: Directed.down(value), high: Directed.up(value))
      isPowerOfTwo = FormatRounding.isPowerOfTwo(rounded)
      exponent = rounded.isFinite ? dyadicExponent(rounded) : 0
    }
  }

  /// Some values up to one of interest, ascending. The frozen ones are not computed anew from what
  /// they read, only sharpened by what reads them.
  struct Cone: Sendable {
    let values: [Int]
    let isFrozen: [Bool]
  }

  let rounding: FormatRounding
  let instructions: [Instruction]
  let weights: [Weight]

  /// By value; nil for what is no ReLU.
  let cones: [Cone?]

  init(_ line: StraightLine, _ format: FloatFormat, coneLimit: Int) {
    let rounding = FormatRounding(format)
    self.rounding = rounding
    var weights: [Weight] = []
    var numbers: [Rational: Int] = [:]
    func weight(_ value: Rational) -> Int {
      if let index = numbers[value] { return index }
      weights.append(Weight(value, rounding))
      numbers[value] = weights.count - 1
      return weights.count - 1
    }
    instructions = line.operations.map { operation in
      switch operation {
      case .leaf(let index): Instruction(kind: .leaf, left: index, right: 0)
      case .constant(let value): Instruction(kind: .constant, left: weight(value), right: 0)
      case .scale(let factor, let value):
        Instruction(kind: .scale, left: weight(factor), right: value)
      case .sum(let left, let right): Instruction(kind: .sum, left: left, right: right)
      case .relu(let value): Instruction(kind: .relu, left: value, right: value)
      case .product(let left, let right): Instruction(kind: .product, left: left, right: right)
      }
    }
    self.weights = weights
    cones = line.operations.map { operation in
      guard case .relu(let argument) = operation else { return nil }
      return line.cone(below: argument, limit: coneLimit)
    }
  }
}

extension StraightLine {
  /// The value and what it is computed from, the nearest first, at most `limit` of them; what these
  /// read besides is frozen.
  fileprivate func cone(below value: Int, limit: Int) -> RoundedLine.Cone {
    var isComputed: [Int: Bool] = [:]
    var queue = [value]
    var next = 0
    while next < queue.count {
      let value = queue[next]
      next += 1
      if isComputed[value] != nil { continue }
      isComputed[value] = next <= limit
      if next <= limit { queue += operations[value].operands }
    }
    let values = isComputed.keys.sorted()
    return RoundedLine.Cone(values: values, isFrozen: values.map { isComputed[$0] != true })
  }
}
