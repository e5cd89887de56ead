import FixtureFiles
import Testing

@Suite("lsrl-check bound")
struct BoundCommandTests {
  private static let figure1 = PackageRoot.file("fixtures/programs/more-ones-than-zeros.lsrl").path

  @Test("Exact runs are proved exact, on every route")
  func exact() throws {
    let folder = try TemporaryFolder()
    try folder.write("1\n0\n1\n", to: "bits.csv")
    for route in [[], ["--route", "lean"], ["--route", "rules"], ["--arch", "gated-linear-rnn"]] {
      let run = try Command.run(
        arguments: [
          "bound", Self.figure1, "--set", "mu=4", "--input", folder.path("bits.csv"), "--integers",
        ] + route)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.contains("3 exact, 3 of them proved exact"), "\(run.output)")
      #expect(run.output.contains("none: no operation loses anything"), "\(run.output)")
      #expect(run.output.contains("3 certainly, 0 wrongly"), "\(run.output)")
    }
  }

  @Test("The first loss is named by node and place")
  func losses() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "ForEach:\n  x = Input(dim=1)\n  y = 3 * x\n  z = y + 1e17\n  return z - 1e17",
      to: "p.lsrl")
    try folder.write("[[1], [2]]", to: "t.json")
    let run = try Command.run(
      "bound", folder.path("p.lsrl"), "--input", folder.path("t.json"), "--integers")
    #expect(run.status == 1, "\(run.output)")
    #expect(run.output.contains("step 0, row 0 of 'z' ("), "\(run.output)")
    #expect(run.output.contains("p.lsrl:4:3"), "\(run.output)")
    #expect(run.output.contains("the sum 1e+17 + 3.0 loses 3.0"), "\(run.output)")
    #expect(run.output.contains("WRONG INTEGERS"))
    let json = try Command.run(
      "bound", folder.path("p.lsrl"), "--input", folder.path("t.json"), "--json")
    #expect(json.status == 0, "every bound holds")
    for part in ["\"schema\": \"lsrl-check/bound/1\"", "\"firstLoss\"", "\"holds\": true"] {
      #expect(json.output.contains(part), "\(json.output)")
    }
  }

  @Test("What has no tape, or no sense, is refused")
  func refusals() throws {
    let folder = try TemporaryFolder()
    try folder.write("1\n", to: "bits.csv")
    let input = ["--input", folder.path("bits.csv")]
    let both = try Command.run(
      arguments: ["bound", Self.figure1, "--arch", "mamba", "--route", "lean"] + input)
    #expect(both.status == 64)
    let format = try Command.run(
      arguments: ["bound", Self.figure1, "--format", "decimal32"] + input)
    #expect(format.status == 64 && format.errors.contains("binary16"), "\(format.errors)")
    let survey = try Command.run("bound", "survey")
    #expect(survey.status == 64)
  }

  @Test("A survey counts, and finds no violation")
  func survey() throws {
    let corpus = PackageRoot.file("fixtures/corpus/named.jsonl").path
    let run = try Command.run("bound", "survey", corpus, "--only", "more-ones-than-zeros-q0")
    #expect(run.status == 0 && run.output.hasPrefix("1 runs\n"), "\(run.output)\(run.errors)")
  }

  @Test("A campaign has a line for each shard, and goes on where another one stopped")
  func campaign() throws {
    let options = ["--sequences", "2", "--shard", "2", "--climb"]
    let all = try Command.run(arguments: ["bound", "campaign", "--trials", "6"] + options)
    #expect(all.status == 0 && all.output.contains("\nno violation\n"), "\(all.errors)")
    let rest = try Command.run(
      arguments: ["bound", "campaign", "--trials", "2", "--first", "4"] + options)
    func shard(_ output: String) -> Substring? {
      output.split(separator: "\n").first { $0.hasPrefix("trials 4..<6: ") }?
        .split(separator: ";").first
    }
    #expect(shard(all.output) != nil && shard(all.output) == shard(rest.output))
    let wrong = try Command.run("bound", "campaign")
    #expect(wrong.status == 64 && wrong.errors.contains("--comparisons"))
  }
}
