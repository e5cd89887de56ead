import ExactArithmetic

/// What a node computes from its inputs. All values are column vectors over the rationals.
///
/// Source: Petrov, Lamb, Paren, Torr, Bibi, *Universal In-Context Approximation By Prompting Fully
/// Recurrent Models*, NeurIPS 2024, arXiv 2406.01424, section 3 and appendix A.
public enum Operation: Hashable, Sendable {
  /// The current token.
  case input(dimension: Int)

  /// x ↦ A x + b.
  indirect case linear(AffineMap)

  /// The coordinates in the range, its end exclusive. A kind of its own, not a linear, because
  /// selection commutes with every elementwise operation and debranching uses that.
  case slice(Range<Int>)

  /// x ↦ max(0, x), elementwise.
  case relu

  /// The inputs on top of each other. An input may occur more than once.
  case concat

  /// [p; q] ↦ p ⊙ q, for halves of equal dimension.
  case multiply

  /// s ← A s + B x + b for each token; the output is the updated s.
  indirect case linState(LinState)
}

/// The only memory of the language: s ← A s + (B x + b), starting from `initial`.
///
/// Shapes: A is k × k, B is k × n, b and `initial` have k elements.
public struct LinState: Hashable, Sendable {
  /// A.
  public let recurrence: Matrix

  /// x ↦ B x + b.
  public let input: AffineMap

  public let initial: [Rational]

  public init(recurrence: Matrix, input: AffineMap, initial: [Rational]) {
    let dimension = initial.count
    precondition(
      recurrence.rowCount == dimension && recurrence.columnCount == dimension
        && input.outputDimension == dimension,
      "a state of \(dimension) with a \(recurrence.rowCount)×\(recurrence.columnCount) recurrence")
    self.recurrence = recurrence
    self.input = input
    self.initial = initial
  }

  public var dimension: Int { initial.count }

  /// s = x: the state that remembers nothing.
  public static func passing(_ dimension: Int) -> LinState {
    LinState(
      recurrence: .zero(dimension, dimension), input: .identity(dimension),
      initial: Array(repeating: 0, count: dimension))
  }

  /// The state after reading `vector` in `state`.
  ///
  /// In floats the order is part of the meaning: start at b, then A's columns on the old state in
  /// ascending order, then B's on the input.
  @inlinable
  public func step<Number: Scalar>(_ state: [Number], reading vector: [Number]) -> [Number] {
    let remembered = recurrence.accumulate(state, onto: input.offset.map(Number.init(nearest:)))
    return input.matrix.accumulate(vector, onto: remembered)
  }
}

extension Operation {
  /// The dimension of the result, given how many inputs there are and their dimensions' sum. Throws
  /// what a graph with such a node would.
  package func outputDimension(
    ofInputs inputCount: Int, total size: Int, at node: NodeID
  ) throws(GraphError) -> Int {
    let arity = inputArity
    guard arity.contains(inputCount) else {
      throw .wrongInputCount(node, expected: arity, found: inputCount)
    }
    switch self {
    case .input(let dimension):
      guard dimension > 0 else { throw .emptyVector(node) }
      return dimension
    case .linear(let map):
      try expect(map.inputDimension, found: size, at: node)
      guard map.outputDimension > 0 else { throw .emptyVector(node) }
      return map.outputDimension
    case .slice(let range):
      guard !range.isEmpty else { throw .emptyVector(node) }
      guard range.lowerBound >= 0, range.upperBound <= size else {
        throw .sliceOutOfRange(node, range, dimension: size)
      }
      return range.count
    case .relu, .concat:
      return size
    case .multiply:
      guard size.isMultiple(of: 2) else { throw .oddDimension(node, found: size) }
      return size / 2
    case .linState(let state):
      try expect(state.input.inputDimension, found: size, at: node)
      guard state.dimension > 0 else { throw .emptyVector(node) }
      return state.dimension
    }
  }

  private var inputArity: ClosedRange<Int> {
    switch self {
    case .input: 0...0
    case .concat: 1...Int.max
    case .linear, .slice, .relu, .multiply, .linState: 1...1
    }
  }

  private func expect(_ expected: Int, found: Int, at node: NodeID) throws(GraphError) {
    guard expected == found else {
      throw .dimensionMismatch(node, expected: expected, found: found)
    }
  }
}
