import ExactArithmetic
import LSRL

extension GraphDrawing {
  /// The program's graph, by the author's names.
  public init(_ program: Program, title: String) {
    let graph = program.graph
    self.init(
      title,
      nodes: graph.nodes.enumerated().map { position, node in
        let origin = program.origins[node.id]
        let place = origin?.place.map { "line \($0.line)" } ?? ""
        let matrices = node.operation.matrices
        return Node(
          origin?.name ?? "\(node.id)",
          node.operation.drawnName(dimension: graph.dimensions[position]), node.operation.drawnKind,
          detail: [matrices, place].filter { !$0.isEmpty }.joined(separator: ", "),
          reading: node.inputs.map(graph.position(of:)))
      })
  }

  /// The program with a box for each line of its text; nil where lines are not known, or are not
  /// in the order in which values flow.
  public init?(lines program: Program, title: String) {
    let graph = program.graph
    let lines = graph.nodes.compactMap { program.origins[$0.id]?.place?.line }
    guard lines.count == graph.nodes.count else { return nil }
    let order = Set(lines).sorted()
    let position = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
    var members = [[Int]](repeating: [], count: order.count)
    var inputs = [Set<Int>](repeating: [], count: order.count)
    for (node, line) in zip(graph.nodes.indices, lines) {
      guard let box = position[line] else { return nil }
      members[box].append(node)
      for source in graph.nodes[node].inputs {
        guard let from = position[lines[graph.position(of: source)]], from <= box else {
          return nil
        }
        if from < box { inputs[box].insert(from) }
      }
    }
    self.init(
      title,
      nodes: order.indices.map { box in
        // Nodes are in topological order: the last one has the statement's value.
        let last = members[box].last.map { graph.nodes[$0] }
        let operations = members[box].map { graph.nodes[$0].operation }
        // Of a list the whole, not its last element.
        let name = last.flatMap { program.origins[$0.id]?.name }.map { $0.prefix { $0 != "[" } }
        let count = members[box].count
        return Node(
          name.map(String.init) ?? "line \(order[box])",
          count == 1
            ? operations[0].drawnName(dimension: graph.dimensions[members[box][0]])
            : "\(count) nodes",
          Operation.drawnKind(of: operations), detail: "line \(order[box])",
          reading: inputs[box].sorted())
      })
  }

  /// A path, a node below the other.
  public init(_ path: PathGraph, title: String) {
    var nodes = [Node("input", "Input \(path.inputDimension)", .input, reading: [])]
    for (position, step) in path.steps.enumerated() {
      nodes.append(
        Node(
          "step \(position)",
          step.operation.drawnName(dimension: path.dimensions[position + 1]),
          step.operation.drawnKind, detail: step.operation.matrices, reading: [position]))
    }
    self.init(title, nodes: nodes)
  }
}

extension Operation {
  /// What matters most among several: memory, then products.
  fileprivate static func drawnKind(of operations: [Operation]) -> GraphDrawing.Kind {
    let kinds = operations.map(\.drawnKind)
    let order: [GraphDrawing.Kind] = [.input, .state, .product, .relu, .affine]
    return order.first(where: kinds.contains) ?? .wiring
  }

  fileprivate var drawnKind: GraphDrawing.Kind {
    switch self {
    case .input: .input
    case .linear: .affine
    case .slice, .concat: .wiring
    case .relu: .relu
    case .multiply: .product
    case .linState: .state
    }
  }

  fileprivate func drawnName(dimension: Int) -> String {
    switch self {
    case .input: "Input \(dimension)"
    case .linear: "Linear \(dimension)"
    case .slice(let range): "Slice \(range.lowerBound)..<\(range.upperBound)"
    case .relu: "ReLU \(dimension)"
    case .concat: "Concat \(dimension)"
    case .multiply: "Multi \(dimension)"
    case .linState: "LinState \(dimension)"
    }
  }

  /// Small matrices in full, of large ones how large they are.
  fileprivate var matrices: String {
    switch self {
    case .linear(let map): map.shown("A", "b")
    case .linState(let state):
      "A = \(state.recurrence.shown), \(state.input.shown("B", "b")), from \(state.initial.shown)"
    case .input, .slice, .relu, .concat, .multiply: ""
    }
  }
}

extension AffineMap {
  fileprivate func shown(_ matrixName: String, _ offsetName: String) -> String {
    let isLinear = offset.allSatisfy { $0 == 0 }
    return "\(matrixName) = \(matrix.shown)" + (isLinear ? "" : ", \(offsetName) = \(offset.shown)")
  }
}

extension Matrix {
  fileprivate var shown: String {
    rowCount * columnCount <= 8
      ? "\(self)" : "(\(rowCount) × \(columnCount), \(nonzeroCount) non-zeros)"
  }
}

extension [Rational] {
  fileprivate var shown: String { count <= 6 ? "\(self)" : "(\(count) numbers)" }
}
