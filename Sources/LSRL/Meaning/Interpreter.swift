import ExactArithmetic

/// Why a program cannot be evaluated further.
public enum InterpreterError: Error, Hashable, Sendable {
  /// A token that the program cannot read.
  case tokenSize(expected: Int, found: Int)

  /// A vector of numbers that take more room than allowed. Each Multi can double the bits of its
  /// factors, so short programs have astronomically long values.
  case tooLarge(NodeID, bits: Int, limit: Int)
}

extension InterpreterError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tokenSize(let expected, let found):
      "expected a token of \(expected) numbers, found \(found)"
    case .tooLarge(let node, let bits, let limit):
      "the value of \(node) takes \(bits) bits, more than the \(limit) allowed"
    }
  }
}

/// The definition of what a program means, over any `Number`. Every other evaluator is tested
/// against it, so it is written to be obviously right, not to be fast.
///
/// For each token, every node is evaluated once in topological order; only the states of LinState
/// nodes survive to the next token.
public struct Interpreter<Number: Scalar>: Sendable {
  @usableFromInline
  let graph: Graph

  /// By position of the node; empty for all but LinStates.
  @usableFromInline
  var states: [[Number]] = []

  /// The most bits that the numbers of one vector may take together.
  @usableFromInline
  let bitLimit: Int

  @inlinable
  public init(_ graph: Graph, bitLimit: Int = 1 << 28) {
    self.graph = graph
    self.bitLimit = bitLimit
    reset()
  }

  /// Reads one token and returns the value of the output node.
  @inlinable
  public mutating func step(_ token: [Number]) throws(InterpreterError) -> [Number] {
    guard token.count == graph.inputDimension else {
      throw .tokenSize(expected: graph.inputDimension, found: token.count)
    }
    var values: [[Number]] = []
    values.reserveCapacity(graph.nodes.count)
    for (position, node) in graph.nodes.enumerated() {
      let inputs = node.inputs.flatMap { values[graph.position(of: $0)] }
      let vector = node.isInput ? token : inputs
      let value = node.operation.evaluated(on: vector, state: &states[position])
      let bits = value.reduce(0) { $0 + $1.bitCount }
      guard bits <= bitLimit else { throw .tooLarge(node.id, bits: bits, limit: bitLimit) }
      values.append(value)
    }
    return values[values.count - 1]
  }

  /// The outputs for a whole sequence, from the initial state.
  @inlinable
  public mutating func run(_ tokens: [[Number]]) throws(InterpreterError) -> [[Number]] {
    reset()
    var outputs: [[Number]] = []
    for token in tokens { outputs.append(try step(token)) }
    return outputs
  }

  /// Back to the initial states.
  @inlinable
  public mutating func reset() {
    states = graph.nodes.map { node in
      guard case .linState(let state) = node.operation else { return [] }
      return state.initial.map(Number.init(nearest:))
    }
  }
}
