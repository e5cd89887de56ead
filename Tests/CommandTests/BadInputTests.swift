import FixtureFiles
import Foundation
import Testing

/// Nonsense from outside: one line with the place, exit code 64 or 65, and nothing worse.
@Suite("Bad input")
struct BadInputTests {
  private static let figure1 = PackageRoot.file("fixtures/programs/more-ones-than-zeros.lsrl").path

  @Test(
    "of the command line is 64",
    arguments: [
      ["--arch", "transformer"], ["--trials", "0"], ["--trials", "many"], ["--jobs", "0"],
      ["--time-budget", "soon"], ["check", "--property", "nothing"], ["--max-length", "0"],
      ["run"], ["replay"], ["list", "everything"], ["nonsense"],
      ["compile", "x.lsrl", "--dump-after", "lower"],
      ["run", figure1, "--input", "x.json", "--arch", "mamba", "--arch", "linear-rnn"],
      ["run", figure1, "--input", "x.json", "--set", "mu"],
    ])
  func usage(arguments: [String]) throws {
    let run = try Command.run(arguments: arguments)
    #expect(run.status == 64, "\(run.output)\(run.errors)")
    #expect(run.errors.hasPrefix("Error: "))
  }

  @Test(
    "of programs is 65, with the place",
    arguments: [
      ("p.lsrl", "ForEach:\n  x = Input(dim=2)\n  return Multii(x)", "p.lsrl:3:10: expected"),
      ("p.lsrl", "ForEach:\n  x = Input(dim=1)\n  return Linear(x, A=[[1/0]])", "p.lsrl:3:"),
      ("p.lsrl", "ForEach:\n  x = Input(dim=1)\n  return 1e999999999 * x", "p.lsrl:3:10: expected"),
      ("p.lsrl", "ForEach:\n  x = Input(dim=99999999999)\n  return x", "p.lsrl:2:"),
      ("p.lsrl", "ForEach:\n  x = Input(dim=1)\n  y = Input(dim=1)\n  return x", "p.lsrl:3:"),
      ("p.lsrl", "", "p.lsrl:1:1: expected"),
      ("p.lsrl", "\u{0}\u{1}\u{2}", "p.lsrl:1:1: expected"),
      ("p.json", "{\"nodes\": [", "p.json:1:12: expected"),
      ("p.json", "[]", "p.json:1: expected an object"),
      ("p.json", "{\"nodes\": [], \"output\": \"x\"}", "output: expected the id of a node"),
      (
        "p.json",
        #"{"nodes": [{"id": "a", "type": "Input", "dim": 1}, {"id": "b", "type": "Concat","#
          + #" "inputs": ["a", "c"]}, {"id": "c", "type": "ReLU", "inputs": ["b"]}],"#
          + #" "output": "c"}"#, "a cycle runs through [\"b\", \"c\"]"
      ),
      (
        "p.json",
        #"{"nodes": [{"id": "a", "type": "Input", "dim": 1}, {"id": "b", "type": "Linear","#
          + #" "inputs": ["a"], "A": [["1/0"]], "b": ["0"]}], "output": "b"}"#,
        "nodes[1].A[0][0]: expected a number"
      ),
      (
        "p.json", #"{"nodes": [{"id": "a", "type": "Input", "dim": 1e9}], "output": "a"}"#,
        "nodes[0].dim: expected a dimension from 1 to"
      ),
    ])
  func programs(name: String, text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: name)
    try folder.write("[[1]]", to: "tokens.json")
    let run = try Command.run(
      "run", folder.path(name), "--input", folder.path("tokens.json"))
    #expect(run.status == 65, "\(run.output)\(run.errors)")
    #expect(
      run.errors.hasPrefix("lsrl-check: error: ") && run.errors.contains(message), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test(
    "of tokens is 65, with the place",
    arguments: [
      ("t.json", "[[1, 2]]", "token 0: expected 1 numbers, found 2"),
      ("t.json", "[[\"1/0\"]]", "[0][0]: expected a number"),
      ("t.json", "[[1e999999999]]", "[0][0]: expected a number"),
      ("t.json", "{\"tokens\": []}", "expected an array, found an object"),
      ("t.json", "[[1]", "t.json:1:5: expected"),
      ("t.json", String(repeating: "[", count: 100_000), "nested"),
      ("t.csv", "1\nx\n", "t.csv:2: field 1: expected a digit"),
      ("t.csv", "1,2\n", "token 0: expected 1 numbers, found 2"),
    ])
  func tokens(name: String, text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: name)
    let run = try Command.run("run", Self.figure1, "--input", folder.path(name))
    #expect(run.status == 65, "\(run.output)\(run.errors)")
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  @Test("of tokens outside of the declared range is 65")
  func range() throws {
    let folder = try TemporaryFolder()
    try folder.write("ForEach:\n  x = Input(dim=1, range=[0, 1])\n  return ReLU(x)", to: "p.lsrl")
    try folder.write("1\n7\n", to: "t.csv")
    let run = try Command.run("run", folder.path("p.lsrl"), "--input", folder.path("t.csv"))
    #expect(run.status == 65)
    #expect(
      run.errors.contains(
        "token 1, coordinate 0: expected a number in the declared range [0, 1], found 7"))
  }

  @Test("of files that are missing, or folders, is 65")
  func files() throws {
    let folder = try TemporaryFolder()
    for (path, message) in [
      ("/nowhere/x.lsrl", "expected a file, found nothing there"),
      (folder.path(""), "expected a file, found a directory"),
    ] {
      let run = try Command.run("compile", path)
      #expect(run.status == 65 && run.errors.contains(message), "\(run.errors)")
    }
    let unknown = try Command.run("compile", Self.figure1, "--set", "lambda=3")
    #expect(unknown.status == 65 && unknown.errors.contains("mu"), "\(unknown.errors)")
  }

  @Test("of values that explode is an answer, not a crash")
  func explosion() throws {
    let folder = try TemporaryFolder()
    var lines = ["ForEach:", "  v0 = Input(dim=1)"]
    for step in 1...80 { lines.append("  v\(step) = Multi(Concat([v\(step - 1), v\(step - 1)]))") }
    lines.append("  return v80")
    try folder.write(lines.joined(separator: "\n"), to: "power.lsrl")
    try folder.write("[[3]]", to: "tokens.json")
    let run = try Command.run(
      "run", folder.path("power.lsrl"), "--input", folder.path("tokens.json"), "--arch", "mamba")
    #expect(run.status == 65 && run.errors.contains("bits"), "\(run.errors)")
  }

  @Test("of findings is 65, and an output that cannot be written is 74")
  func findings() throws {
    let folder = try TemporaryFolder()
    try folder.write("{\"schema\": \"lsrl-check/finding/9\"}", to: "f.json")
    let run = try Command.run("replay", folder.path("f.json"))
    #expect(run.status == 65 && run.errors.contains("schema: expected"), "\(run.errors)")
    let unwritable = try Command.run(
      "check", "--trials", "1", "--json", "/nowhere/result.json")
    #expect(unwritable.status == 74, "\(unwritable.errors)")
    #expect(unwritable.output.contains("holds"), "what was found is told all the same")
  }
}
