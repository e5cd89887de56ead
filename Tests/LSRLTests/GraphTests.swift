import ExactArithmetic
import LSRL
import Testing

@Suite("Graph")
struct GraphTests {
  private static let input = Node(0, .input(dimension: 3))

  @Test(
    "Nodes that are no graph are refused, and the reason names the node",
    arguments: [
      ([input, input], 0, GraphError.duplicateNode(0)),
      ([input, Node(1, .relu, reading: [7])], 1, .unknownInput(of: 1, named: 7)),
      ([input], 9, .unknownOutput(9)),
      (
        [input, Node(1, .input(dimension: 1)), Node(2, .concat, reading: [0, 1])], 2,
        .wrongNumberOfInputNodes([0, 1])
      ),
      (
        [input, Node(1, .concat, reading: [0, 2]), Node(2, .relu, reading: [1])], 2,
        .cycle(through: [1, 2])
      ),
      ([input, Node(1, .relu, reading: [0])], 0, .unusedNode(1)),
      (
        [input, Node(1, .relu, reading: [0, 0])], 1,
        .wrongInputCount(1, expected: 1...1, found: 2)
      ),
      (
        [input, Node(1, .linear(.identity(2)), reading: [0])], 1,
        .dimensionMismatch(1, expected: 2, found: 3)
      ),
      ([input, Node(1, .multiply, reading: [0])], 1, .oddDimension(1, found: 3)),
      ([input, Node(1, .slice(1..<4), reading: [0])], 1, .sliceOutOfRange(1, 1..<4, dimension: 3)),
      ([Node(0, .input(dimension: 0))], 0, .emptyVector(0)),
    ] as [([Node], NodeID, GraphError)])
  func refusing(nodes: [Node], output: NodeID, reason: GraphError) {
    #expect(throws: reason) { try Graph(nodes: nodes, output: output) }
  }

  @Test("The order of the nodes does not depend on the order in which they were given")
  func canonicalOrder() throws {
    let nodes = [
      Self.input, Node(4, .relu, reading: [0]), Node(2, .slice(0..<1), reading: [0]),
      Node(1, .concat, reading: [4, 2, 4]),
    ]
    let graph = try Graph(nodes: nodes, output: 1)
    #expect(graph == (try Graph(nodes: nodes.reversed(), output: 1)))
    #expect(graph.nodes.map(\.id) == [0, 4, 2, 1], "as the Concat reads them")
    #expect(graph.firstBranchingNode == 0)
    #expect(graph.successors(of: 4).map(\.id) == [1, 1])
  }

  @Test("An edit redirects old uses only, then drops what is no longer used")
  func applyingAnEdit() throws {
    let graph = try Graph(nodes: [Self.input, Node(1, .relu, reading: [0])], output: 1)
    var edit = GraphEdit(of: graph)
    let doubled = edit.insert(.concat, reading: [0, 0])
    let sliced = edit.insert(.slice(3..<6), reading: [doubled])
    edit.redirect(0, to: sliced)
    let edited = try graph.applying(edit)
    #expect(edited.nodes.map(\.id) == [0, 2, 3, 1])

    var removal = GraphEdit(of: edited)
    removal.redirect(1, to: 0)
    #expect(try edited.applying(removal).nodes == [Self.input])
  }
}
