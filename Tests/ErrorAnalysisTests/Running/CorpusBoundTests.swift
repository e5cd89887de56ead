import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import ExactJSON
import FixtureFiles
import LSRL
import Testing

/// The paper's programs with the paper's constants, mu = 1000 and lambda = 10^10.
@Suite("Bounds on the corpus")
struct CorpusBoundTests {
  private static func cases(_ file: String, _ prefix: String = "") throws -> [CorpusCase] {
    try PackageRoot.text("fixtures/corpus/\(file)").split(separator: "\n")
      .filter { $0.contains("\"\(prefix)") }
      .map { try CorpusCase(parsing: JSONValue(parsing: $0)) }
      .filter { $0.name.hasPrefix(prefix) }
  }

  @Test(
    "Listing 2: the tight mode certifies every output that is right in binary64, and no other",
    arguments: [
      "direct", "optimized", "step_optimized", "multiplicative", "multiplicative_optimized",
    ], ["source", "lean"])
  func listing2(variant: String, route: String) throws {
    var counts = (outputs: 0, right: 0, certified: 0)
    for size in [2, 3] {
      for run in try Self.cases("named.jsonl", "listing2-n\(size)-\(variant)-") {
        let exact = try #require(run.outputs)
        let tape = route == "lean" ? Tape(run.program.leanPath) : Tape(run.program.graph)
        let bound = try RunningBound(tape, format: .binary64, mode: .tight)
        for (values, truths) in zip(try bound.run(run.tokens), exact) {
          for (value, truth) in zip(values, truths) {
            let error = try #require(value.error(from: truth))
            #expect(value.holds(for: truth))
            counts.outputs += 1
            if error < Rational(1, 2) { counts.right += 1 }
            if value.roundsRight { counts.certified += 1 }
          }
        }
      }
    }
    #expect(counts == (180, 180, 180))
  }

  @Test("Random programs: tight bounds are within 1.1 of the error in the median, 2 for 90 %")
  func random() throws {
    var ratios: [Double] = []
    for run in try Self.cases("random.jsonl") {
      let exact = try #require(run.outputs)
      for tape in [Tape(run.program.graph), Tape(run.program.leanPath)] {
        for format in [FloatFormat.binary64, .binary32] {
          let found = try RunningBound(tape, format: format, mode: .tight).run(run.tokens)
          for (value, truth) in zip(found.joined(), exact.joined()) {
            #expect(value.holds(for: truth))
            if let ratio = value.overestimate(of: truth) { ratios.append(ratio) }
          }
        }
      }
    }
    ratios.sort()
    try #require(ratios.count > 5_000)
    #expect(ratios[ratios.count / 2] <= 1.1 && ratios[ratios.count * 9 / 10] <= 2)
  }
}
