import ArgumentParser
import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import ExactJSON
import Foundation
import LSRL
import Properties
import PropertyTesting
import Verification

struct BoundSurveyCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey",
    abstract: "Measures how far off error bounds are, and how long they take.",
    discussion: """
      Examples:
        lsrl-check bound survey fixtures/corpus/random.jsonl --time
        lsrl-check bound survey fixtures/corpus/named.jsonl --only listing2
        lsrl-check bound survey --random 100000 --seed 7

      For files in the corpus's form: each run as program and as lean path, in each --format and \
      both modes. The quantiles are those of bound / error over outputs that are not exact. With \
      --time also how long a run takes with bounds, in multiples of the float engine's time for \
      the same sequence in binary64.

      With --random, outputs of random programs are compared with their bounds, as the property \
      error-bounds-hold does: as program, lean path and layers, in all formats and both modes, and \
      with weights stretched until things under- and overflow. With --climb every second program \
      is a variation of the one whose bounds were closest to being wrong.
      """)

  @Argument(help: "Files of programs with tokens, in the corpus's form.")
  var corpora: [String] = []

  @Option(help: ArgumentHelp("Only programs whose names start so.", valueName: "prefix"))
  var only = ""

  @Option(help: "The formats; repeatable. binary64 and binary32 unless given.")
  var format: [FloatFormat] = []

  @Flag(help: "Measure time, too.")
  var time = false

  @Option(help: ArgumentHelp("Compare on so many random programs.", valueName: "trials"))
  var random: Int?

  @Option(help: "Where the random numbers start.")
  var seed: UInt64 = 1

  @Option(help: "How many trials run at the same time; all cores unless given.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Let random programs climb towards the worst found.")
  var climb = false

  func validate() throws {
    guard corpora.isEmpty != (random == nil) else {
      throw ValidationError("bound survey takes files, or --random")
    }
    guard random ?? 1 > 0, jobs > 0 else {
      throw ValidationError("--random and --jobs must be positive")
    }
  }

  func perform() async throws -> Outcome {
    if let random { return try await surveyRandom(random) }
    var survey = BoundSurvey(
      formats: format.isEmpty ? [.binary64, .binary32] : format, measuresTime: time)
    for file in corpora {
      for line in try CorpusFile(file).lines() where line.value.name.hasPrefix(only) {
        do {
          try survey.add(line.value)
        } catch {
          throw Failure.badInput("\(file):\(line.number): \(error)")
        }
      }
    }
    try StandardOutput.line(survey.text)
    return survey.isRefuted ? .refuted : .holds
  }

  private func surveyRandom(_ trials: Int) async throws -> Outcome {
    let start = ContinuousClock.now
    let share = (trials + jobs - 1) / jobs
    let tally = await withTaskGroup(of: BoundTally.self) { group in
      for job in 0..<jobs {
        let range = job * share..<min((job + 1) * share, trials)
        guard !range.isEmpty else { continue }
        group.addTask { BoundClimb(seed: seed, climbs: climb).run(range) }
      }
      var sum = BoundTally()
      for await tally in group { sum.add(tally) }
      return sum
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    try StandardOutput.line(
      """
      \(trials.grouped) programs, \(tally.comparisons.grouped) comparisons, \
      \(Int(Double(tally.comparisons) / max(seconds, 1e-9)).grouped) per second
      not finite \(tally.nonfinite.grouped), subnormal \(tally.subnormal.grouped)
      not exact \(tally.inexact.grouped), of these with a finite bound \(tally.bounded.grouped)
      proved exact \(tally.provedExact.grouped)
      largest error / bound \(tally.closest)
      """)
    guard let failure = tally.failure else { return .holds }
    try StandardOutput.line("REFUTED  \(failure.kind): \(failure.explanation)")
    return .refuted
  }
}

/// Random programs, every second one a variation of the worst so far if it climbs. What it does
/// depends on the seed and the range only.
private struct BoundClimb {
  let seed: UInt64
  let climbs: Bool

  func run(_ trials: Range<Int>) -> BoundTally {
    var sum = BoundTally()
    var worst: (choices: ChoiceSequence, share: Double)?
    for trial in trials where sum.failure == nil {
      var random = SplitMix64(seed: seed, trial: trial)
      var choices = Choices(random: random)
      if climbs, trial.isMultiple(of: 2), let worst {
        choices = Choices(replaying: worst.choices.varied(by: &random))
      }
      let program = ProgramCase.random(&choices)
      var tally = BoundTally()
      _ = program.compareBounds(by: .ours, &tally)
      sum.add(tally)
      // Bounds that are just right are no news: they are as good as they can be.
      let share = tally.closest < 1 ? tally.closest : 0
      if share > worst?.share ?? 0 { worst = (choices.made, share) }
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
