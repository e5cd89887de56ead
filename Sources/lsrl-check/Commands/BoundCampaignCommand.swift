import ArgumentParser
import Foundation
import Properties

struct BoundCampaignCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "campaign",
    abstract:
      "Compares outputs of random programs with their bounds, as many as there is time for.",
    discussion: """
      Examples:
        lsrl-check bound campaign --trials 3000
        lsrl-check bound campaign --comparisons 100000000 --jobs 1
        lsrl-check bound campaign --comparisons 1000000 --climb --seed 7

      Each program is run on --sequences sequences of tokens, as program, lean path and layers, in \
      all formats and both modes, and once more with weights and tokens stretched until things \
      under- and overflow. Every output is compared with the exact one and with its bound, and the \
      float with that of the engine.

      Trials are done --shard at a time, each shard with a line of its own; so what is done counts, \
      and --first goes on where a campaign was stopped. With --climb every second program is a \
      variation of the one of its shard whose bounds were closest to being wrong. Exits with 1 at \
      the first bound that does not hold.
      """)

  @Option(help: ArgumentHelp("How many programs to try.", valueName: "count"))
  var trials: Int?

  @Option(help: ArgumentHelp("How many outputs to compare at least.", valueName: "count"))
  var comparisons: Int?

  @Option(help: ArgumentHelp("Sequences of tokens for each program.", valueName: "count"))
  var sequences = 16

  @Option(help: ArgumentHelp("The first trial.", valueName: "number"))
  var first = 0

  @Option(help: ArgumentHelp("How many trials a line is about.", valueName: "count"))
  var shard = 100

  @Option(help: "Where the random numbers start.")
  var seed: UInt64 = 1

  @Option(help: "How many shards run at the same time; all cores unless given.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Let random programs climb towards the worst found.")
  var climb = false

  func validate() throws {
    guard (trials == nil) != (comparisons == nil) else {
      throw ValidationError("bound campaign takes --trials or --comparisons")
    }
    let counts = [trials ?? 1, comparisons ?? 1, sequences, shard, jobs]
    guard counts.allSatisfy({ 1...1_000_000_000_000 ~= $0 }), 0...1_000_000_000 ~= first else {
      throw ValidationError("numbers must be positive, and --first at most 10^9")
    }
  }

  func perform() async throws -> Outcome {
    let campaign = BoundCampaign(seed: seed, sequences: sequences, climbs: climb)
    let interruption = Interruption()
    let start = ContinuousClock.now
    let end = trials.map { first + $0 } ?? .max
    var sum = BoundTally()
    var next = first
    while next < end, sum.comparisons < comparisons ?? .max, sum.failure == nil,
      !interruption.isRequested
    {
      var ranges: [Range<Int>] = []
      while ranges.count < jobs, next < end {
        ranges.append(next..<min(next + shard, end))
        next = ranges[ranges.count - 1].upperBound
      }
      let tallies = await withTaskGroup(of: (range: Range<Int>, tally: BoundTally).self) { group in
        for range in ranges { group.addTask { (range, campaign.run(range)) } }
        return await group.reduce(into: []) { $0.append($1) }
      }
      for (range, tally) in tallies.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
        sum.add(tally)
        try StandardOutput.line(
          "trials \(range.lowerBound)..<\(range.upperBound): "
            + "\(tally.comparisons.grouped) comparisons, "
            + "\(tally.failure == nil ? 0 : 1) violations; so far \(sum.comparisons.grouped)")
      }
    }
    return try conclude(sum, programs: next - first, (ContinuousClock.now - start) / .seconds(1))
  }

  private func conclude(
    _ sum: BoundTally, programs: Int, _ seconds: Double
  ) throws -> Outcome {
    try StandardOutput.line(
      """
      seed \(seed), \(programs.grouped) programs from trial \(first) on, \(sequences) sequences each
      \(sum.comparisons.grouped) comparisons, \
      \(Int(Double(sum.comparisons) / max(seconds, 1e-9)).grouped) per second
      not finite \(sum.nonfinite.grouped), subnormal \(sum.subnormal.grouped)
      not exact \(sum.inexact.grouped), of these with a finite bound \(sum.bounded.grouped)
      proved exact \(sum.provedExact.grouped)
      largest error / bound \(sum.closest)
      """)
    guard let failure = sum.failure else {
      try StandardOutput.line("no violation")
      return .holds
    }
    try StandardOutput.line("REFUTED  \(failure.kind): \(failure.explanation)")
    return .refuted
  }
}
