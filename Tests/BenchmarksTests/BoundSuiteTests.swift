import Benchmarks
import ExactArithmetic
import ExactJSON
import FixtureFiles
import LSRL
import Testing

@Suite("What bench bound promises")
struct BoundSuiteTests {
  @Test("Whatever does not depend on the machine reaches its goal")
  func goals() async throws {
    let program = try ProgramText(
      parsing: PackageRoot.text("fixtures/programs/more-ones-than-zeros.lsrl"), file: "p.lsrl",
      setting: [:]
    ).program
    let corpus = try PackageRoot.text("fixtures/corpus/random.jsonl").split(separator: "\n")
      .prefix(12).map { try CorpusCase(parsing: JSONValue(parsing: Array($0.utf8))) }
    let bench = Bench(
      peers: "", program: program, named: "small", on: [[1], [0]], corpus: corpus,
      stopwatch: Stopwatch(repetitions: 1, least: .zero))
    let rows = try await bench.rows(of: .bound)
    let timed = ["time of that bound", "small"]
    let compared = rows.filter { row in
      if case .notAbove = row.goal?.kind { true } else { false }
    }
    // Without Gappa nobody is beaten.
    #expect(compared.count == 17 && compared.allSatisfy { $0.verdict == .notCompared })
    let promised = rows.filter { row in
      row.goal != nil && row.verdict != .notCompared
        && !timed.contains { row.subject.hasPrefix($0) }
    }
    #expect(promised.count == 7)
    for row in promised { #expect(row.verdict == .aim || row.verdict == .floor, "\(row.text)") }
    #expect(rows.count { $0.subject.hasPrefix("small") } == 4)
  }
}
