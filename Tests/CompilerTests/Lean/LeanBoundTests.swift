import Compiler
import ExactArithmetic
import ExactJSON
import FixtureFiles
import Foundation
import LSRL
import Testing

@Suite("What no schedule can go below")
struct LeanBoundTests {
  @Test("a chain of events takes a stage each")
  func chain() throws {
    let map = AffineMap([[1, -1], [1, 1]], offset: [-1, 2])
    let graph = try Graph.numbered(
      2, (.linear(map), [0]), (.relu, [1]), (.linear(map), [2]), (.relu, [3]),
      (.linear(map), [4]), (.multiply, [5]))
    let bound = Program(graph: graph).leanBound()
    #expect(bound == LeanBound(stages: 3, width: 2))
  }

  /// After e = σ(x₁ + x₂), the forms x₁ − e, x₂ − e and e − 1 wait, which are independent.
  @Test("what is still asked of the present atoms has to be carried")
  func rank() throws {
    let graph = try Graph.numbered(
      2, (.linear(AffineMap([[1, 1]])), [0]), (.relu, [1]), (.concat, [0, 2]),
      (.linear(AffineMap([[1, 0, -1], [0, 1, -1], [0, 0, 1]], offset: [0, 0, -1])), [3]),
      (.relu, [4]), (.linear(AffineMap([[1, 1, 1]])), [5]))
    #expect(Program(graph: graph).leanBound() == LeanBound(stages: 2, width: 3))
  }

  @Test("a program of no events has no stages")
  func affine() throws {
    let graph = try Graph.numbered(3, (.linear(AffineMap([[1, 2, 3]])), [0]))
    #expect(Program(graph: graph).leanBound() == LeanBound(stages: 0, width: 3))
  }

  @Test("no lean path of the corpus is below its bound", arguments: ["named", "random"])
  func corpus(file: String) throws {
    let text = try String(
      contentsOf: PackageRoot.file("fixtures/corpus/\(file).jsonl"), encoding: .utf8)
    var seen: Set<Graph> = []
    for line in text.split(separator: "\n") {
      let program = try CorpusCase(parsing: JSONValue(parsing: line)).program
      guard seen.insert(program.graph).inserted else { continue }
      let (path, bound) = (program.leanPath, program.leanBound(effort: 40))
      #expect(bound.stages <= path.stageCount)
      #expect(bound.width <= path.size.width)
    }
  }
}
