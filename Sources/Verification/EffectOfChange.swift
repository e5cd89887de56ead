import Certificates
import CouplingSearch
import ExactArithmetic

/// Whether a network and a changed one ever differ, by all means that there are: each with little
/// work first, and with more only where all others have failed.
struct EffectOfChange {
  let before: CellProgram
  let after: CellProgram
  let ranges: [Interval]

  /// The most tokens that the network is for.
  let maximumLength: Int?

  /// How steps are looked at: so many at a time, after so many from the start. Some relations hold
  /// only after some steps, or only from every other step to the next but one, as those of a state
  /// that grows with alternating signs.
  private struct Phase: Hashable {
    var block = 1
    var skipped = 0

    static let each = Phase()
    static let pairs = Phase(block: 2)
    static let all = [
      each, pairs, Phase(skipped: 1), Phase(skipped: 3), Phase(block: 2, skipped: 3),
      Phase(skipped: 8),
    ]
  }

  private enum Stage {
    case steps([Phase], [StepAttempt], work: Int)
    case certificates(attempts: Int)
    case kinks(walks: Int)

    /// All steps at once, if there is a bound on their number.
    case wholeLength
  }

  /// Chosen by what decided the changes of `mutate-weights --random 20 --arch all --max-length 12
  /// --changes 10`, seeds 1 to 5 and 7, and what it took. Nearly all that is decided is by the first
  /// three, in tenths of a second.
  private static let stages: [Stage] = [
    .steps([.each], [.few], work: 500_000),
    .steps([.each], [.plain, .habits], work: 50_000),
    .steps([.pairs], [.few, .fewOfCoordinates], work: 1_000_000),
    .certificates(attempts: 1),
    .kinks(walks: 20),
    .steps([.each], [.guarded], work: 1_000_000),
    .wholeLength,
    .steps([.each, .pairs], StepAttempt.all, work: 500_000),
    .steps(Phase.all, [.few, .plain, .habits], work: 500_000),
    .kinks(walks: 60),
    .certificates(attempts: 6),
    .steps(
      [.each, .pairs], [.few, .fewOfCoordinates, .plain, .habits, .plainOfCoordinates],
      work: 2_000_000),
  ]

  func fate() throws -> MutationFate {
    var comparisons: [Phase: StepComparison] = [:]
    var reasons = (steps: "nothing was tried", certificates: "nothing was tried")
    for stage in Self.stages {
      switch stage {
      case .steps(let phases, let attempts, let work):
        for phase in phases {
          var comparison = try comparisons[phase] ?? comparison(in: phase)
          let verdict = comparison.verdict(by: attempts, work: work)
          comparisons[phase] = comparison
          switch verdict {
          case .same: return .harmless
          case .different(let blocks):
            let tokens = tokens(in: blocks)
            if isShort(tokens) { return .caughtLater(on: tokens) }
          case .unknown(let reason): if phase == .each { reasons.steps = reason }
          }
        }
      case .certificates(let attempts):
        var search = CouplingSearch(source: before, target: after, inputBounds: ranges)
        search.attempts = attempts
        switch search.run() {
        case .found: return .harmless
        case .different(let tokens):
          if isShort(tokens) { return .caughtLater(on: tokens) }
          reasons.certificates = "longer sequences show a difference"
        case .notFound(let reason): reasons.certificates = reason
        }
      case .kinks(let walks):
        var search = KinkSearch(before: before, after: after, inputBounds: ranges)
        search.walks = walks
        if let tokens = search.difference(), isShort(tokens) { return .caughtLater(on: tokens) }
      case .wholeLength:
        if let fate = try fateWithinLength { return fate }
      }
    }
    return .undecided("one step: \(reasons.steps); certificates: \(reasons.certificates)")
  }

  private func comparison(in phase: Phase) throws -> StepComparison {
    guard phase.block > 1 else {
      return StepComparison(
        before: before, after: after, inputBounds: ranges, skipped: phase.skipped)
    }
    return StepComparison(
      before: try before.inBlocks(of: phase.block, reading: ranges.count),
      after: try after.inBlocks(of: phase.block, reading: ranges.count),
      inputBounds: (0..<phase.block).flatMap { _ in ranges }, skipped: phase.skipped)
  }

  /// Networks for bounded lengths are what they are for on any number of tokens up to it.
  private func isShort(_ tokens: [[Rational]]) -> Bool { tokens.count <= maximumLength ?? .max }

  /// One by one, of several that are read at a time.
  private func tokens(in blocks: [[Rational]]) -> [[Rational]] {
    blocks.flatMap { block in
      stride(from: 0, to: block.count, by: ranges.count).map {
        Array(block[$0..<$0 + ranges.count])
      }
    }
  }

  /// All steps at once, if there is a bound on their number; nil if that says nothing.
  private var fateWithinLength: MutationFate? {
    get throws {
      guard let maximumLength else { return nil }
      let search = CouplingSearch(
        source: try before.unrolled(steps: maximumLength, reading: ranges.count),
        target: try after.unrolled(steps: maximumLength, reading: ranges.count),
        inputBounds: (0..<maximumLength).flatMap { _ in ranges })
      switch search.run() {
      case .found: return .harmless
      case .different(let blocks): return .caughtLater(on: tokens(in: blocks))
      case .notFound: return nil
      }
    }
  }
}
