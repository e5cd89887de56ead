import FixtureFiles
import Foundation
import Testing

/// The command as a user meets it: what it prints, what it exits with, and what it makes of
/// nonsense.
@Suite("lsrl-check")
struct CommandTests {
  @Test("A claim that holds exits with 0 and says how to run it again")
  func check() throws {
    let run = try Command.run("--arch", "mamba", "--trials", "50", "--seed", "7")
    #expect(run.status == 0, "\(run.errors)")
    for part in ["lowering-preserves-meaning: holds", "50 held", "mamba compiled", "seed      7"] {
      #expect(run.output.contains(part), "\(part) is missing in\n\(run.output)")
    }
    #expect(run.errors.isEmpty, "progress is for terminals only")
  }

  @Test("The result does not depend on the number of jobs")
  func jobs() throws {
    func covered(_ jobs: String) throws -> [Substring] {
      try Command.run("--arch", "mamba", "--trials", "200", "--jobs", jobs).output
        .split(separator: "\n").filter { $0.contains("covered") || $0.contains("floats") }
    }
    #expect(try covered("1") == covered("2"))
  }

  @Test("JSON holds what the summary says")
  func checkJSON() throws {
    let folder = try TemporaryFolder()
    let file = folder.path("result.json")
    let run = try Command.run(
      "check", "--property", "outputs-are-causal", "--trials", "20", "--json", file)
    #expect(run.status == 0)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("\"verdict\": \"holds\"") && text.contains("\"held\": 20"))
  }

  @Test("A time budget ends a search undecided, never green")
  func timeBudget() throws {
    let run = try Command.run(
      "check", "--arch", "mamba", "--trials", "100000000", "--time-budget", "1s")
    #expect(run.status == 2)
    #expect(run.output.contains("UNDECIDED") && run.output.contains("time budget"))
  }

  @Test("Programs run exactly and in floats, compiled and not, from JSON and CSV")
  func running() throws {
    let folder = try TemporaryFolder()
    try folder.write("1\n0\n1\n", to: "bits.csv")
    try folder.write("[[1], [\"0\"], [1.0]]", to: "bits.json")
    let program = PackageRoot.file("fixtures/programs/more-ones-than-zeros.lsrl").path
    for input in ["bits.csv", "bits.json"] {
      for options in [[], ["--arch", "mamba"], ["--arch", "gated-linear-rnn"]] {
        let run = try Command.run(
          arguments: ["run", program, "--input", folder.path(input), "--json"] + options)
        #expect(run.output == "{\"outputs\": [[\"1\"], [\"0\"], [\"1\"]]}\n", "\(run.errors)")
      }
    }
    let floats = try Command.run(
      "run", program, "--input", folder.path("bits.csv"), "--numbers", "binary32", "--json")
    #expect(floats.output == "{\"outputs\": [[1.0], [0.0], [1.0]]}\n")
    let steep = try Command.run(
      "run", program, "--input", folder.path("bits.csv"), "--set", "mu=1/2", "--arch", "mamba")
    #expect(steep.output == "1/2\n0\n1/2\n")
  }

  @Test("A refusal names the node, its place, and the way out")
  func refusal() throws {
    let program = PackageRoot.file("fixtures/programs/parity-of-time.lsrl").path
    let refused = try Command.run("compile", program, "--arch", "mamba")
    #expect(refused.status == 2)
    for part in ["parity-of-time.lsrl:", "negative eigenvalue", "--max-length"] {
      #expect(refused.output.contains(part), "\(refused.output)")
    }
    let bounded = try Command.run("compile", program, "--arch", "mamba", "--max-length", "20")
    #expect(bounded.status == 0, "\(bounded.output)")
  }

  @Test("The corpus is right or refused, line by line")
  func corpus() throws {
    let run = try Command.run(
      "corpus", PackageRoot.file("fixtures/corpus/reference_bugs/B01a_mul_bypass_relu.json").path,
      "--arch", "mamba", "--stats")
    #expect(run.status == 0)
    #expect(
      run.output.hasPrefix(
        "B01a_mul_bypass_relu  source: right; rules: right; lean: right; mamba: right\n"))
  }

  @Test("Every catalogue lists", arguments: ["rules", "architectures", "properties", "programs"])
  func listing(catalogue: String) throws {
    let run = try Command.run("list", catalogue)
    #expect(run.status == 0 && run.output.split(separator: "\n").count > 5)
    #expect(try Command.run("list", catalogue, "--json").output.hasPrefix("[{\"id\": "))
  }

  @Test("A finding replays from its file: a wrong one holds, and says so")
  func replay() throws {
    let folder = try TemporaryFolder()
    let record =
      #"{\"name\": \"f\", \"nodes\": [{\"id\": \"x\", \"type\": \"Input\", \"dim\": 1}], "#
      + #"\"output\": \"x\", \"inputs\": [[\"2\"]]}"#
    try folder.write(
      """
      {"schema": "lsrl-check/finding/1", "property": "lowering-preserves-meaning",
       "architectures": ["mamba"], "choices": [0, 0, 0], "case": "\(record)"}
      """, to: "finding.json")
    let run = try Command.run("replay", folder.path("finding.json"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("the case: holds now"))
  }

  /// Found once, mended, and never to come back: the case as it was written down decides.
  @Test("What was once refuted holds now")
  func regressions() throws {
    let folder = PackageRoot.file("fixtures/regressions")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!files.isEmpty)
    for file in files {
      let run = try Command.run("replay", folder.appending(path: file).path)
      #expect(run.status == 0, "\(file): \(run.output)\(run.errors)")
    }
  }

  @Test("Help has examples", arguments: ["check", "run", "compile", "corpus", "replay", "list"])
  func help(command: String) throws {
    let run = try Command.run("help", command)
    #expect(run.status == 0 && run.output.contains("lsrl-check \(command)"))
    #expect(run.output.lowercased().contains("example"))
  }
}
