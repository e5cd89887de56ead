import FixtureFiles
import Foundation
import Testing

/// `bound ifelse` and `bound` over boxes, as a user meets them.
@Suite("lsrl-check bound, before any input")
struct BoundTests {
  private static let figure1 = PackageRoot.file("fixtures/programs/more-ones-than-zeros.lsrl").path

  @Test("f_ifelse: bound, witness, closed form, and the same answer for the same seed")
  func ifElse() throws {
    let arguments = ["bound", "ifelse", "--form", "fused", "--lambda", "1e10", "--samples", "500"]
    let run = try Command.run(arguments: arguments)
    #expect(run.status == 0, "\(run.errors)")
    for part in [
      "bound      9.5367", "observed   9.5", "at         c = ", "closed     min(R, h(λ)",
    ] {
      #expect(run.output.contains(part), "\(part) is missing in\n\(run.output)")
    }
    func facts() throws -> String {
      let json = try Command.run(arguments: arguments + ["--json"]).output
      return String(json.prefix(while: { _ in true }).split(separator: "\"boundSeconds\"")[0])
    }
    let first = try facts()
    #expect(
      first.contains("\"schema\": \"lsrl-check/bound-ifelse/1\"") && first.contains("\"c\": \""))
    #expect(try facts() == first)
  }

  @Test("f_ifelse with guards 0 and 1, as written, is exact")
  func ends() throws {
    let run = try Command.run(
      "bound", "ifelse", "--guard", "0,1", "--samples", "100", "--variant", "step")
    #expect(run.status == 0 && run.output.hasPrefix("bound      0.0\nobserved   0.0\n"))
  }

  @Test("A program over a box: each token, the largest error, what holds at every token")
  func box() throws {
    let folder = try TemporaryFolder()
    try folder.write("0 1 1  # bits\n", to: "bits.txt")
    try folder.write("[[0, \"1\", \"1\"]]", to: "bits.json")
    for box in ["bits.txt", "bits.json"] {
      for options in [["--route", "lean"], ["--arch", "linear-rnn"], []] {
        let run = try Command.run(
          arguments: [
            "bound", Self.figure1, "--set", "mu=2", "--box", folder.path(box), "--steps",
            "50",
          ] + options)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("largest error up to token 49: 0.0\n"), "\(run.output)")
      }
    }
    let json = try Command.run(
      "bound", Self.figure1, "--box", folder.path("bits.txt"), "--steps", "2", "--json")
    #expect(
      json.output.contains("\"verdict\": \"holds\"") && json.output.contains("\"everyToken\""))
  }

  @Test("What may overflow is undecided, with the token")
  func overflow() throws {
    let folder = try TemporaryFolder()
    try folder.write("0 1\n", to: "box.txt")
    try folder.write(
      "ForEach:\n  x = Input(dim=1)\n  return LinState(x, A=[[4]], B=[[1]])\n", to: "p.lsrl")
    let run = try Command.run(
      "bound", folder.path("p.lsrl"), "--box", folder.path("box.txt"), "--steps", "20",
      "--format", "binary16")
    #expect(run.status == 2)
    #expect(run.output.contains("undecided: from token 8 on"), "\(run.output)")
  }

  @Test(
    "Bad options are 64",
    arguments: [
      ["--variant", "other"], ["--lambda", "0"], ["--mu", "x"], ["--format", "binary8"],
      ["--guard", "0"], ["--range", "-1"], ["--boxes", "0"], ["--lambda", "1e9999"],
    ])
  func usage(options: [String]) throws {
    let run = try Command.run(arguments: ["bound", "ifelse"] + options)
    #expect(run.status == 64, "\(run.errors)")
  }

  @Test(
    "Bad boxes are 65, with the line",
    arguments: [
      ("0 1\n0 1\n", "expected 1 coordinates, found 2"), ("0\n", ":1: expected a lower bound"),
      ("0 x\n", ":1: \"x\": expected a digit"), ("# none\n2 1\n", ":2: expected bounds in order"),
      ("0 1 3\n", ":1: expected reals, floats or a power of two"), ("", "found 0"),
    ])
  func badBoxes(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "box.txt")
    let run = try Command.run("bound", Self.figure1, "--box", folder.path("box.txt"))
    #expect(run.status == 65 && run.errors.contains(message), "\(run.errors)")
  }
}
