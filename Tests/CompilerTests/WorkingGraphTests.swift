import ExactArithmetic
import LSRL
import Testing

@testable import Compiler

/// `Graph.applying`, which checks everything from scratch, is the measure of `WorkingGraph.apply`.
@Suite("A graph that is edited in place")
struct WorkingGraphTests {
  private let sum = AffineMap([[1, 1]])

  /// y ← ReLU(y + x), a number of times.
  private func ladder(_ count: Int) throws -> Graph {
    var nodes = [Node(0, .input(dimension: 1)), Node(1, .relu, reading: [0])]
    for _ in 0..<count {
      let last = nodes.count - 1
      nodes += [
        Node(NodeID(last + 1), .concat, reading: [NodeID(last), 0]),
        Node(NodeID(last + 2), .linear(sum), reading: [NodeID(last + 1)]),
        Node(NodeID(last + 3), .relu, reading: [NodeID(last + 2)]),
      ]
    }
    return try Graph(nodes: nodes, output: NodeID(nodes.count - 1))
  }

  @Test("is after every step what the graph checked from scratch is")
  func agrees() throws {
    let start = try ladder(12)
    var work = WorkingGraph(start)
    var graph = start
    for step in try start.debranched().trace.steps {
      #expect(try work.apply(step.edit) != nil)
      graph = try graph.applying(step.edit)
      try expect(work, toBe: graph)
    }
  }

  private func expect(_ work: WorkingGraph, toBe graph: Graph) throws {
    #expect(try work.graph() == graph)
    #expect(work.nodeCount == graph.nodes.count)
    #expect(work.storedEntries == graph.storedEntries)
    #expect(work.firstBranchingNode == graph.firstBranchingNode)
    let positions = Dictionary(uniqueKeysWithValues: work.nodes.enumerated().map { ($1.id, $0) })
    let end = work.firstBranchingNode ?? work.output
    for (position, node) in work.nodes.enumerated() {
      #expect(work[node.id] == graph[node.id])
      #expect(work.dimension(of: node.id) == graph.dimension(of: node.id))
      let readers = work.successors(of: node.id).map(\.id)
      #expect(readers.sorted() == graph.successors(of: node.id).map(\.id).sorted())
      #expect(readers.compactMap { positions[$0] } == readers.compactMap { positions[$0] }.sorted())
      #expect(
        work.entries[work.slot(of: node.id)].isOnPath == (position <= (positions[end] ?? 0)))
    }
  }

  /// What has many readers is redirected without a look at them.
  @Test("is so too where one node is read by many")
  func manyReaders() throws {
    let start = try ladder(40)
    var work = WorkingGraph(start)
    var graph = start
    for step in try start.debranched().trace.steps {
      _ = try work.apply(step.edit)
      graph = try graph.applying(step.edit)
      #expect(try work.graph() == graph)
    }
    try expect(work, toBe: graph)
  }

  @Test("an edit that fits nowhere in between is applied all the same")
  func rebuilds() throws {
    // n2 comes to read n3, which comes after it in the order of the start.
    let start = try Graph.numbered(
      1, (.relu, [0]), (.relu, [1]), (.linear(AffineMap([[2]])), [0]), (.concat, [2, 3]))
    var edit = GraphEdit(of: start)
    edit.redirect(1, to: 3)
    var work = WorkingGraph(start)
    #expect(try work.apply(edit) == nil)
    try expect(work, toBe: start.applying(edit))
  }

  @Test("refuses what a graph refuses, and stays as it was")
  func refuses() throws {
    let start = try ladder(2)
    var cycle = GraphEdit(of: start)
    cycle.redirect(1, to: 4)
    var unknown = GraphEdit(of: start)
    unknown.redirect(4, to: 99)
    var misshapen = GraphEdit(of: start)
    misshapen.redirect(4, to: misshapen.insert(.multiply, reading: [3]))
    var wider = GraphEdit(of: start)
    wider.redirect(1, to: wider.insert(.concat, reading: [0, 0]))
    for edit in [cycle, unknown, misshapen, wider] {
      var work = WorkingGraph(start)
      let error = #expect(throws: GraphError.self) { try start.applying(edit) }
      #expect(throws: try #require(error)) { try work.apply(edit) }
      try expect(work, toBe: start)
    }
  }

  @Test("names far from all others are found too")
  func farNames() throws {
    let graph = try ladder(3).renamed { NodeID(1_000_000_000_000 - 7 * $0.number) }
    var work = WorkingGraph(graph)
    for step in try graph.debranched().trace.steps { _ = try work.apply(step.edit) }
    #expect(try work.graph().firstBranchingNode == nil)
    #expect(
      try work.graph().canonicallyNamed == ladder(3).debranched().graph.canonicallyNamed)
  }
}

@Suite("A list in order")
struct OrderedListTests {
  @Test("keeps its order through more insertions at one place than its numbers have room for")
  func insertions() {
    var list = OrderedList(count: 3)
    var expected = [0, 1, 2]
    for step in 0..<20_000 {
      let slot = list.makeSlot()
      // Always before the slot that was put in last, or before the last one.
      let place = step % 3 == 0 ? expected.count - 1 : max(1, expected.count / 2)
      list.insert(slot, before: expected[place])
      expected.insert(slot, at: place)
      if step % 5 == 4 {
        list.remove(expected.remove(at: 1))
      }
    }
    var found = [0]
    while let next = list.successor(of: found[found.count - 1]) { found.append(next) }
    #expect(found == expected)
    #expect(zip(found, found.dropFirst()).allSatisfy { list.isBefore($0, $1) })
  }
}
