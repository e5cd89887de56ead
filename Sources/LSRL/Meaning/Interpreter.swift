import ExactArithmetic

/// A token that the program cannot read.
public struct TokenError: Error, Hashable, Sendable {
  public let expectedDimension: Int
  public let foundDimension: Int

  public init(expectedDimension: Int, foundDimension: Int) {
    self.expectedDimension = expectedDimension
    self.foundDimension = foundDimension
  }
}

extension TokenError: CustomStringConvertible {
  public var description: String {
    "expected a token of \(expectedDimension) numbers, found \(foundDimension)"
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

  @inlinable
  public init(_ graph: Graph) {
    self.graph = graph
    reset()
  }

  /// Reads one token and returns the value of the output node.
  @inlinable
  public mutating func step(_ token: [Number]) throws(TokenError) -> [Number] {
    guard token.count == graph.inputDimension else {
      throw TokenError(expectedDimension: graph.inputDimension, foundDimension: token.count)
    }
    var values: [[Number]] = []
    values.reserveCapacity(graph.nodes.count)
    for (position, node) in graph.nodes.enumerated() {
      let inputs = node.inputs.flatMap { values[graph.position(of: $0)] }
      let vector = node.isInput ? token : inputs
      values.append(node.operation.evaluated(on: vector, state: &states[position]))
    }
    return values[values.count - 1]
  }

  /// The outputs for a whole sequence, from the initial state.
  @inlinable
  public mutating func run(_ tokens: [[Number]]) throws(TokenError) -> [[Number]] {
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
