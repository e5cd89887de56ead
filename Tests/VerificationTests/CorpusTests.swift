import Architectures
import ExactArithmetic
import ExactJSON
import FixtureFiles
import Foundation
import LSRL
import Testing
import Verification

/// Every route against outputs that two evaluators outside of this package agreed on.
@Suite("The corpus")
struct CorpusTests {
  private static func cases(_ file: String) throws -> [CorpusCase] {
    try PackageRoot.text("fixtures/corpus/\(file)").split(separator: "\n")
      .map { try CorpusCase(parsing: JSONValue(parsing: $0)) }
  }

  /// Checks each run; returns how many a route was right on.
  private static func tally(_ cases: [CorpusCase]) throws -> [Route: Int] {
    var compiled: [Graph: Compilation] = [:]
    var right: [Route: Int] = [:]
    for line in cases {
      let compilation =
        compiled[line.program.graph] ?? Compilation(line.program, for: Architecture.allCases)
      compiled[line.program.graph] = compilation
      let expected = try #require(line.outputs)
      for (route, result) in compilation.results(on: line.tokens, expecting: expected) {
        switch result {
        case .right: right[route, default: 0] += 1
        case .refused: continue
        case .wrong, .undecided: Issue.record("\(line.name), \(route): \(result)")
        }
      }
    }
    return right
  }

  @Test("200 random programs: none is wrong on any route, and the rules take all of them")
  func random() throws {
    let right = try Self.tally(Self.cases("random.jsonl"))
    #expect(right[.source] == 200 && right[.rules] == 200 && right[.lean] == 200)
    #expect(right[.architecture(.gatedLinearRNN)] == 200)
    #expect(right[.architecture(.mamba), default: 0] >= 100)
  }

  @Test("98 runs of the paper's programs: none is wrong on any route")
  func named() throws {
    let right = try Self.tally(Self.cases("named.jsonl"))
    #expect(right[.source] == 98 && right[.rules] == 98 && right[.lean] == 98)
    #expect(right[.architecture(.gatedLinearRNN)] == 98)
    #expect(right[.architecture(.mamba)] == 58, "Listing 2 counts in circles, Mamba cannot")
  }

  @Test("What the authors' code gets wrong is right here")
  func referenceBugs() throws {
    let folder = PackageRoot.file("fixtures/corpus/reference_bugs")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    var checked = 0
    for file in files.sorted() {
      let json = try JSONValue(parsing: PackageRoot.text("fixtures/corpus/reference_bugs/\(file)"))
      guard json["nodes"] != nil else { continue }  // a table of cases, not a program
      if json["expected"] == "must be rejected" {
        #expect(throws: JSONContentError.self) { try CorpusCase(parsing: json) }
        continue
      }
      let right = try Self.tally([CorpusCase(parsing: json)])
      #expect(right[.source] == 1 && right[.rules] == 1 && right[.lean] == 1, "\(file)")
      checked += 1
    }
    #expect(checked == 9)
  }
}
