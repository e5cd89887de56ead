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
    var effect = EditEffect(rewritten: plan.rewired)
    for (node, dimension) in zip(plan.insertions, plan.dimensions) {
      let slot = order.makeSlot()
      precondition(slot == entries.count, "slots and entries are counted alike")
      entries.append(
        Entry(
          node: node, inputs: [], handle: targets.count, dimension: dimension, isAlive: false))
      targets.append(slot)
    }
    for redirection in plan.redirections where redirection.old == outputSlot {
      outputSlot = redirection.new
    }
    rewire(plan)
    insert(plan, &effect)
    for redirection in plan.redirections {
      effect.reread.append(redirection.old)
      if redirection.new < plan.firstSlot { effect.reread.append(redirection.new) }
    }
    removeUnread(&effect)
    effect.rewritten.removeAll { !entries[$0].isAlive }
    effect.reread.removeAll { !entries[$0].isAlive }
    for slot in effect.reread { sortReaders(of: slot) }
    updatePath(&effect)
    return effect
  }

  /// Whoever read a redirected node reads its replacement.
  private mutating func rewire(_ plan: EditPlan) {
    if !plan.redirections.contains(where: \.exchanges) { return rewireEach(plan) }
    hasExchanged = true
    let changes = plan.rewired.map { slot in
      entries[slot].inputs.map { handle in
        plan.redirections.first { $0.old == targets[handle] && !$0.exchanges }?.new
      }
    }
    let moved = plan.redirections.map { takeReaders(of: $0.old) }
    for (redirection, uses) in zip(plan.redirections, moved) {
      let (old, new) = (redirection.old, redirection.new)
      add(uses, toReadersOf: new)
      guard redirection.exchanges else { continue }
      let handle = entries[old].handle
      entries[old].handle = entries[new].handle
      entries[new].handle = handle
      targets[handle] = new
      targets[entries[old].handle] = old
    }
    for (slot, change) in zip(plan.rewired, changes) {
      for (index, new) in change.enumerated() {
        if let new { entries[slot].inputs[index] = entries[new].handle }
      }
      entries[slot].node = renamed(at: slot)
    }
  }

  /// The same where no handles are exchanged.
  private mutating func rewireEach(_ plan: EditPlan) {
    for slot in plan.rewired {
      for index in entries[slot].inputs.indices {
        let source = targets[entries[slot].inputs[index]]
        guard let redirection = plan.redirections.first(where: { $0.old == source }) else {
          continue
        }
        entries[slot].inputs[index] = entries[redirection.new].handle
      }
      entries[slot].node = renamed(at: slot)
    }
    // No readers reach a node that loses its own afterwards.
    if plan.redirections.allSatisfy({ $0.new >= plan.firstSlot }) {
      for redirection in plan.redirections {
        let uses = takeReaders(of: redirection.old)
        add(uses, toReadersOf: redirection.new)
      }
    } else {
      let moved = plan.redirections.map { takeReaders(of: $0.old) }
      for (redirection, uses) in zip(plan.redirections, moved) {
        add(uses, toReadersOf: redirection.new)
      }
    }
  }

  private mutating func takeReaders(of slot: Int) -> (readers: [Int], slices: Int) {
    var readers: [Int] = []
    swap(&readers, &entries[slot].readers)
    defer { entries[slot].sliceReaders = 0 }
    return (readers, entries[slot].sliceReaders)
  }

  private mutating func add(_ uses: (readers: [Int], slices: Int), toReadersOf slot: Int) {
    if entries[slot].readers.isEmpty {
      entries[slot].readers = uses.readers
    } else {
      entries[slot].readers += uses.readers
      entries[slot].isSorted = false
    }
    entries[slot].sliceReaders += uses.slices
  }

  /// Each inserted node goes right before the first node that reads it. Nodes are inserted in
  /// reverse, so those that read each other are there already. What nothing reads stays out.
  private mutating func insert(_ plan: EditPlan, _ effect: inout EditEffect) {
    for index in plan.insertions.indices.reversed() {
      let slot = plan.firstSlot + index
      guard slot == outputSlot || !entries[slot].readers.isEmpty else { continue }
      sortReaders(of: slot)
      if let first = entries[slot].readers.first {
        order.insert(slot, before: first)
      } else {
        order.append(slot)
      }
      entries[slot].isAlive = true
      let node = plan.insertions[index]
      slots[node.id] = slot
      nextNumber = max(nextNumber, node.id.number + 1)
      nodeCount += 1
      storedEntries += node.operation.storedEntries(dimension: entries[slot].dimension)
      effect.rewritten.append(slot)
      effect.reread.append(slot)
      var handles: [Int] = []
      handles.reserveCapacity(node.inputs.count)
      for input in node.inputs {
        let source = plan.slot(of: input, in: self)
        handles.append(entries[source].handle)
        entries[source].readers.append(slot)
        entries[source].isSorted = false
        if node.isSlice { entries[source].sliceReaders += 1 }
        effect.reread.append(source)
      }
      entries[slot].inputs = handles
    }
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
      var last = -1
      if sources.count > 1 { sources.sort() }
      for source in sources where source != last {
        last = source
        // Taken out and put back: changed in place, not copied.
        var readers: [Int] = []
        swap(&readers, &entries[source].readers)
        readers.removeAll { !entries[$0].isAlive }
        if entries[source].sliceReaders > 0 {
          entries[source].sliceReaders = readers.count { entries[$0].kind == .slice }
        }
        swap(&readers, &entries[source].readers)
      }
      effect.reread += sources
      candidates = sources
    }
  }

  /// Returns the nodes that it read.
  private mutating func remove(_ slot: Int) -> [Int] {
    let id = entries[slot].node.id
    let sources = entries[slot].inputs.map { targets[$0] }
    storedEntries -= entries[slot].node.operation.storedEntries(
      dimension: entries[slot].dimension)
    nodeCount -= 1
    slots[id] = nil
    order.remove(slot)
    // The slot stays, what it held goes.
    entries[slot] = Entry(
      node: Node(id, .relu), inputs: [], handle: entries[slot].handle, dimension: 0,
      isAlive: false)
    return sources
  }

  private mutating func sortReaders(of slot: Int) {
    guard !entries[slot].isSorted else { return }
    entries[slot].isSorted = true
    let readers = entries[slot].readers
    if zip(readers, readers.dropFirst()).contains(where: { order.isBefore($1, $0) }) {
      entries[slot].readers.sort { order.isBefore($0, $1) }
    }
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
