import FixtureFiles
import Foundation
import Testing

@Suite("lsrl-check mutate-weights")
struct MutateWeightsTests {
  private static let program = PackageRoot.file("fixtures/programs/running-maximum.lsrl").path

  @Test("Counts each change once, tells the undecided apart, and repeats itself")
  func counts() throws {
    let arguments = [
      "mutate-weights", Self.program, "--arch", "gru", "--arch", "mamba", "--changes", "4",
      "--sequences", "20", "--seed", "3", "--json",
    ]
    let run = try Command.run(arguments: arguments)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 2, "\(run.output)\(run.errors)")
    var undecided = 0
    for line in lines {
      let counts = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      func count(_ name: String) -> Int { counts[name] as? Int ?? -1_000 }
      let all = [
        "caught", "failed", "dead", "harmless", "caughtLater", "undecided",
      ].map(count)
      #expect(all.reduce(0, +) == 4, "\(line)")
      #expect(count("caught") > 1, "\(line)")
      undecided += count("undecided")
    }
    #expect(run.status == (undecided == 0 ? 0 : 2))
    #expect(try Command.run(arguments: arguments).output == run.output)
  }

  @Test("Without a program there is nothing to change")
  func usage() throws {
    let run = try Command.run("mutate-weights", "--arch", "gru")
    #expect(run.status == 64)
    #expect(run.errors.contains("expected programs, or --random"))
  }
}
