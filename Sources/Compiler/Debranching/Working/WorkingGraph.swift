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
    /// The node; its inputs may have other names by now, see `node(at:)`.
    var node: Node

    /// Of `node`: to ask for it does not touch the operation, which is many references.
    let kind: NodeKinds

    /// What it reads, as handles.
    var inputs: [Int]

    /// What those that read this node hold.
    var handle: Int
    var dimension: Int

    /// The slots of the nodes that read this one, in topological order, one per use.
    var readers: [Int] = []

    /// Whether `readers` are in order; not so only in the middle of an edit.
    var isSorted = true

    /// How many of the readers are Slices.
    var sliceReaders = 0

    var isAlive = true

    /// Whether it is on the path from the Input to the first branching node, itself included.
    var isOnPath = false

    init(
      node: Node, inputs: [Int], handle: Int, dimension: Int, readers: [Int] = [],
      isAlive: Bool = true
    ) {
      self.node = node
      kind = node.operation.kind
      self.inputs = inputs
      self.handle = handle
      self.dimension = dimension
      self.readers = readers
      self.isAlive = isAlive
    }
  }

  /// By slot. A slot is never given to another node, so it may outlive its own.
  var entries: [Entry]

  /// By handle, the slot of the node that it stands for. To redirect all uses of a node, however
  /// many, takes no more than to exchange its handle with that of its replacement.
  var targets: [Int]

  /// Whether handles have ever been exchanged; before, all nodes know their inputs by name.
  var hasExchanged = false
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
    entries = []
    entries.reserveCapacity(2 * nodes.count + 16)
    for position in nodes.indices {
      entries.append(
        Entry(
          node: nodes[position], inputs: nodes[position].inputs.map(graph.position(of:)),
          handle: position, dimension: graph.dimensions[position],
          readers: Array(graph.uses(ofNodeAt: position))))
    }
    for position in entries.indices where entries[position].kind == .slice {
      for input in entries[position].inputs { entries[input].sliceReaders += 1 }
    }
    targets = Array(nodes.indices)
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
  public subscript(id: NodeID) -> Node { node(at: slot(of: id)) }

  public var output: NodeID { entries[outputSlot].node.id }

  public func contains(_ id: NodeID) -> Bool { slots[id] != nil }

  public func dimension(of id: NodeID) -> Int { entries[slot(of: id)].dimension }

  /// All nodes, in topological order. Takes time: rules ask about neighbours instead.
  public var nodes: [Node] { slotsInOrder.map(node(at:)) }

  /// How often `id` is read.
  public func useCount(of id: NodeID) -> Int { entries[slot(of: id)].readers.count }

  /// The nodes that read `id`, in topological order: one entry per use, so twice in a row if a
  /// Concat reads it twice.
  public func successors(of id: NodeID) -> [Node] {
    entries[slot(of: id)].readers.map(node(at:))
  }

  /// The nodes that read `id`, each once, in topological order.
  public func readers(of id: NodeID) -> [Node] {
    var readers: [Node] = []
    let slots = entries[slot(of: id)].readers
    readers.reserveCapacity(slots.count)
    var last = -1
    for slot in slots where slot != last {
      readers.append(node(at: slot))
      last = slot
    }
    return readers
  }

  /// The one node that reads `id`, and reads it once; nil if there is none, or more.
  public func onlyReader(of id: NodeID) -> Node? {
    let readers = entries[slot(of: id)].readers
    return readers.count == 1 ? node(at: readers[0]) : nil
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

  /// How many Slices read `id`.
  func sliceReaderCount(of id: NodeID) -> Int { entries[slot(of: id)].sliceReaders }

  /// The node, with its inputs under the names that they have now.
  func node(at slot: Int) -> Node {
    hasExchanged ? renamed(at: slot) : entries[slot].node
  }

  /// The node, with names looked up.
  func renamed(at slot: Int) -> Node {
    let inputs = entries[slot].inputs
    for index in inputs.indices where entries[slot].node.inputs[index] != name(inputs[index]) {
      // A loop: a closure would hold the whole graph.
      var names: [NodeID] = []
      names.reserveCapacity(inputs.count)
      for handle in inputs { names.append(name(handle)) }
      return Node(entries[slot].node.id, entries[slot].node.operation, reading: names)
    }
    return entries[slot].node
  }

  private func name(_ handle: Int) -> NodeID { entries[targets[handle]].node.id }

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
