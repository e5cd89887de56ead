import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("Lean paths of programs whose values add up")
struct LongFormTests {
  /// x ↦ 1 + x − relu(x), again and again: the k-th value is a sum of k + 1 atoms.
  private func ladder(rungs: Int) throws -> Program {
    var nodes = [Node(0, .input(dimension: 1))]
    func add(_ operation: LSRL.Operation, _ inputs: [NodeID]) -> NodeID {
      nodes.append(Node(NodeID(nodes.count), operation, reading: inputs))
      return NodeID(nodes.count - 1)
    }
    var value = NodeID(0)
    for _ in 0..<rungs {
      let both = add(.concat, [add(.relu, [value]), value])
      value = add(.linear(AffineMap([[-1, 1]], offset: [1])), [both])
    }
    return Program(graph: try Graph(nodes: nodes, output: value))
  }

  /// Three coordinates wide at most: the last value in two parts, and its ReLU.
  @Test("a ladder's path is as long as the ladder and no wider than its first rungs")
  func ladderSize() throws {
    let (short, long) = (try ladder(rungs: 200).leanPath, try ladder(rungs: 400).leanPath)
    #expect(short.stageCount == 200)
    #expect(long.stageCount == 400)
    #expect(long.size.width == short.size.width)
    #expect(long.size.width <= 3)
    #expect(long.size.denseParameters <= 2 * short.size.denseParameters + 20)
  }

  @Test("a ladder's path means the same, however early sums are named", arguments: [1, 7, 64, 999])
  func ladderMeaning(longestForm: Int) throws {
    let program = try ladder(rungs: 150)
    let path = program.graph.leanPath(longestForm: longestForm)
    for token: Rational in [-200, -3, Rational(-1, 2), 0, 7] {
      var (left, right) = (Interpreter<Rational>(program.graph), Interpreter<Rational>(path.graph))
      #expect(try left.run([[token]]) == right.run([[token]]))
    }
  }

  /// f and 1 − 2 f share the name of f; one of its members is read besides.
  @Test("what differs by a factor has one name, and its members may be read, too")
  func sharedName() throws {
    let rows: [[Rational]] = [[1, 2, 3, 4, 5], [-2, -4, -6, -8, -10], [0, 0, 1, 0, 0]]
    let graph = try Graph(
      nodes: [
        Node(0, .input(dimension: 5)),
        Node(1, .linear(AffineMap(Matrix(dense: rows), offset: [0, 1, 0])), reading: [0]),
        Node(2, .relu, reading: [1]),
        Node(3, .concat, reading: [2, 1]),
      ], output: 3)
    let path = graph.leanPath(longestForm: 2)
    var (left, right) = (Interpreter<Rational>(graph), Interpreter<Rational>(path.graph))
    let token: [Rational] = [1, -5, 2, Rational(1, 3), 0]
    #expect(try left.run([token]) == right.run([token]))
    #expect(path.size.width <= 6)
  }

  @Test("the bound below a ladder counts no sum as a stage")
  func bound() throws {
    let program = try ladder(rungs: 150)
    let (bound, path) = (program.leanBound(effort: 20), program.leanPath)
    #expect(bound.stages == 150)
    #expect(bound.stages <= path.stageCount)
    #expect(bound.width <= path.size.width)
  }
}
