import Compiler
import ExactArithmetic
import LSRL

/// The compilers, inside the process: from a program as a graph to paths.
struct CompileSuite {
  let stopwatch: Stopwatch

  /// Listing 2.
  let program: Program

  func rows() throws -> [Row] {
    let listing = stopwatch.seconds { _ = program.leanPath }
    let path = program.leanPath
    var rows = [
      Row(
        "lean compile of listing 2",
        sizes: "\(program.graph.nodes.count) nodes, \(path.size.denseParameters) dense parameters",
        listing.map { 1_000 * $0 }, unit: "ms", goal: Row.Goal(.atMost, floor: 20, aim: 5))
    ]
    for rungs in [5_000, 50_000] {
      let chain = try CompileSuite.chain(rungs: rungs)
      let seconds = Stopwatch(repetitions: 3, least: .zero).seconds { _ = chain.leanPath }
      rows.append(
        Row(
          "lean compile of a chain", sizes: "\(chain.graph.nodes.count) nodes", seconds,
          unit: "s", goal: rungs == 50_000 ? Row.Goal(.atMost, floor: 10, aim: 3) : nil))
    }
    for rungs in [3_333, 33_333] {
      let ladder = try CompileSuite.ladder(rungs: rungs)
      let seconds = Stopwatch(repetitions: 3, least: .zero).seconds { _ = ladder.leanPath }
      rows.append(
        Row(
          "lean compile of a ladder", sizes: "\(ladder.graph.nodes.count) nodes", seconds,
          unit: "s", goal: rungs == 33_333 ? Row.Goal(.atMost, floor: 10, aim: 3) : nil))
    }
    for rungs in [10, 30, 100] {
      let ladder = try CompileSuite.ladder(rungs: rungs)
      let seconds = try Stopwatch(repetitions: 3, least: .zero).seconds {
        _ = try ladder.graph.debranched(
          by: RewriteRule.catalogue, limits: DebranchingLimits(storedEntries: 2_000_000))
      }
      rows.append(
        Row(
          "debranching of a ladder by rules", sizes: "\(ladder.graph.nodes.count) nodes",
          seconds.map { 1_000 * $0 }, unit: "ms"))
    }
    return rows
  }

  /// x ↦ 2 relu(x) − 1, again and again: two nodes a rung.
  static func chain(rungs: Int) throws -> Program {
    var nodes = [Node(0, .input(dimension: 1))]
    for _ in 0..<rungs {
      let last = NodeID(nodes.count - 1)
      nodes.append(Node(NodeID(nodes.count), .relu, reading: [last]))
      nodes.append(
        Node(
          NodeID(nodes.count), .linear(AffineMap(Matrix(dense: [[2]]), offset: [-1])),
          reading: [NodeID(nodes.count - 1)]))
    }
    return Program(graph: try Graph(nodes: nodes, output: NodeID(nodes.count - 1)))
  }

  /// x ↦ 1 + x − relu(x), again and again: each rung branches and joins, three nodes.
  static func ladder(rungs: Int) throws -> Program {
    var nodes = [Node(0, .input(dimension: 1))]
    func add(_ operation: Operation, _ inputs: [NodeID]) -> NodeID {
      nodes.append(Node(NodeID(nodes.count), operation, reading: inputs))
      return NodeID(nodes.count - 1)
    }
    var value = NodeID(0)
    for _ in 0..<rungs {
      let rectified = add(.relu, [value])
      let both = add(.concat, [rectified, value])
      value = add(.linear(AffineMap(Matrix(dense: [[-1, 1]]), offset: [1])), [both])
    }
    return Program(graph: try Graph(nodes: nodes, output: value))
  }
}
