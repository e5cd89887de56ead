import FixtureFiles
import Foundation
import Testing

/// `report`: three files in one folder, from the same value, and nothing of anyone else's lost.
@Suite("lsrl-check report")
struct ReportCommandTests {
  private static let program = PackageRoot.file("fixtures/programs/more-ones-than-zeros.lsrl").path
  private static let files = ["report.html", "report.json", "report.md"]

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("[[1], [0], [1], [1]]", to: "bits.json")
  }

  private func report(_ arguments: String..., out: String = "out") throws -> Command.Run {
    try Command.run(
      arguments: [
        "report", "program", Self.program, "--input", folder.path("bits.json"), "--arch",
        "linear-rnn", "--arch", "mamba", "--out", folder.path(out),
      ] + arguments)
  }

  private func names(_ name: String = "out") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path(name)).sorted()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path(name), encoding: .utf8)
  }

  @Test("program: verdicts, sizes, bounds over time and the graph")
  func program() throws {
    let run = try report()
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(try names() == Self.files)
    let page = try text("out/report.html")
    for part in [
      "5 routes compute every output exactly", "source, rules, lean, linear-rnn, mamba",
      "source in binary32: every error is within its bound", "ctr1s", "LinState 1", "<svg",
    ] {
      #expect(page.contains(part), "\(part)")
    }
    #expect(try text("out/report.json").contains("\"lsrl-check/report/1\""))
    #expect(try text("out/report.md").contains("| binary") == false)
    #expect(try text("out/report.md").contains("# more-ones-than-zeros.lsrl"))

    // Again into the same folder: our own files are replaced, and are the same.
    let second = try report()
    #expect(second.status == 0, "\(second.errors)")
    #expect(try text("out/report.html") == page)
    #expect(try names() == Self.files)
  }

  @Test("refutes outputs that round to wrong integers")
  func integers() throws {
    try folder.write("[[1000], [1], [-1001]]", to: "long.json")
    try folder.write(
      "ForEach:\n  x = Input(dim=1)\n  return LinState(x, A=[[1]], B=[[1]])", to: "sum.lsrl")
    let run = try Command.run(
      "report", "program", folder.path("sum.lsrl"), "--input", folder.path("long.json"),
      "--arch", "linear-rnn", "--format", "bfloat16", "--format", "binary32", "--out",
      folder.path("out"))
    #expect(run.status == 1, "\(run.output)\(run.errors)")
    let page = try text("out/report.md")
    #expect(page.contains("**✗ refuted** lean in bfloat16: every output rounds to the right"))
    #expect(page.contains("**✓ holds** lean in binary32: every output rounds to the right"))
    #expect(page.contains("**✓ holds** lean in bfloat16: every error is within its bound"))
  }

  @Test("without bounds errors are called observed only")
  func observed() throws {
    let run = try report("--bounds", "observed")
    #expect(run.status == 2, "\(run.output)\(run.errors)")
    let page = try text("out/report.md")
    #expect(page.contains("Observed only: nothing is proved."))
    #expect(!page.contains("within its bound"))
  }

  @Test("never replaces what no report wrote, but with --force", arguments: files)
  func overwriting(name: String) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("out"), withIntermediateDirectories: false)
    let foreign = "{\"schema\": \"someone else's\"}"
    try folder.write(foreign, to: "out/\(name)")
    let refused = try report()
    #expect(refused.status == 74 && refused.errors.contains(name), "\(refused.errors)")
    #expect(try names() == [name] && text("out/\(name)") == foreign)
    let forced = try report("--force")
    #expect(forced.status == 0, "\(forced.errors)")
    #expect(try names() == Self.files && text("out/\(name)") != foreign)
  }

  @Test("never writes through links")
  func links() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("out"), withIntermediateDirectories: false)
    try folder.write("precious", to: "elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("out/report.md"), withDestinationPath: folder.path("elsewhere"))
    #expect(try report().status == 74)
    #expect(try report("--force").status == 0)
    #expect(try text("elsewhere") == "precious")
    #expect(try text("out/report.md").hasPrefix("<!--"))
  }

  @Test("fails with 74 where nothing can be written")
  func unwritable() throws {
    try folder.write("a file", to: "out")
    let file = try report()
    #expect(file.status == 74 && file.errors.contains("expected a folder"), "\(file.errors)")
    for place in ["/proc/report", "/proc/self"] {
      let run = try Command.run(
        "report", "program", Self.program, "--arch", "linear-rnn", "--out", place)
      #expect(run.status == 74 && run.errors.contains(place), "\(place): \(run.errors)")
    }
  }

  @Test("draws a finding, and checks it again")
  func finding() throws {
    let run = try Command.run(
      "report", "program", PackageRoot.file("fixtures/regressions/hawk-zero-signal.json").path,
      "--arch", "hawk", "--out", folder.path("out"))
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    let page = try text("out/report.md")
    #expect(page.contains("# Counterexample to lowering-preserves-meaning"))
    #expect(page.contains("LinState 2(0)"))
  }

  @Test("takes names for names")
  func hostileNames() throws {
    let name = "<img src=x onerror=alert(1)>.json"
    try folder.write(
      #"{"nodes": [{"id": "a", "type": "Input", "dim": 1}], "output": "a", "inputs": [[1]]}"#,
      to: name)
    let run = try Command.run(
      "report", "program", folder.path(name), "--arch", "linear-rnn", "--out", folder.path("out"))
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    for file in ["out/report.html", "out/report.md"] {
      #expect(try !text(file).replacing(/`[^`]*`/, with: "").contains("<img"))
    }
  }

  @Test("ifelse: bounds and observations against λ, and bits")
  func ifElse() throws {
    let run = try Command.run(
      "report", "ifelse", "--lambda", "16,1e10", "--boxes", "12", "--samples", "40", "--format",
      "binary32", "--out", folder.path("out"))
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    let page = try text("out/report.md")
    #expect(page.contains("**✓ holds** No error that was found is larger than its bound"))
    #expect(page.contains("**✓ holds** As written and with guards that are 0 or 1"))
    #expect(page.contains("Bits needed for exactness against μ"))
  }

  @Test("exact: bits by constant, proved and undecided")
  func exact() throws {
    let run = try Command.run(
      "report", "exact", Self.program, "--inputs", "0..1", "--steps", "10", "--mu", "2,1000",
      "--out", folder.path("out"))
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    let page = try text("out/report.md")
    #expect(page.contains("lean in bfloat16: every variant is exact with μ = 2"))
    #expect(page.contains("| ? undecided |"))
  }

  @Test("noise: figures from a file, and places of what is wrong in it")
  func noise() throws {
    let rows = """
      {"variant": "direct", "level": 0, "figures": [1, "inf"], "authors": [2], "verdict": "wrong",
       "witness": [["1/2"], ["3"]]}
      """
    func file(_ rows: String, schema: String = "lsrl-check/noise/1") -> String {
      """
      {"schema": "\(schema)", "experiment": "tok2tok", "route": "lean", "mu": "4", "lambda": "32",
       "targets": 2, "length": 3, "pairs": 4, "seed": 5, "resetsStates": false, "rows": [\(rows)]}
      """
    }
    func run() throws -> Command.Run {
      try Command.run(
        "report", "noise", "--data", folder.path("data.json"), "--out", folder.path("out"))
    }
    try folder.write(file(rows), to: "data.json")
    let good = try run()
    #expect(good.status == 0, "\(good.output)\(good.errors)")
    let page = try text("out/report.md")
    #expect(page.contains("**✗ refuted** tok2tok, direct: right without noise"))
    #expect(page.contains("wrong on the tokens 1/2, 3") && page.contains("states not reset"))
    #expect(page.contains("seed 5"))
    for (text, message) in [
      (file(rows, schema: "other/1"), "schema: expected"),
      (file(rows.replacing("\"inf\"", with: "\"many\"")), "rows[0].figures[1]: expected a float"),
      (file("{}"), "rows[0]"), ("[", "data.json:1:2: expected"),
    ] {
      try folder.write(text, to: "data.json")
      let bad = try run()
      #expect(bad.status == 65 && bad.errors.contains(message), "\(bad.errors)")
    }
    #expect(try Command.run("report", "noise", "--out", folder.path("out")).status == 64)
    #expect(
      try Command.run("report", "noise", "tok2tok", "--with", "a", "--out", "x").status == 64)
  }
}
