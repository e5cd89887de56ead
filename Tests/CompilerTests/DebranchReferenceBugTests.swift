import Compiler
import ExactArithmetic
import LSRL
import Testing

/// Programs that the authors' implementation (commit 2675cd1) gets wrong, and their outputs.
@Suite("Programs that the authors' implementation debranches wrongly")
struct DebranchReferenceBugTests {
  /// Input(2) → {Multi, sibling} → Concat: case 1B loses what the sibling computes.
  @Test(
    "siblings of a Multi keep what they compute",
    arguments: [
      (.relu, [[-3, 2]], [[-6, 0, 2]]),
      (.linear(AffineMap([[1, 1]], offset: [1])), [[-3, 2]], [[-6, 0]]),
      (.slice(1..<2), [[-3, 2]], [[-6, 2]]),
      (
        .linState(LinState(recurrence: [[1]], input: AffineMap([[1, 0]]), initial: [5])),
        [[-3, 2], [1, 1]], [[-6, 2], [1, 3]]
      ),
    ] as [(Operation, [[Rational]], [[Rational]])])
  func siblings(of operation: Operation, tokens: [[Rational]], expected: [[Rational]]) throws {
    let graph = try Graph.numbered(2, (.multiply, [0]), (operation, [0]), (.concat, [1, 2]))
    #expect(try path(of: graph).run(tokens) == expected)
  }

  /// The same with the Concat as the sibling, which crashes.
  @Test("a Concat may read a node beside its Multi")
  func concatBesideMulti() throws {
    let graph = try Graph.numbered(2, (.multiply, [0]), (.concat, [1, 0]))
    #expect(try path(of: graph).run([[-3, 2]]) == [[-6, -3, 2]])
  }

  /// The symbolic mode returns the state itself, which the next token overwrites: 6, 6, 6.
  @Test("a running sum of 1, 2, 3 is 1, 3, 6")
  func runningSum() throws {
    let sum = LinState(recurrence: [[1]], input: AffineMap([[1]]), initial: [0])
    let graph = try Graph.numbered(1, (.linState(sum), [0]))
    #expect(try path(of: graph).run([[1], [2], [3]]) == [[1], [3], [6]])
  }

  @Test("two Inputs are refused before anything is rewritten")
  func twoInputs() {
    #expect(throws: GraphError.wrongNumberOfInputNodes([0, 1])) {
      try Graph(
        nodes: [
          Node(0, .input(dimension: 1)), Node(1, .input(dimension: 1)),
          Node(2, .concat, reading: [0, 1]),
        ], output: 2)
    }
  }

  /// y ← ReLU(y + x), k times: the authors' widths are 2, 8, 28, 88, 268, 808, …
  @Test("skip connections do not triple the width", arguments: [1, 6, 8, 40])
  func skips(count: Int) throws {
    let result = try path(of: skipProgram(count))
    #expect(result.dimensions.allSatisfy { $0 <= 3 })
    #expect(result.run([[2], [-1]]) == [[Rational(2 * (count + 1))], [0]])
  }

  @Test("nor do they with the paper's rules alone, as a Concat that waits is left alone")
  func skipsByThePaperAlone() throws {
    let result = try skipProgram(40).debranched(by: RewriteRule.paper)
    #expect(result.end == .path)
    #expect(result.graph.dimensions.allSatisfy { $0 <= 4 })
  }

  @Test("a program that becomes too large ends with a clear outcome, before the step")
  func tooLarge() throws {
    let graph = try Graph.numbered(10, (.relu, [0]), (.concat, [1, 0]))
    #expect(graph.storedEntries == 40)
    let result = try graph.debranched(limits: DebranchingLimits(storedEntries: 50))
    #expect(
      result.end == .tooLarge(limit: 50, steps: 1, rule: "carry-concats-through-relu"))
    #expect(
      result.end.description
        == "too large: more than 50 non-zeros at step 1, carry-concats-through-relu")
    #expect(result.graph == graph)
    #expect(result.trace.steps.isEmpty)
  }

  @Test("a program that is too large to begin with is left alone")
  func tooLargeFromTheStart() throws {
    let graph = try Graph.numbered(1_000_000_000, (.relu, [0]), (.concat, [0, 1]))
    let result = try graph.debranched()
    #expect(result.end == .tooLarge(limit: 2_000_000, steps: 0, rule: nil))
    #expect(result.end.description == "too large: more than 2000000 non-zeros to begin with")
  }

  private func skipProgram(_ count: Int) throws -> Graph {
    let sum = AffineMap([[1, 1]])
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

  private func path(of graph: Graph) throws -> PathGraph {
    let result = try graph.debranched()
    return try #require(PathGraph(result.graph), "\(result.end)")
  }
}
