import Compiler
import ExactArithmetic
import LSRL
import Testing

/// What the tests of all rules do: the recorded rewrite, the same outputs, and where it must not
/// apply.
struct RuleCheck {
  let rule: RewriteRule

  private static let tokens: [[Rational]] = (0..<4).map { time in
    (0..<8).map { Rational((5 * $0 + 7 * time) % 11 - 5, 1 + ($0 + time) % 3) }
  }

  /// The rewrite of `before` where the rule applies first is the recorded one, keeps the outputs
  /// and makes progress.
  func rewrites(_ before: Graph, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try GoldenRewrite(rule: rule).check(before, sourceLocation: sourceLocation)
    try keepsMeaning(before, sourceLocation: sourceLocation)
  }

  /// As `rewrites`, for programs that are not the recorded one.
  @discardableResult
  func keepsMeaning(
    _ before: Graph, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Graph {
    let edit = try #require(
      offered(before).lazy.compactMap { rule.edit(before, $0) }.first,
      "\(rule.id) does not apply", sourceLocation: sourceLocation)
    let after = try before.applying(edit)
    let tokens = RuleCheck.tokens.map { Array($0.prefix(before.inputDimension)) }
    var interpreters = [Interpreter<Rational>(before), Interpreter<Rational>(after)]
    let expected = try interpreters[0].run(tokens)
    #expect(try interpreters[1].run(tokens) == expected, sourceLocation: sourceLocation)
    #expect(Progress(of: after) < Progress(of: before), sourceLocation: sourceLocation)
    return after
  }

  /// The rule applies at no node that the driver would offer it.
  func ignores(_ graph: Graph, sourceLocation: SourceLocation = #_sourceLocation) {
    let node = offered(graph).first { rule.edit(graph, $0) != nil }
    #expect(node == nil, "\(rule.id) applies", sourceLocation: sourceLocation)
  }

  private func offered(_ graph: Graph) -> [NodeID] {
    let branching = graph.firstBranchingNode
    switch rule.site {
    case .everyNode: return graph.nodes.map(\.id)
    case .firstBranchingNode: return branching.map { [$0] } ?? []
    case .path:
      let end = branching.map(graph.position(of:)) ?? graph.nodes.count - 1
      return graph.nodes[...end].map(\.id)
    }
  }
}

extension Graph {
  /// An Input of this dimension, n0, and then n1, n2, …; the last one is the output.
  static func numbered(
    _ inputDimension: Int, _ nodes: (Operation, [NodeID])...
  ) throws -> Graph {
    let rest = nodes.enumerated().map {
      Node(NodeID($0.offset + 1), $0.element.0, reading: $0.element.1)
    }
    return try Graph(
      nodes: [Node(0, .input(dimension: inputDimension))] + rest, output: NodeID(nodes.count))
  }
}
