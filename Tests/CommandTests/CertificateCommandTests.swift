import FixtureFiles
import Foundation
import Testing

@Suite("lsrl-check certify and verify")
struct CertificateCommandTests {
  private static let program =
    PackageRoot.file("fixtures/programs/more-ones-than-zeros.lsrl").path

  @Test(
    "What is certified is accepted, and is about the program and the layers",
    arguments: ["gru", "lstm", "mamba", "linear-rnn"])
  func accepted(architecture: String) throws {
    let folder = try TemporaryFolder()
    let file = folder.path("c.cert")
    let certified = try Command.run(
      "certify", Self.program, "--arch", architecture, "-o", file)
    #expect(certified.status == 0, "\(certified.output)\(certified.errors)")
    #expect(certified.output == "\(architecture): certified\n")
    let layers = try Command.run(
      "compile", Self.program, "--arch", architecture, "--dump-after", "lower")
    try folder.write(layers.output, to: "layers.json")
    let verified = try Command.run(
      "verify", file, "--program", Self.program, "--layers", folder.path("layers.json"))
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    #expect(verified.output.hasPrefix("accepted"))
    let other = try Command.run(
      "verify", file, "--program", PackageRoot.file("fixtures/programs/delay.lsrl").path)
    #expect(other.status == 1 && other.output.contains("the source is not that of"))
  }

  @Test("A weight that is wrong by a billionth is rejected, with the place")
  func wrong() throws {
    let folder = try TemporaryFolder()
    let file = folder.path("c.cert")
    _ = try Command.run("certify", Self.program, "--arch", "gru", "-o", file)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    // The last program's read-out, or whichever row of the target comes first with a 10.
    let target = try #require(
      text.range(of: "prog", options: .backwards, range: text.startIndex..<text.endIndex))
    let head = String(text[..<target.lowerBound])
    let start = try #require(head.range(of: "prog", options: .backwards)?.lowerBound)
    var changed = text
    let weight = try #require(changed.range(of: " 10 ", range: start..<changed.endIndex))
    changed.replaceSubrange(weight, with: " 10000000001/1000000000 ")
    try changed.write(toFile: file, atomically: true, encoding: .utf8)
    let verified = try Command.run("verify", file)
    #expect(verified.status == 1, "\(verified.output)\(verified.errors)")
    #expect(verified.output.hasPrefix("rejected: "))
  }

  @Test("What is no certificate is 65, with the word; a missing checker says how to build it")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    try folder.write("1 - - prog 1 0 fish", to: "c.cert")
    let run = try Command.run("verify", folder.path("c.cert"))
    #expect(run.status == 65)
    #expect(run.errors.contains("found 'fish'"), "\(run.errors)")
    let file = folder.path("d.cert")
    _ = try Command.run("certify", Self.program, "--route", "lean", "-o", file)
    let missing = try Command.run("verify", file, "--verified", "--checker", folder.path("none"))
    #expect(missing.status == 65 && missing.errors.contains("make proofs"), "\(missing.errors)")
  }

  @Test("Compiling and trying programs says what is certified, unless told not to")
  func byDefault() throws {
    let compiled = try Command.run("compile", Self.program, "--arch", "mamba")
    #expect(compiled.status == 0 && compiled.output.contains(", certified\n"), "\(compiled.output)")
    let plain = try Command.run("compile", Self.program, "--arch", "mamba", "--no-certify")
    #expect(plain.status == 0 && !plain.output.contains("certified"), "\(plain.output)")
    let folder = try TemporaryFolder()
    let json = folder.path("result.json")
    let tried = try Command.run(
      "--arch", "linear-rnn", "--trials", "12", "--certify", "all", "--json", json)
    #expect(tried.status == 0, "\(tried.output)\(tried.errors)")
    #expect(tried.output.contains(" tried; no certificate was found of "), "\(tried.output)")
    #expect(tried.output.contains("            linear-rnn: "), "\(tried.output)")
    let text = try String(contentsOfFile: json, encoding: .utf8)
    #expect(text.contains("\"certified\""), "\(text)")
    let none = try Command.run("--arch", "linear-rnn", "--trials", "12", "--no-certify")
    #expect(none.status == 0 && !none.output.contains("certified"), "\(none.output)")
  }
}
