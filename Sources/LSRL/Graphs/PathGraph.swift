import ExactArithmetic

/// A program without branches: the Input, then one operation after the other, each reading exactly
/// the one before. What debranching ends in and what lowering starts from.
///
/// Invariants, established by `init(inputDimension:steps:)`:
/// 1. No step is an Input, a Concat or a Slice: slices are linears that select.
/// 2. The dimensions agree from each step to the next.
public struct PathGraph: Hashable, Sendable {
  public struct Step: Hashable, Sendable {
    public let operation: Operation

    /// For each coordinate of the step's value the node of the source program that it belongs to,
    /// nil where it merely passes; empty if nothing is known. For messages.
    public let origins: [NodeID?]

    public init(_ operation: Operation, origins: [NodeID?] = []) {
      self.operation = operation
      self.origins = origins
    }
  }

  public let inputDimension: Int
  public let steps: [Step]

  /// The dimension before the first step, and after each.
  public let dimensions: [Int]

  public init(inputDimension: Int, steps: [Step]) throws(GraphError) {
    var dimensions = [inputDimension]
    for (position, step) in steps.enumerated() {
      let place = NodeID(position + 1)
      switch step.operation {
      case .input, .concat, .slice: throw .notAPathStep(place)
      case .linear, .relu, .multiply, .linState: break
      }
      dimensions.append(
        try step.operation.outputDimension(ofInputs: 1, total: dimensions[position], at: place))
    }
    self.inputDimension = inputDimension
    self.steps = steps
    self.dimensions = dimensions
  }

  /// The same program, if `graph` is a path. A Concat on a path reads one node; it is copied or
  /// selected from by a linear.
  public init?(_ graph: Graph) {
    guard graph.firstBranchingNode == nil else { return nil }
    var steps: [Step] = []
    for (position, node) in graph.nodes.enumerated() {
      let origins = [NodeID?](repeating: node.id, count: graph.dimensions[position])
      switch node.operation {
      case .input, .concat: continue
      case .slice(let range):
        let selection = Matrix.selection(of: range, from: graph.dimensions[position - 1])
        steps.append(Step(.linear(AffineMap(selection)), origins: origins))
      case .linear, .relu, .multiply, .linState:
        steps.append(Step(node.operation, origins: origins))
      }
    }
    guard let path = try? PathGraph(inputDimension: graph.inputDimension, steps: steps) else {
      return nil
    }
    self = path
  }

  public var outputDimension: Int { dimensions[dimensions.count - 1] }

  /// The same program as a graph.
  public var graph: Graph {
    var nodes = [Node(0, .input(dimension: inputDimension))]
    for step in steps {
      nodes.append(
        Node(NodeID(nodes.count), step.operation, reading: [NodeID(nodes.count - 1)]))
    }
    do {
      return try Graph(nodes: nodes, output: NodeID(nodes.count - 1))
    } catch {
      preconditionFailure("a path is not a graph: \(error)")
    }
  }
}

// MARK: - Meaning

extension PathGraph {
  /// The outputs after each token, from the initial states. Precondition: tokens of the input's
  /// dimension.
  @inlinable
  public func run<Number: Scalar>(_ tokens: [[Number]]) -> [[Number]] {
    var states = steps.map { step -> [Number] in
      guard case .linState(let state) = step.operation else { return [] }
      return state.initial.map(Number.init(nearest:))
    }
    return tokens.map { token in
      precondition(token.count == inputDimension, "a token of \(token.count)")
      var vector = token
      for (position, step) in steps.enumerated() {
        vector = step.operation.evaluated(on: vector, state: &states[position])
      }
      return vector
    }
  }
}

// MARK: - Sizes

/// How large a program is when its matrices are stored dense: what the paper's figures count.
public struct ProgramSize: Hashable, Sendable {
  public var nodes = 0

  /// Numbers in matrices and offsets, zeros included; initial states not.
  public var denseParameters = 0

  /// Numbers in matrices and offsets that are not zero.
  public var nonzeros = 0

  /// The largest dimension of a node.
  public var width = 0

  public init() {}

  mutating func count(_ operation: Operation, dimension: Int) {
    nodes += 1
    width = max(width, dimension)
    switch operation {
    case .linear(let map): count(map)
    case .linState(let state):
      count(state.input)
      denseParameters += state.dimension * state.dimension
      nonzeros += state.recurrence.nonzeroCount
    case .input, .slice, .relu, .concat, .multiply: break
    }
  }

  private mutating func count(_ map: AffineMap) {
    denseParameters += map.outputDimension * (map.inputDimension + 1)
    nonzeros += map.matrix.nonzeroCount + map.offset.count { $0 != 0 }
  }
}

extension PathGraph {
  public var size: ProgramSize {
    var size = ProgramSize()
    size.count(.input(dimension: inputDimension), dimension: inputDimension)
    for (step, dimension) in zip(steps, dimensions.dropFirst()) {
      size.count(step.operation, dimension: dimension)
    }
    return size
  }
}

extension Graph {
  /// A Slice counts as the dense linear that it stands for.
  public var size: ProgramSize {
    var size = ProgramSize()
    for (position, node) in nodes.enumerated() {
      size.count(node.operation, dimension: dimensions[position])
      if case .slice(let range) = node.operation {
        size.denseParameters += range.count * (dimension(of: node.inputs[0]) + 1)
        size.nonzeros += range.count
      }
    }
    return size
  }
}
