import ExactArithmetic
import LSRL

extension CellProgram {
  /// The same program. Nodes stand where they stand in the graph; a slice becomes a linear that
  /// selects.
  public init(_ graph: Graph) {
    let nodes = graph.nodes.map { node -> Node in
      let sources = node.inputs.map(graph.position)
      return switch node.operation {
      case .input: .input
      case .slice(let range):
        .linear(.selection(of: range, from: graph.dimensions[sources[0]]), of: sources[0])
      case .concat: .concat(sources)
      case .linear, .relu, .multiply, .linState: Node(node.operation, of: sources[0])
      }
    }
    self.init(
      nodes: nodes, initial: graph.nodes.map(\.operation.initialValue), output: nodes.count - 1)
  }

  /// The same program: node 0 is the input, node k the value after k steps.
  public init(_ path: PathGraph) {
    let steps = path.steps.enumerated().map { Node($0.element.operation, of: $0.offset) }
    self.init(
      nodes: [.input] + steps,
      initial: [[]] + path.steps.map(\.operation.initialValue), output: steps.count)
  }
}

extension CellProgram.Node {
  /// Precondition: an operation of one input that is no slice.
  fileprivate init(_ operation: Operation, of source: Int) {
    switch operation {
    case .linear(let map): self = .linear(map, of: source)
    case .relu: self = .relu(of: source)
    case .multiply: self = .multiply(of: source)
    case .linState(let state):
      self = .state(recurrence: state.recurrence, input: state.input, of: source)
    case .input, .slice, .concat: preconditionFailure("\(operation) has no node of its own")
    }
  }
}

extension Operation {
  fileprivate var initialValue: [Rational] {
    if case .linState(let state) = self { state.initial } else { [] }
  }
}
