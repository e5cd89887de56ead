extension Graph {
  /// The indices of `nodes` in the order in which a depth-first walk from `output` along the inputs
  /// leaves them. Iterative: programs may be deeper than the stack.
  static func canonicalOrder(of nodes: [Node], output: NodeID) throws(GraphError) -> [Int] {
    let index = NodeIndex(nodes)
    if let duplicate = index.duplicate { throw .duplicateNode(duplicate) }
    for node in nodes {
      for source in node.inputs where index[source] == nil {
        throw .unknownInput(of: node.id, named: source)
      }
    }
    guard let start = index[output] else { throw .unknownOutput(output) }
    let inputs = nodes.filter(\.isInput).map(\.id)
    guard inputs.count == 1 else { throw .wrongNumberOfInputNodes(inputs) }

    var order: [Int] = []
    order.reserveCapacity(nodes.count)
    // How many inputs of a node the walk has taken; nil before it is reached.
    var taken = [Int?](repeating: nil, count: nodes.count)
    var isDone = [Bool](repeating: false, count: nodes.count)
    var walk = [start]
    taken[start] = 0
    while let current = walk.last {
      let position = taken[current] ?? 0
      guard position < nodes[current].inputs.count else {
        isDone[current] = true
        order.append(current)
        walk.removeLast()
        continue
      }
      taken[current] = position + 1
      let source = index.known(nodes[current].inputs[position])
      if taken[source] == nil {
        taken[source] = 0
        walk.append(source)
      } else if !isDone[source] {
        let cycle = walk[(walk.lastIndex(of: source) ?? 0)...]
        throw .cycle(through: cycle.map { nodes[$0].id }.sorted())
      }
    }
    if let unused = nodes.indices.first(where: { taken[$0] == nil }) {
      throw .unusedNode(nodes[unused].id)
    }
    return order
  }

  /// The nodes that reach `output`, in the order given.
  public static func live(among nodes: [Node], output: NodeID) -> [Node] {
    let index = NodeIndex(nodes)
    guard let start = index[output] else { return nodes }
    var isReached = [Bool](repeating: false, count: nodes.count)
    isReached[start] = true
    var pending = [start]
    while let position = pending.popLast() {
      for id in nodes[position].inputs {
        guard let source = index[id], !isReached[source] else { continue }
        isReached[source] = true
        pending.append(source)
      }
    }
    return nodes.indices.filter { isReached[$0] }.map { nodes[$0] }
  }
}

/// From ids to positions. Ids are small numbers in practice, so a table serves; should somebody
/// name a node n1000000000, a dictionary does.
struct NodeIndex: Sendable {
  private var table: [Int32] = []
  private var dictionary: [NodeID: Int] = [:]

  /// Some id that occurs twice, if one does.
  private(set) var duplicate: NodeID?

  init(_ nodes: [Node]) {
    let largest = nodes.reduce(0) { max($0, $1.id.number) }
    let smallest = nodes.reduce(0) { min($0, $1.id.number) }
    let usesTable = smallest >= 0 && largest < 16 * nodes.count + 64
    if usesTable { table = Array(repeating: -1, count: largest + 1) }
    for (position, node) in nodes.enumerated() {
      if self[node.id] != nil { duplicate = duplicate ?? node.id }
      if usesTable {
        table[node.id.number] = Int32(position)
      } else {
        dictionary[node.id] = position
      }
    }
  }

  subscript(id: NodeID) -> Int? {
    guard !table.isEmpty else { return dictionary[id] }
    guard table.indices.contains(id.number), table[id.number] >= 0 else { return nil }
    return Int(table[id.number])
  }

  /// The position of an id that is there.
  func known(_ id: NodeID) -> Int {
    guard let position = self[id] else { preconditionFailure("\(id) is not a node of this graph") }
    return position
  }
}
