import FixtureFiles
import Foundation
import Testing

@Suite("lsrl-check mutate-weights")
struct MutateWeightsTests {
  private static let program = PackageRoot.file("fixtures/programs/more-ones-than-zeros.lsrl").path

  private static let fates = [
    "caught", "failed", "dead", "harmless", "caughtLater", "undecided",
  ]

  @Test("Counts each change once, knows of each what it does, and repeats itself")
  func counts() throws {
    let arguments = [
      "mutate-weights", Self.program, "--arch", "gru", "--arch", "mamba", "--changes", "30",
      "--sequences", "20", "--seed", "3", "--json",
    ]
    let run = try Command.run(arguments: arguments)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 2, "\(run.output)\(run.errors)")
    var seen: Set<String> = []
    for line in lines {
      let counts = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      func count(_ name: String) -> Int { counts[name] as? Int ?? -1_000 }
      #expect(Self.fates.map(count).reduce(0, +) == 30, "\(line)")
      #expect(count("caught") > 15, "\(line)")
      seen.formUnion(Self.fates.filter { count($0) > 0 })
    }
    #expect(seen == ["caught", "dead", "harmless", "caughtLater"])
    #expect(run.status == 0)
    #expect(try Command.run(arguments: arguments).output == run.output)
  }

  @Test("Without a program there is nothing to change")
  func usage() throws {
    let run = try Command.run("mutate-weights", "--arch", "gru")
    #expect(run.status == 64)
    #expect(run.errors.contains("expected programs, or --random"))
  }
}
