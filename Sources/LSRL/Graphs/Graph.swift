/// An LSRL program: a directed acyclic graph that turns a token into a vector, once per token.
///
/// A `Graph` that exists is well formed. Invariants, all established by `init(nodes:output:)`:
/// 1. Node ids are unique, and every id that is read is defined.
/// 2. There is exactly one Input.
/// 3. There is no cycle.
/// 4. Every node reaches the output.
/// 5. Every operation gets the number and dimensions of inputs that it expects; none is empty.
/// 6. `nodes` are in the canonical topological order: that in which a walk from the output, taking
///    the inputs of each node in order, leaves them. It depends on the structure alone: not on the
///    ids, nor on the order in which the nodes were given.
///
/// It follows that the Input comes first and that the output comes last, as the only node that no
/// other reads: what read it would have to reach it.
public struct Graph: Hashable, Sendable {
  public let nodes: [Node]
  public let output: NodeID

  /// By position in `nodes`.
  public let dimensions: [Int]

  private let index: NodeIndex

  /// The readers of the node at position p are `readers[readerStarts[p]..<readerStarts[p + 1]]`, as
  /// positions.
  private let readers: [Int]
  private let readerStarts: [Int]

  public init(nodes unordered: [Node], output: NodeID) throws(GraphError) {
    let order = try Graph.canonicalOrder(of: unordered, output: output)
    let nodes = order.map { unordered[$0] }
    let index = NodeIndex(nodes)

    var dimensions: [Int] = []
    dimensions.reserveCapacity(nodes.count)
    var readerCounts = [Int](repeating: 0, count: nodes.count + 1)
    for node in nodes {
      var total = 0
      for source in node.inputs {
        let position = index.known(source)
        readerCounts[position + 1] += 1
        total += dimensions[position]
      }
      dimensions.append(
        try node.operation.outputDimension(
          ofInputs: node.inputs.count, total: total, at: node.id))
    }
    for position in nodes.indices { readerCounts[position + 1] += readerCounts[position] }
    var next = readerCounts
    var readers = [Int](repeating: 0, count: readerCounts[nodes.count])
    for (position, node) in nodes.enumerated() {
      for source in node.inputs {
        let source = index.known(source)
        readers[next[source]] = position
        next[source] += 1
      }
    }

    self.nodes = nodes
    self.output = output
    self.dimensions = dimensions
    self.index = index
    self.readers = readers
    self.readerStarts = readerCounts
  }

  public static func == (left: Graph, right: Graph) -> Bool {
    left.output == right.output && left.nodes == right.nodes
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(output)
    hasher.combine(nodes)
  }
}

// MARK: - Asking

extension Graph {
  public subscript(id: NodeID) -> Node { nodes[position(of: id)] }

  public func dimension(of id: NodeID) -> Int { dimensions[position(of: id)] }

  /// Where `id` stands in `nodes`. Precondition: it is a node of this graph.
  public func position(of id: NodeID) -> Int { index.known(id) }

  public func contains(_ id: NodeID) -> Bool { index[id] != nil }

  /// The nodes that read `id`, in topological order: one entry per use, so twice in a row if a
  /// Concat reads it twice.
  public func successors(of id: NodeID) -> [Node] {
    uses(ofNodeAt: position(of: id)).map { nodes[$0] }
  }

  /// The positions of the nodes that read the node at `position`, ascending: one entry per use.
  public func uses(ofNodeAt position: Int) -> ArraySlice<Int> {
    readers[readerStarts[position]..<readerStarts[position + 1]]
  }

  /// How often `id` is read.
  public func useCount(of id: NodeID) -> Int {
    let position = position(of: id)
    return readerStarts[position + 1] - readerStarts[position]
  }

  /// The first node in topological order that is read more than once; nil if this is a path.
  public var firstBranchingNode: NodeID? {
    nodes.indices.first { readerStarts[$0 + 1] - readerStarts[$0] > 1 }.map { nodes[$0].id }
  }

  public var inputDimension: Int { dimensions[0] }
  public var outputDimension: Int { dimensions[dimensions.count - 1] }

  /// The same program with its nodes named n0, n1, … in their canonical order: equal for programs
  /// that differ in names only.
  public var canonicallyNamed: Graph {
    renamed { NodeID(position(of: $0)) }
  }

  /// The same program with other names. Precondition: no two nodes get the same name.
  public func renamed(_ name: (NodeID) -> NodeID) -> Graph {
    let renamed = nodes.map { Node(name($0.id), $0.operation, reading: $0.inputs.map(name)) }
    do {
      return try Graph(nodes: renamed, output: name(output))
    } catch {
      preconditionFailure("renaming made the graph ill-formed: \(error)")
    }
  }
}

extension Node {
  @usableFromInline
  var isInput: Bool { if case .input = operation { true } else { false } }
}
