import LSRL

/// A graph, and which of its nodes are worth offering to the rules.
///
/// Rules that are offered many nodes look at the node, its inputs and its readers. If a rule did
/// not apply at a node and nothing there has changed since, it will not apply now: the node is
/// settled. Rules may also look further (at what is known of the values on the path); so, when
/// nothing else is left to do, every node is offered once more.
struct Worklist {
  private(set) var graph: Graph
  private var firstBranching: Int?

  /// By position.
  private var isSettled: [Bool]

  init(of graph: Graph) {
    self.graph = graph
    firstBranching = graph.firstBranchingNode.map(graph.position(of:))
    isSettled = Array(repeating: false, count: graph.nodes.count)
  }

  /// The first rule that applies, at the first node where it does. Rules for many nodes come first
  /// in catalogues; in whatever order they come, the outcome depends on the structure only.
  mutating func nextStep(by rules: [RewriteRule]) -> RewriteStep? {
    if let step = localStep(by: rules) ?? branchingStep(by: rules) { return step }
    isSettled = Array(repeating: false, count: graph.nodes.count)
    return localStep(by: rules)
  }

  private mutating func localStep(by rules: [RewriteRule]) -> RewriteStep? {
    let endOfPath = firstBranching ?? graph.nodes.count - 1
    for position in graph.nodes.indices where !isSettled[position] {
      for rule in rules {
        guard rule.site == .everyNode || rule.site == .path && position <= endOfPath else {
          continue
        }
        if let step = step(rule, at: position) { return step }
      }
      isSettled[position] = true
    }
    return nil
  }

  private func branchingStep(by rules: [RewriteRule]) -> RewriteStep? {
    guard let firstBranching else { return nil }
    for rule in rules where rule.site == .firstBranchingNode {
      if let step = step(rule, at: firstBranching) { return step }
    }
    return nil
  }

  private func step(_ rule: RewriteRule, at position: Int) -> RewriteStep? {
    let node = graph.nodes[position].id
    return rule.edit(graph, node).map { RewriteStep(rule: rule.id, node: node, edit: $0) }
  }

  /// Goes on with `next`, an edited form of the graph.
  mutating func move(to next: Graph) {
    let nodes = next.nodes
    var stays = [Bool](repeating: false, count: nodes.count)
    var was = [Int](repeating: -1, count: nodes.count)
    for position in nodes.indices where graph.contains(nodes[position].id) {
      was[position] = graph.position(of: nodes[position].id)
      stays[position] = isUnchanged(was[position], in: next, at: position)
    }
    let branching = next.firstBranchingNode.map(next.position(of:))
    let oldEnd = firstBranching ?? graph.nodes.count - 1
    let newEnd = branching ?? nodes.count - 1
    isSettled = nodes.indices.map { position in
      guard stays[position], isSettled[was[position]] else { return false }
      // What has joined the path is offered to the rules for paths.
      guard was[position] <= oldEnd || position > newEnd else { return false }
      return nodes[position].inputs.allSatisfy { stays[next.position(of: $0)] }
        && next.uses(ofNodeAt: position).allSatisfy { stays[$0] }
    }
    graph = next
    firstBranching = branching
  }

  /// Whether the node at position `old` reads the same nodes in `next`, and is read by as many.
  private func isUnchanged(_ old: Int, in next: Graph, at new: Int) -> Bool {
    graph.nodes[old].inputs == next.nodes[new].inputs
      && graph.uses(ofNodeAt: old).count == next.uses(ofNodeAt: new).count
  }
}
