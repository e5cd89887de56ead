import FixtureFiles
import Foundation
import Testing

/// `exact`, and `--constants auto` where programs are compiled and run.
@Suite("lsrl-check exact")
struct ExactCommandTests {
  private static let dictionary = PackageRoot.file("fixtures/programs/dictionary.lsrl").path
  private static let variants =
    "variant=direct,optimized,step_optimized,multiplicative,multiplicative_optimized"

  @Test("Listing 2 with chosen constants is proved on every route, in every variant")
  func proved() throws {
    let run = try Command.run(
      "exact", Self.dictionary, "--set", "n=3", "--inputs", "integers", "--steps", "27",
      "--constants", "auto", "--each", Self.variants, "--route", "source", "--route", "lean",
      "--arch", "gated-linear-rnn")
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.components(separatedBy: "proved: every output is exact").count == 31)
    #expect(run.output.contains("tokens in Z in [0, 9]; up to 27 tokens"))
    #expect(run.output.contains("lambda = 32 at 'now'"))
  }

  @Test("With the paper's constants it is undecided, and the place is named")
  func undecided() throws {
    let folder = try TemporaryFolder()
    let file = folder.path("result.json")
    let run = try Command.run(
      "exact", Self.dictionary, "--inputs", "integers", "--steps", "18", "--json", file)
    #expect(run.status == 2 && run.output.contains("binary32  UNDECIDED: step 0"), "\(run.output)")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("\"verdict\": \"undecided\"") && text.contains("lsrl-check/exact/1"))
  }

  @Test("Assumptions come from the program or the command line, and are needed")
  func assumptions() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "ForEach:\n  x = Input(dim=1, range=[0, 3], step=1/2)\n  return 2 * x", to: "p.lsrl")
    try folder.write("ForEach:\n  x = Input(dim=1)\n  return 2 * x", to: "open.lsrl")
    let declared = try Command.run("exact", folder.path("p.lsrl"), "--format", "bfloat16")
    #expect(declared.status == 0, "\(declared.output)")
    #expect(declared.output.contains("tokens in 1/2 Z in [0, 3]; any number of tokens"))
    let real = try Command.run("exact", folder.path("open.lsrl"))
    #expect(real.status == 65 && real.errors.contains("expected a range"), "\(real.errors)")
    let given = try Command.run(
      "exact", folder.path("open.lsrl"), "--inputs=-1..300:1/4", "--format", "bfloat16")
    #expect(given.status == 2 && given.output.contains("may need 11 bits"), "\(given.output)")
    for arguments in [
      ["--inputs", "9..0"], ["--inputs", "many"], ["--steps", "0"], ["--format", "binary8"],
      ["--each", "mu"], ["--constants", "some"],
    ] {
      let run = try Command.run(arguments: ["exact", folder.path("p.lsrl")] + arguments)
      #expect(run.status == 64, "\(arguments): \(run.output)\(run.errors)")
    }
  }

  @Test("Tokens that are no multiple of the declared step are refused")
  func declaredStep() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "ForEach:\n  x = Input(dim=1, range=[0, 3], step=1)\n  return x", to: "p.lsrl")
    try folder.write("1\n1/2\n", to: "t.csv")
    let run = try Command.run("run", folder.path("p.lsrl"), "--input", folder.path("t.csv"))
    #expect(run.status == 65)
    #expect(
      run.errors.contains(
        "token 1, coordinate 0: expected a whole number in the declared range [0, 3], found 1/2"))
  }

  @Test("Programs compile and run with chosen constants; floats are then exact")
  func chosenConstants() throws {
    let folder = try TemporaryFolder()
    try folder.write("[[1],[2],[3],[4],[7],[8],[1],[2],[5],[6]]", to: "t.json")
    let input = ["--input", folder.path("t.json"), "--arch", "linear-rnn", "--json"]
    let exact = try Command.run(arguments: ["run", Self.dictionary] + input)
    let floats = try Command.run(
      arguments: ["run", Self.dictionary, "--numbers", "binary32", "--constants", "auto"]
        + ["--inputs", "integers"] + input)
    #expect(floats.status == 0, "\(floats.errors)")
    #expect(
      floats.output.replacing(".0", with: "")
        == exact.output.replacing("\"", with: "")
        .replacing("outputs:", with: "\"outputs\":"))
    #expect(floats.errors.contains("lambda = 16 at 'asked[0]'"))
    let compiled = try Command.run(
      "compile", Self.dictionary, "--constants", "auto", "--inputs", "integers", "--steps", "18",
      "--arch", "linear-rnn")
    #expect(compiled.status == 0 && compiled.output.contains("mu = 2 at 'is_prompt'"))
    let far = try Command.run(
      arguments: ["run", Self.dictionary, "--constants", "auto", "--inputs", "0..3"] + input)
    #expect(far.status == 65 && far.errors.contains("chosen for tokens in"), "\(far.errors)")
  }
}
