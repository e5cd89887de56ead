import ExactArithmetic
import FixtureFiles
import Foundation
import LSRL
import Testing

@Suite("Printed graphs")
struct PrintingTests {
  @Test("A printed graph is read back as itself, ids included", arguments: TextPrograms.all)
  func roundTrip(text: String) throws {
    let graph = try Program(parsing: text, file: "t").graph
    let again = try Program(parsing: graph.description, file: "printed").graph
    #expect(again == graph)
    #expect(again.description == graph.description)
  }

  @Test("Ids with gaps, huge numbers, a Concat of one and a Slice of everything survive")
  func oddGraphs() throws {
    let huge = Rational(7).raised(to: 100) / Rational(3).raised(to: 90)
    let state = LinState(
      recurrence: [[huge, 0], [-1, Rational(-1, 2)]], input: AffineMap([[0, 1, 0], [0, 0, -huge]]),
      initial: [-huge, 0])
    let graph = try Graph(
      nodes: [
        Node(12, .input(dimension: 3)), Node(40, .linState(state), reading: [12]),
        Node(3, .concat, reading: [40]), Node(7, .slice(0..<2), reading: [3]),
        Node(0, .multiply, reading: [7]), Node(999_999_999, .relu, reading: [0]),
        Node(1, .concat, reading: [999_999_999, 0, 0]),
        Node(2, .linear(AffineMap([[0, 0, 0]], offset: [huge])), reading: [1]),
      ], output: 2)
    #expect(try Program(parsing: graph.description, file: "printed").graph == graph)
  }

  @Test("Golden rewrites are programs")
  func goldenRewrites() throws {
    let folder = PackageRoot.file("fixtures/rewrites")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    #expect(!files.isEmpty)
    for file in files where file.pathExtension == "lsrl" {
      let text = try String(contentsOf: file, encoding: .utf8)
      let programs = text.components(separatedBy: "ForEach:").dropFirst()
      #expect(programs.count == 2)
      for body in programs {
        let lines = body.split(separator: "\n").filter { !$0.hasPrefix("#") }
        let printed = "ForEach:\n" + lines.joined(separator: "\n")
        #expect(try Program(parsing: printed, file: file.path).graph.description == printed)
      }
    }
  }

  @Test("Ids are kept only if every node has one in its name, each another")
  func otherNames() throws {
    let mixed = "ForEach:\n n5 = Input(dim=1)\n x = ReLU(n5)\n return x"
    #expect(try Program(parsing: mixed, file: "t").graph.nodes.map(\.id) == [0, 1])
    let padded = "ForEach:\n n05 = Input(dim=1)\n n6 = ReLU(n05)\n return n6"
    #expect(try Program(parsing: padded, file: "t").graph.nodes.map(\.id) == [0, 1])
  }
}
