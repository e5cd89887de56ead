import Compiler
import ExactArithmetic
import ExactJSON
import FixtureFiles
import Foundation
import LSRL
import Testing

@Suite("The lean compiler on the corpus")
struct LeanCorpusTests {
  private static func cases(_ file: String) throws -> [CorpusCase] {
    let text = try String(contentsOf: PackageRoot.file("fixtures/corpus/\(file)"), encoding: .utf8)
    return try text.split(separator: "\n").map { try CorpusCase(parsing: JSONValue(parsing: $0)) }
  }

  /// `fixtures/reference-numbers/greedy-lean.json` holds what a greedy scheduler without bundles
  /// needs, counted in the same way.
  @Test("Never more dense parameters than greedy scheduling")
  func parameters() throws {
    let file = PackageRoot.file("fixtures/reference-numbers/greedy-lean.json")
    let greedy = try JSONValue(parsing: String(contentsOf: file, encoding: .utf8))
    var seen: Set<String> = []
    for line in try Self.cases("named.jsonl") {
      let name = String(line.name[..<(line.name.range(of: "-q")?.lowerBound ?? line.name.endIndex)])
      guard seen.insert(name).inserted else { continue }
      let limit = try #require(greedy[name]?["denseParameters"])
      let size = line.program.leanPath.size
      #expect(Rational(size.denseParameters) <= (try JSONPath(limit).number()), "\(name)")
    }
    #expect(seen.count == 21)
  }
}
