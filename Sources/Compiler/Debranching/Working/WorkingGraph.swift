import LSRL

/// A program that is being rewritten: it answers what a `Graph` answers, and changes in place, at a
/// cost that depends on what changes and not on how large the program is.
///
/// It keeps the invariants of `Graph` but for one: its nodes are in a topological order that
/// depends on the structure of the program with which rewriting began, and on the edits since, not
/// necessarily in the canonical one. Names have no influence.
///
/// Nothing trusted rests on it: a trace replays on `Graph`s, which are checked from scratch.
public struct WorkingGraph: Sendable {
  struct Entry: Sendable {
    var node: Node
    var dimension: Int

    /// The slots of the nodes that read this one, in topological order, one per use.
    var readers: [Int]

    var isAlive = true

    /// Whether it is on the path from the Input to the first branching node, itself included.
    var isOnPath = false
  }

  /// By slot. A slot is never given to another node, so it may outlive its own.
  var entries: [Entry]
  var order: OrderedList
  var slots: SlotTable
  var outputSlot: Int

  /// The last node of the path that starts at the Input: the first branching node, or the output.
  var pathEnd: Int

  public internal(set) var nodeCount: Int

  /// See `Graph.storedEntries`.
  public internal(set) var storedEntries: Int

  /// The number from which on no node has ever been named.
  var nextNumber: Int

  public init(_ graph: Graph) {
    let nodes = graph.nodes
    entries = nodes.indices.map { position in
      Entry(
        node: nodes[position], dimension: graph.dimensions[position],
        readers: Array(graph.uses(ofNodeAt: position)))
    }
    order = OrderedList(count: nodes.count)
    slots = SlotTable(nodes)
    outputSlot = nodes.count - 1
    pathEnd = 0
    nodeCount = nodes.count
    storedEntries = graph.storedEntries
    nextNumber = nodes.reduce(0) { max($0, $1.id.number + 1) }
    walkPath(from: 0)
  }
}

// MARK: - Asking

extension WorkingGraph {
  public subscript(id: NodeID) -> Node { entries[slot(of: id)].node }

  public var output: NodeID { entries[outputSlot].node.id }

  public func contains(_ id: NodeID) -> Bool { slots[id] != nil }

  public func dimension(of id: NodeID) -> Int { entries[slot(of: id)].dimension }

  /// All nodes, in topological order. Takes time: rules ask about neighbours instead.
  public var nodes: [Node] { slotsInOrder.map { entries[$0].node } }

  /// How often `id` is read.
  public func useCount(of id: NodeID) -> Int { entries[slot(of: id)].readers.count }

  /// The nodes that read `id`, in topological order: one entry per use, so twice in a row if a
  /// Concat reads it twice.
  public func successors(of id: NodeID) -> [Node] {
    entries[slot(of: id)].readers.map { entries[$0].node }
  }

  /// The nodes that read `id`, each once, in topological order.
  public func readers(of id: NodeID) -> [Node] {
    var readers: [Node] = []
    var last = -1
    for slot in entries[slot(of: id)].readers where slot != last {
      readers.append(entries[slot].node)
      last = slot
    }
    return readers
  }

  /// The one node that reads `id`, and reads it once; nil if there is none, or more.
  public func onlyReader(of id: NodeID) -> Node? {
    let readers = entries[slot(of: id)].readers
    return readers.count == 1 ? entries[readers[0]].node : nil
  }

  /// The first node that is read more than once; nil if this is a path.
  public var firstBranchingNode: NodeID? {
    entries[pathEnd].readers.count > 1 ? entries[pathEnd].node.id : nil
  }

  /// Of two nodes that do not depend on each other: which comes first.
  public func isBefore(_ left: NodeID, _ right: NodeID) -> Bool {
    order.isBefore(slot(of: left), slot(of: right))
  }

  /// The same program as a `Graph`, checked and ordered from scratch.
  public func graph() throws(GraphError) -> Graph { try Graph(nodes: nodes, output: output) }

  func slot(of id: NodeID) -> Int {
    guard let slot = slots[id] else { preconditionFailure("\(id) is not a node of this graph") }
    return slot
  }

  var slotsInOrder: [Int] {
    var slots: [Int] = []
    slots.reserveCapacity(nodeCount)
    var current: Int? = 0
    while let slot = current {
      slots.append(slot)
      current = order.successor(of: slot)
    }
    return slots
  }
}

extension GraphEdit {
  /// An edit that changes nothing yet. Its new ids are those that no node has had so far.
  public init(of graph: WorkingGraph) { self.init(firstNewNumber: graph.nextNumber) }
}
