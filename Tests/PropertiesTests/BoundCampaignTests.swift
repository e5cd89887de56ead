import ErrorAnalysis
import Properties
import Testing

/// What runs for 10^8 outputs as `lsrl-check bound campaign`.
@Suite("Outputs and their bounds")
struct BoundCampaignTests {
  @Test("10^5 outputs are within their bounds: all formats, both modes")
  func comparisons() throws {
    let tally = BoundCampaign(seed: 2026, sequences: 2, climbs: true).run(0..<12)
    #expect(tally.failure == nil)
    #expect(tally.comparisons >= 100_000)
    #expect(tally.nonfinite > 0 && tally.subnormal > 0 && tally.provedExact > 0)
    #expect(tally.inexact > 10_000 && tally.bounded > 10_000 && tally.closest == 1)
    print("outputs compared with their bounds: \(tally.comparisons)")
  }

  @Test("Trials depend on their number only, and more sequences are more comparisons")
  func trials() {
    let campaign = BoundCampaign(seed: 3, sequences: 2)
    let (both, first, second) = (campaign.run(4..<6), campaign.run(4..<5), campaign.run(5..<6))
    #expect(both.comparisons == first.comparisons + second.comparisons)
    #expect(both.inexact == first.inexact + second.inexact)
    let alone = BoundCampaign(seed: 3, sequences: 1).run(4..<6)
    #expect(alone.comparisons < both.comparisons)
  }

  @Test("A bound that is a little too small is found")
  func tooSmall() {
    let bounds = BoundsOnTrial(modes: [.tight]) { tape, _, _ in
      try RunningBound(tape, format: .binary32, mode: .fast)
    }
    // Bounds for another format than the engine's: other floats.
    let tally = BoundCampaign(seed: 1, sequences: 2).run(0..<20, by: bounds)
    #expect(tally.failure?.kind.hasPrefix("another float") == true)
  }
}
