import LSRL

/// What an edit did to a graph, by slot.
struct EditEffect {
  /// Nodes that are new or read other nodes than before.
  var rewritten: [Int] = []

  /// Nodes that others read than before.
  var reread: [Int] = []

  /// Nodes that have joined the path up to the first branching node.
  var joinedPath: [Int] = []
}

extension WorkingGraph {
  /// Applies `edit`, as `Graph.applying` does and with the same errors; after an error the graph is
  /// what it was.
  ///
  /// An edit whose nodes fit in between what they read and what reads them changes the graph in
  /// place. For any other, such as one that makes a cycle, the graph is built anew, which finds
  /// out; then the answer is nil: anything may have changed.
  mutating func apply(_ edit: GraphEdit) throws(GraphError) -> EditEffect? {
    guard let plan = EditPlan(edit, for: self) else {
      let number = edit.insertions.reduce(nextNumber) { max($0, $1.id.number + 1) }
      self = WorkingGraph(try graph().applying(edit))
      nextNumber = max(nextNumber, number)
      return nil
    }
    return commit(plan)
  }

  private mutating func commit(_ plan: EditPlan) -> EditEffect {
    var effect = EditEffect(rewritten: plan.rewired.map(\.slot))
    for (node, dimension) in zip(plan.insertions, plan.dimensions) {
      let slot = order.makeSlot()
      entries.append(Entry(node: node, dimension: dimension, readers: [], isAlive: false))
      precondition(slot == entries.count - 1, "slots and entries are counted alike")
    }
    for (old, new) in plan.redirections {
      if old == outputSlot { outputSlot = new }
    }
    for (slot, inputs) in plan.rewired {
      let node = entries[slot].node
      entries[slot].node = Node(node.id, node.operation, reading: inputs)
    }
    moveReaders(plan)
    insert(plan, &effect)
    for (old, _) in plan.redirections { effect.reread.append(old) }
    removeUnread(&effect)
    for slot in effect.reread { sortReaders(of: slot) }
    effect.rewritten.removeAll { !entries[$0].isAlive }
    effect.reread.removeAll { !entries[$0].isAlive }
    updatePath(&effect)
    return effect
  }

  /// Whoever read a redirected node reads its replacement.
  private mutating func moveReaders(_ plan: EditPlan) {
    let moved = plan.redirections.map { old, _ in
      let readers = entries[old].readers
      entries[old].readers = []
      return readers
    }
    for ((_, new), readers) in zip(plan.redirections, moved) { entries[new].readers += readers }
  }

  /// Each inserted node goes right before the first node that reads it. Nodes are inserted in
  /// reverse, so those that read each other are there already. What nothing reads stays out.
  private mutating func insert(_ plan: EditPlan, _ effect: inout EditEffect) {
    for index in plan.insertions.indices.reversed() {
      let slot = plan.firstSlot + index
      guard slot == outputSlot || !entries[slot].readers.isEmpty else { continue }
      let readers = entries[slot].readers
      if let first = readers.min(by: { order.isBefore($0, $1) }) {
        order.insert(slot, before: first)
      } else {
        order.append(slot)
      }
      entries[slot].isAlive = true
      let node = entries[slot].node
      slots[node.id] = slot
      nextNumber = max(nextNumber, node.id.number + 1)
      nodeCount += 1
      storedEntries += node.operation.storedEntries(dimension: entries[slot].dimension)
      effect.rewritten.append(slot)
      effect.reread.append(slot)
      for input in node.inputs {
        let source = plan.slot(of: input, in: self)
        entries[source].readers.append(slot)
        effect.reread.append(source)
      }
    }
    for (_, new) in plan.redirections where new < plan.firstSlot { effect.reread.append(new) }
  }

  /// Drops what nothing reads any more, wave by wave. Candidates are all in `effect.reread`.
  private mutating func removeUnread(_ effect: inout EditEffect) {
    var candidates = effect.reread
    while !candidates.isEmpty {
      var sources: [Int] = []
      for slot in candidates where entries[slot].isAlive && slot != outputSlot {
        guard entries[slot].readers.isEmpty else { continue }
        sources += remove(slot)
      }
      for source in Set(sources) {
        entries[source].readers = entries[source].readers.filter { entries[$0].isAlive }
      }
      effect.reread += sources
      candidates = sources
    }
  }

  /// Returns the nodes that it read.
  private mutating func remove(_ slot: Int) -> [Int] {
    let node = entries[slot].node
    let sources = node.inputs.map(slot(of:))
    storedEntries -= node.operation.storedEntries(dimension: entries[slot].dimension)
    nodeCount -= 1
    slots[node.id] = nil
    order.remove(slot)
    // The slot stays, what it held goes.
    entries[slot] = Entry(
      node: Node(node.id, .relu), dimension: 0, readers: [], isAlive: false)
    return sources
  }

  private mutating func sortReaders(of slot: Int) {
    let readers = entries[slot].readers
    guard readers.count > 1 else { return }
    let isSorted = zip(readers, readers.dropFirst()).allSatisfy { !order.isBefore($1, $0) }
    if !isSorted { entries[slot].readers.sort { order.isBefore($0, $1) } }
  }
}

// MARK: - The path

extension WorkingGraph {
  /// Marks the path from `start`, which is on it, up to the first branching node or to a node that
  /// is marked already. Returns what it has marked, and the end if it came to it.
  @discardableResult
  mutating func walkPath(from start: Int) -> (joined: [Int], end: Int?) {
    var joined: [Int] = []
    var current = start
    entries[start].isOnPath = true
    while entries[current].readers.count == 1 {
      let next = entries[current].readers[0]
      if entries[next].isOnPath { return (joined, nil) }
      entries[next].isOnPath = true
      joined.append(next)
      current = next
    }
    pathEnd = current
    return (joined, current)
  }

  /// The path may have changed wherever a node on it is read otherwise than before.
  private mutating func updatePath(_ effect: inout EditEffect) {
    let oldEnd = pathEnd
    var starts = effect.reread.filter { entries[$0].isOnPath }
    if starts.count > 1 { starts.sort { order.isBefore($0, $1) } }
    guard let last = starts.last else { return }
    var ends: [Int] = []
    for start in starts {
      let walk = walkPath(from: start)
      effect.joinedPath += walk.joined
      if let end = walk.end { ends.append(end) }
    }
    let isCut =
      ends.contains { $0 != pathEnd } || !entries[pathEnd].isAlive
      || order.isBefore(pathEnd, last)
      || entries[oldEnd].isAlive && order.isBefore(pathEnd, oldEnd)
    guard isCut else { return }
    for slot in entries.indices { entries[slot].isOnPath = false }
    walkPath(from: 0)
  }
}
