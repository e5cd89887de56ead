import FixtureFiles
import Testing

/// `export-fpcore`, as a user meets it.
@Suite("Programs are written as FPCore")
struct ExportFPCoreTests {
  private static let bits = PackageRoot.file("fixtures/programs/more-ones-than-zeros.lsrl").path
  private static let lookup = PackageRoot.file("fixtures/programs/dictionary.lsrl").path

  @Test("One expression for each output, with ranges and format")
  func expressions() throws {
    let two = try Command.run("export-fpcore", Self.bits, "--steps", "2", "--format", "binary32")
    #expect(two.status == 0 && two.output.hasPrefix("(FPCore (t0 t1)\n"), "\(two.errors)")
    #expect(two.output.contains(":precision binary32\n") && !two.output.contains(":pre "))
    let ranged = try Command.run("export-fpcore", Self.lookup, "--set", "n=1", "--route", "lean")
    #expect(ranged.status == 0 && ranged.output.contains("\n  :pre (<= 0 x0 9)\n"))
  }

  @Test("Too many tokens, and two things to write at once, are refused")
  func refusals() throws {
    let long = try Command.run("export-fpcore", Self.lookup, "--steps", "1000")
    #expect(long.status == 65 && long.errors.contains("100000"), "\(long.errors)")
    let both = try Command.run("export-fpcore", Self.bits, "--route", "lean", "--arch", "lstm")
    #expect(both.status == 64)
    #expect(try Command.run("export-fpcore", Self.bits, "--steps", "0").status == 64)
  }

  @Test("Constants of vec2vec are for its own prompts, and the command says so")
  func promptConstants() throws {
    let run = try Command.run(
      "noise", "vec2vec", "--targets", "1", "--certify", "1", "--levels", "0", "--variant",
      "multiplicative", "--constants", "auto", "--program",
      PackageRoot.file("fixtures/programs/continuous.lsrl").path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("constants chosen for these 10 prompts and no others"))
    #expect(run.output.contains("certified right on 1 targets, errors at most 0"))
    #expect(run.errors.contains("for the 10 sequences at hand, and no others"))
  }
}
