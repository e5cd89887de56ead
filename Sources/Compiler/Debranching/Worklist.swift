import LSRL

/// A graph, and which of its nodes are worth offering to the rules.
///
/// Rules that are offered many nodes look at the node, its inputs and its readers. If a rule did
/// not apply at a node and nothing there has changed since, it will not apply now: the node is
/// settled. Rules may also look further (at what is known of the values on the path); so, when
/// nothing else is left to do, every node is offered once more.
struct Worklist {
  private(set) var graph: WorkingGraph

  /// By slot: whether the node waits to be offered.
  private var isWaiting: [Bool]

  /// The slots that wait, as a heap: the first in order on top.
  private var heap: [Int]

  /// What happens to a node matters to its readers only if they are few: rules ask whether a reader
  /// is alone. For the rest, every node is offered once more in the end.
  private static let fewReaders = 8

  init(of graph: WorkingGraph) {
    self.graph = graph
    heap = graph.slotsInOrder
    isWaiting = Array(repeating: true, count: graph.entries.count)
  }

  /// The first rule that applies, at the first node where it does. Rules for many nodes come first
  /// in catalogues; in whatever order they come, the outcome depends on the structure only.
  mutating func nextStep(by rules: RuleOrder) -> RewriteStep? {
    if let step = localStep(by: rules) ?? branchingStep(by: rules) { return step }
    offerEverything()
    return localStep(by: rules)
  }

  private mutating func localStep(by rules: RuleOrder) -> RewriteStep? {
    while let slot = heap.first {
      if let step = step(at: slot, by: rules) { return step }
      isWaiting[slot] = false
      removeFirst()
    }
    return nil
  }

  private func step(at slot: Int, by rules: RuleOrder) -> RewriteStep? {
    guard graph.entries[slot].isAlive else { return nil }
    let offered = graph.entries[slot].isOnPath ? rules.onPath : rules.everywhere
    return offered.firstStep(in: graph, at: slot, graph.kind(at: slot))
  }

  private func branchingStep(by rules: RuleOrder) -> RewriteStep? {
    let end = graph.pathEnd
    guard graph.entries[end].readers.count > 1 else { return nil }
    return rules.atBranching.firstStep(in: graph, at: end, graph.readerKinds(at: end))
  }

  /// Takes the step, and offers anew what it may have changed.
  mutating func take(_ step: RewriteStep) throws(GraphError) {
    guard let effect = try graph.apply(step.edit) else { return offerEverything() }
    while isWaiting.count < graph.entries.count { isWaiting.append(false) }
    for slot in effect.joinedPath { offer(slot) }
    for slot in effect.rewritten {
      offer(slot)
      for handle in graph.entries[slot].inputs { offer(graph.targets[handle]) }
      offerReaders(of: slot)
    }
    for slot in effect.reread {
      offer(slot)
      offerReaders(of: slot)
    }
  }

  private mutating func offerReaders(of slot: Int) {
    let readers = graph.entries[slot].readers
    if readers.count <= Worklist.fewReaders { for reader in readers { offer(reader) } }
  }

  private mutating func offerEverything() {
    heap = graph.slotsInOrder
    isWaiting = Array(repeating: false, count: graph.entries.count)
    for slot in heap { isWaiting[slot] = true }
  }

  // MARK: The heap

  private mutating func offer(_ slot: Int) {
    guard !isWaiting[slot] else { return }
    isWaiting[slot] = true
    heap.append(slot)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard graph.order.isBefore(heap[child], heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func removeFirst() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = last
    var parent = 0
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count, graph.order.isBefore(heap[child + 1], heap[child]) { child += 1 }
      guard graph.order.isBefore(heap[child], heap[parent]) else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }
}

/// Rules sorted by where they are offered, each list in the order in which they are tried.
struct RuleOrder {
  struct List {
    private let rules: [RewriteRule]

    fileprivate init(_ rules: [RewriteRule]) { self.rules = rules }

    /// `found`: see `RewriteRule.kinds`.
    func firstStep(
      in graph: WorkingGraph, at slot: Int, _ found: NodeKinds
    ) -> RewriteStep? {
      let node = graph.entries[slot].node.id
      for index in rules.indices where !rules[index].kinds.isDisjoint(with: found) {
        if let edit = rules[index].propose(graph, node) {
          return RewriteStep(rule: rules[index].id, node: node, edit: edit)
        }
      }
      return nil
    }
  }

  let everywhere: List

  /// At nodes up to the first branching one.
  let onPath: List
  let atBranching: List

  init(_ rules: [RewriteRule]) {
    everywhere = List(rules.filter { $0.site == .everyNode })
    onPath = List(rules.filter { $0.site != .firstBranchingNode })
    atBranching = List(rules.filter { $0.site == .firstBranchingNode })
  }
}
