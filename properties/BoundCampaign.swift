import ExactArithmetic
import LSRL
import PropertyTesting

/// Many outputs of random programs compared with their bounds. What it does depends on its numbers
/// and the trials only.
public struct BoundCampaign: Sendable {
  public var seed: UInt64

  /// Sequences of tokens that each program is run on.
  public var sequences: Int

  /// Every second program is a variation of the one whose bounds were closest to being wrong.
  public var climbs: Bool

  public init(seed: UInt64, sequences: Int = 16, climbs: Bool = false) {
    self.seed = seed
    self.sequences = sequences
    self.climbs = climbs
  }

  /// Up to the first bound that is wrong.
  public func run(_ trials: Range<Int>, by bounds: BoundsOnTrial = .ours) -> BoundTally {
    var sum = BoundTally()
    var worst: (choices: ChoiceSequence, share: Double)?
    for trial in trials where sum.failure == nil {
      var random = SplitMix64(seed: seed, trial: trial)
      var choices = Choices(random: random)
      if climbs, trial.isMultiple(of: 2), let worst {
        choices = Choices(replaying: worst.choices.varied(by: &random))
      }
      let program = ProgramCase.random(&choices)
      let made = choices.made
      var more = Choices(random: SplitMix64(seed: ~seed, trial: trial))
      let others = (1..<max(sequences, 1)).map { _ in
        ProgramCase.tokens(for: program.program, &more)
      }
      var tally = BoundTally()
      _ = program.compareBounds(by: bounds, also: others, &tally)
      if let failure = tally.failure {
        tally.failure = (failure.kind, "trial \(trial): \(failure.explanation)\n\(program)")
      }
      sum.add(tally)
      // Bounds that are just right are no news: they are as good as they can be.
      let share = tally.closest < 1 ? tally.closest : 0
      if share > worst?.share ?? 0 { worst = (made, share) }
    }
    return sum
  }
}

extension ChoiceSequence {
  /// With a few choices replaced.
  fileprivate func varied(by random: inout SplitMix64) -> ChoiceSequence {
    var choices = choices
    for _ in 0..<3 where !choices.isEmpty {
      choices[Int.random(in: choices.indices, using: &random)] = .random(in: 0...9, using: &random)
    }
    return ChoiceSequence(choices)
  }
}
