import LSRL

/// What an edit will do to a graph, found out and checked before anything is done.
struct EditPlan {
  /// The slot that the first inserted node will have; the others follow.
  let firstSlot: Int
  let insertions: [Node]
  private(set) var dimensions: [Int] = []

  /// Slots of nodes that are there and of their replacements, and whether these exchange their
  /// handles: then the readers of `old` need not be touched.
  struct Redirection {
    let old: Int
    let new: Int
    let exchanges: Bool
  }

  private(set) var redirections: [Redirection] = []

  /// The nodes that read a redirected one and have to be told.
  private(set) var rewired: [Int] = []

  /// By insertion: the earliest of the old nodes that will read it, or read what reads it. Nil if
  /// there is none.
  private var bounds: [Int?]

  /// Nil if the edit takes more than nodes put in between; the graph has to be built anew then.
  init?(_ edit: GraphEdit, for graph: WorkingGraph) {
    firstSlot = graph.entries.count
    insertions = edit.insertions
    bounds = Array(repeating: nil, count: insertions.count)
    guard measureInsertions(in: graph), redirect(edit, in: graph), rewire(edit, in: graph),
      placesExist(in: graph)
    else { return nil }
  }

  /// The slot that `id` has, or will have. Precondition: it is known.
  func slot(of id: NodeID, in graph: WorkingGraph) -> Int {
    insertedSlot(id) ?? graph.slot(of: id)
  }

  /// Few nodes are inserted at a time; rules number them one after the other.
  private func insertedSlot(_ id: NodeID, below count: Int? = nil) -> Int? {
    guard let first = insertions.first else { return nil }
    let index = id.number &- first.id.number
    guard 0..<(count ?? insertions.count) ~= index, insertions[index].id == id else { return nil }
    return firstSlot + index
  }

  /// Inserted nodes have new names, numbered upwards, and read what is there or comes before them.
  private mutating func measureInsertions(in graph: WorkingGraph) -> Bool {
    dimensions.reserveCapacity(insertions.count)
    for (index, node) in insertions.enumerated() {
      guard insertedSlot(node.id) == firstSlot + index, !graph.contains(node.id) else {
        return false
      }
      if case .input = node.operation { return false }
      var total = 0
      for input in node.inputs {
        if let slot = insertedSlot(input, below: index) {
          total += dimensions[slot - firstSlot]
        } else if let slot = graph.slots[input] {
          total += graph.entries[slot].dimension
        } else {
          return false
        }
      }
      let size = try? node.operation.outputDimension(
        ofInputs: node.inputs.count, total: total, at: node.id)
      guard let size else { return false }
      dimensions.append(size)
    }
    return true
  }

  /// Up to this many readers are told one by one.
  private static let fewReaders = 8

  private mutating func redirect(_ edit: GraphEdit, in graph: WorkingGraph) -> Bool {
    redirections.reserveCapacity(edit.redirections.count)
    for redirection in edit.redirections {
      guard let slot = graph.slots[redirection.old] else { continue }
      let new = redirection.new
      guard let replacement = insertedSlot(new) ?? graph.slots[new],
        dimension(replacement, graph) == graph.entries[slot].dimension
      else { return false }
      if slot == replacement { continue }
      // An inserted node has no readers yet, and can exchange handles once.
      let exchanges =
        replacement >= firstSlot && graph.entries[slot].readers.count > EditPlan.fewReaders
        && !redirections.contains { $0.new == replacement && $0.exchanges }
      redirections.append(Redirection(old: slot, new: replacement, exchanges: exchanges))
    }
    return true
  }

  private func dimension(_ slot: Int, _ graph: WorkingGraph) -> Int {
    slot < firstSlot ? graph.entries[slot].dimension : dimensions[slot - firstSlot]
  }

  /// Replacements that are old nodes must come before the nodes that will read them.
  private mutating func rewire(_ edit: GraphEdit, in graph: WorkingGraph) -> Bool {
    for redirection in redirections {
      let readers = graph.entries[redirection.old].readers
      guard let first = readers.first else { continue }
      if redirection.new >= firstSlot {
        bound(redirection.new, by: first, graph)
      } else if !graph.order.isBefore(redirection.new, first) {
        return false
      }
      if redirection.exchanges { continue }
      for reader in readers where rewired.last != reader { rewired.append(reader) }
    }
    if redirections.count > 1, rewired.count > 1 {
      rewired.sort()
      rewired = rewired.indices.compactMap { index in
        index > 0 && rewired[index - 1] == rewired[index] ? nil : rewired[index]
      }
    }
    return true
  }

  private mutating func bound(_ inserted: Int, by reader: Int, _ graph: WorkingGraph) {
    let index = inserted - firstSlot
    if let known = bounds[index], !graph.order.isBefore(reader, known) { return }
    bounds[index] = reader
  }

  /// Whether each inserted node fits between what it reads and what reads it.
  private mutating func placesExist(in graph: WorkingGraph) -> Bool {
    for index in insertions.indices.reversed() {
      let end = bounds[index]
      for input in insertions[index].inputs {
        if let slot = insertedSlot(input) {
          if let end { bound(slot, by: end, graph) }
        } else if let end, !graph.order.isBefore(graph.slot(of: input), end) {
          return false
        }
      }
    }
    return true
  }
}
