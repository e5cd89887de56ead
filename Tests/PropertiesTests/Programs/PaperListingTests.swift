import ExactArithmetic
import ExactJSON
import FixtureFiles
import LSRL
import Properties
import Testing

/// What is known of the paper's listings: the recorded runs, and the errata.
@Suite("The paper's listings")
struct PaperListingTests {
  private static func example(_ id: String) throws -> ExampleProgram {
    try #require(ExampleProgram.catalogue.first { $0.id == id })
  }

  /// The program that a recorded run is one of, with the parameters it was made with.
  private static func set(for recorded: CorpusCase) throws -> SetProgram {
    var setting: [String: ParameterValue] = ["mu": .number(1000)]
    let parts = recorded.name.split(separator: "-")  // listing1, din1, variant, run
    if parts[0].hasPrefix("listing") { setting["variant"] = .word(String(parts[2])) }
    if recorded.name.hasPrefix("listing1") {
      let dimension = recorded.name.contains("din2") ? 2 : 1
      setting["d_in"] = .number(Rational(dimension))
      setting["d_out"] = .number(Rational(recorded.tokens[0].count - 1 - dimension))
      return try SetProgram(example("continuous"), setting: setting)
    }
    guard recorded.name.hasPrefix("listing2") else {
      return try SetProgram(example("more-ones-than-zeros"), setting: setting)
    }
    setting["n"] = .number(recorded.name.contains("-n3-") ? 3 : 2)
    return try SetProgram(example("dictionary"), setting: setting)
  }

  @Test("Recorded runs of the listings give the recorded outputs, at every step")
  func recordedRuns() throws {
    let lines = try PackageRoot.text("fixtures/corpus/named.jsonl").split(separator: "\n")
    var families: [String: Int] = [:]
    for line in lines {
      let run = try CorpusCase(parsing: JSONValue(parsing: line))
      let set = try Self.set(for: run)
      let outputs = try #require(run.outputs)
      #expect(try set.outputs(run.tokens) == outputs, "\(run.name)")
      families[set.example.id, default: 0] += 1
      let disagreement = set.example.disagreement(
        of: outputs, on: run.tokens, set.parameters)
      #expect(disagreement == nil, "\(run.name) contradicts the specification")
    }
    #expect(families == ["more-ones-than-zeros": 8, "continuous": 50, "dictionary": 40])
  }

  @Test("Erratum 12: as printed, the query is taken for a cell")
  func queryTakenForCell() throws {
    let token: [Rational] = [Rational(1, 2), Rational(1, 4), 7]
    let setting: [String: ParameterValue] = ["mu": .number(10)]
    let printed = try SetProgram(Self.example("continuous-as-printed"), setting: setting)
    #expect(try printed.outputs([token]) == [[7]])
    let corrected = try SetProgram(Self.example("continuous"), setting: setting)
    #expect(try corrected.outputs([token]) == [[0]])
  }

  @Test("Erratum 13: on ramps the corrected program misses the function too")
  func ramps() throws {
    func answer(_ query: Rational, variant: String) throws -> Rational {
      let set = try SetProgram(
        Self.example("continuous"), setting: ["mu": .number(10), "variant": .word(variant)])
      let half = Rational(1, 2)
      let tokens: [[Rational]] = [[query, 0, 0], [half, 0, 1], [half, half, 1]]
      return try set.outputs(tokens)[2][0]
    }
    for variant in ["direct", "multiplicative"] {
      #expect(try answer(0, variant: variant) == 0)
      #expect(try answer(Rational(1, 20), variant: variant) == 0)
      #expect(try answer(Rational(11, 20), variant: variant) == 0)
      #expect(try answer(Rational(1, 2), variant: variant) == 1)
      #expect(try answer(Rational(1, 4), variant: variant) == 1)
      #expect(try answer(1, variant: variant) == 1)
    }
    let partial = Rational(11011, 20000)
    #expect(try answer(partial, variant: "multiplicative") == Rational(1, 2))
    #expect(try answer(partial, variant: "direct") == 0)
    #expect(try answer(partial, variant: "step_optimized") == 0)
  }

  @Test("Erratum 22: equal keys are not told apart, and a missing key gives 0")
  func keys() throws {
    let set = try SetProgram(Self.example("dictionary"), setting: ["n": .number(1)])
    let twice: [[Rational]] = [[1], [1], [3], [1], [4]]
    #expect(try set.outputs(twice)[4] == [7])
    #expect(set.example.specify(twice, set.parameters).allSatisfy { $0 == nil })
    #expect(try set.outputs([[5], [1], [3], [2], [4]]).allSatisfy { $0 == [0] })
  }

  @Test("Erratum 21's example: query 1, 2 finds 3, 4")
  func indexRange() throws {
    let set = try SetProgram(Self.example("dictionary"), setting: [:])
    #expect(
      try set.outputs([[1], [2], [1], [2], [3], [4]]) == [[0], [0], [0], [0], [3], [4]])
  }

  @Test("Erratum 21: that the printed last register is never used is seen from the ranges")
  func printedRegisters() throws {
    let set = try SetProgram(
      Self.example("dictionary-as-printed"),
      setting: ["n": .number(3), "variant": .word("optimized")])
    let messages = set.warnings.map(\.message)
    #expect(messages.contains("'query[2]' does not reach the output; it is dropped"))
    #expect(messages.contains("'value[2]' does not reach the output; it is dropped"))
    #expect(!messages.contains("'value[1]' does not reach the output; it is dropped"))
    #expect(
      try set.outputs([[1], [2], [5], [1], [2], [5], [3], [4], [6]]).allSatisfy { $0 == [0] })
  }
}
