import Compiler
import ExactArithmetic
import LSRL
import Testing

/// Why `push-slices-forward` leaves a Concat alone that waits for something else: what happens if
/// it does not.
@Suite("Slices pushed past Concats that wait")
struct DebranchWaitingConcatTests {
  /// Case 5A to the letter: such a Concat reads all of x, and a block-diagonal Linear behind it
  /// selects what it read before.
  private static let pushPastWaiting = RewriteRule(
    id: "push-slices-past-waiting-concats", statement: "", source: "arXiv 2406.01424, case 5A",
    site: .firstBranchingNode
  ) { graph, branching in
    var ranges: [NodeID: Range<Int>] = [:]
    for reader in graph.successors(of: branching) {
      switch reader.operation {
      case .slice(let range): ranges[reader.id] = range
      case .concat: continue
      case .input, .linear, .relu, .multiply, .linState: return nil
      }
    }
    var edit = GraphEdit(of: graph)
    for concat in graph.nodes where concat.operation == .concat {
      let isPiece = concat.inputs.map { ranges[$0] != nil }
      guard isPiece.contains(true), isPiece.contains(false), !concat.inputs.contains(branching)
      else { continue }
      let inputs = zip(concat.inputs, isPiece).map { $1 ? branching : $0 }
      let blocks = concat.inputs.map { input in
        ranges[input].map { .selection(of: $0, from: graph.dimension(of: branching)) }
          ?? Matrix.identity(graph.dimension(of: input))
      }
      let whole = edit.insert(.concat, reading: inputs)
      let selected = edit.insert(
        .linear(AffineMap(.blockDiagonal(blocks))), reading: [whole])
      edit.redirect(concat.id, to: selected)
      return edit
    }
    return nil
  }

  /// y ← ReLU(y + x), a number of times.
  private func skipProgram(_ count: Int) throws -> Graph {
    var nodes = [Node(0, .input(dimension: 1)), Node(1, .relu, reading: [0])]
    for _ in 0..<count {
      let last = NodeID(nodes.count - 1)
      let next = (0..<3).map { NodeID(nodes.count + $0) }
      nodes += [
        Node(next[0], .concat, reading: [last, 0]),
        Node(next[1], .linear(AffineMap([[1, 1]])), reading: [next[0]]),
        Node(next[2], .relu, reading: [next[1]]),
      ]
    }
    return try Graph(nodes: nodes, output: NodeID(nodes.count - 1))
  }

  /// As the driver does it, but without asking for progress, which this rule does not always make.
  private func rewritten(_ start: Graph, by rules: [RewriteRule]) throws -> Graph {
    var graph = start
    while let edit = firstEdit(of: graph, by: rules) { graph = try graph.applying(edit) }
    return graph
  }

  private func firstEdit(of graph: Graph, by rules: [RewriteRule]) -> GraphEdit? {
    for rule in rules {
      let branching = graph.firstBranchingNode.map { [$0] } ?? []
      for node in rule.site == .everyNode ? graph.nodes.map(\.id) : branching {
        if let edit = rule.edit(graph, node) { return edit }
      }
    }
    return nil
  }

  @Test("the width grows with every skip connection, and does not otherwise", arguments: 2...8)
  func width(count: Int) throws {
    let program = try skipProgram(count)
    let folds = RewriteRule.paper.filter { $0.site == .everyNode }
    let cases = RewriteRule.paper.filter { $0.site == .firstBranchingNode }
    let literal = try rewritten(program, by: folds + [Self.pushPastWaiting] + cases)
    #expect(literal.firstBranchingNode == nil)
    #expect(literal.dimensions.max() == 4 * count - 2)
    #expect(try rewritten(program, by: RewriteRule.paper).dimensions.max() == 4)
  }
}
