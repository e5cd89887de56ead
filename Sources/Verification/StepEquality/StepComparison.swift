import Certificates
import CouplingSearch
import ExactArithmetic

/// Whether two programs, such as a network before and after a change of a weight, have the same
/// outputs always: shown from one step of both, by cases of signs.
///
/// Guesses relations of what both remember from runs (`JointRelations`), assumes them, shows that a
/// step keeps them, drops what it does not show, and starts over until nothing is dropped. Then the
/// outputs must be the same. By induction they are, on every sequence of tokens within the bounds.
///
/// Source: guess and check: C. Flanagan, K. R. M. Leino, *Houdini, an Annotation Assistant for
/// ESC/Java*, FME 2001.
struct StepComparison {
  enum Verdict {
    case same

    /// The outputs of the last of these tokens differ.
    case different([[Rational]])
    case unknown(String)
  }

  let before: CellProgram
  let after: CellProgram
  let inputBounds: [Interval]

  /// Cases that are looked at for each relation.
  static let casesForEach = 1_000

  /// Times that the assumptions are weakened.
  private static let patience = 40

  /// Steps from the start that are looked at one by one, before relations must hold. What starts
  /// with other values than it settles for is past that.
  private let skipped: Int

  /// Enclosures of the coordinates, whatever is assumed.
  private let ranges: [Interval]
  private let runs: JointRuns

  /// With how much work attempts were made: without end, if they ended before their work did, and so
  /// would with more.
  private var made: [StepAttempt: Int] = [:]
  private var last = Verdict.unknown("nothing was tried")

  init(before: CellProgram, after: CellProgram, inputBounds: [Interval], skipped: Int = 0) {
    self.before = before
    self.after = after
    self.inputBounds = inputBounds
    self.skipped = skipped
    runs = JointRuns(before, after, inputBounds: inputBounds, skipped: skipped)
    let ranges = (
      before: before.rememberedRanges(ofInputs: inputBounds),
      after: after.rememberedRanges(ofInputs: inputBounds)
    )
    self.ranges = runs.coordinates.map { coordinate in
      switch coordinate.side {
      case .before: ranges.before[coordinate.node][coordinate.place]
      case .after: ranges.after[coordinate.node][coordinate.place]
      }
    }
  }

  /// By all attempts, with little work first.
  var showsEquality: Bool {
    var comparison = self
    for work in [50_000, 500_000, 4_000_000] {
      if case .same = comparison.verdict(by: StepAttempt.all, work: work) { return true }
    }
    return false
  }

  /// By attempts in this order, until one shows something, each with so much work
  /// (`WorkMeter`).
  mutating func verdict(by attempts: [StepAttempt], work: Int) -> Verdict {
    if let tokens = runs.counterexample { return .different(tokens) }
    for attempt in attempts where made[attempt, default: 0] < work {
      let meter = WorkMeter(work)
      last = verdict(by: attempt, meter)
      if case .same = last { break }
      made[attempt] = meter.left > 0 ? .max : work
    }
    return last
  }

  private func verdict(by attempt: StepAttempt, _ meter: WorkMeter) -> Verdict {
    var relations = JointRelations(
      runs, isSimple: attempt.hasFewRelations, looksForGuards: attempt.looksForGuards)
    let habits = attempt.followsHabits ? runs.habits : RectifierHabits()
    do throws(TooLarge) {
      if skipped > 0 {
        let obstacle = try SteppedPair.obstacle(
          inFirstSteps: skipped, of: self, runs.coordinates, ranges, attempt, meter, to: &relations)
        if let obstacle { return .unknown(obstacle) }
      }
      for _ in 0..<Self.patience {
        var step = try SteppedPair(
          self, runs.coordinates, assuming: relations, ranges, habits, attempt, meter)
        guard try step.drops(from: &relations) else {
          guard let obstacle = step.obstacleInOutputs() else { return .same }
          return .unknown(meter.left > 0 ? obstacle : "too many terms are written")
        }
      }
    } catch {
      return .unknown("too many terms are written")
    }
    return .unknown("nothing that stays the same was found in \(Self.patience) rounds")
  }

  func directions(for attempt: StepAttempt) -> TokenDirections {
    attempt.readsDirections
      ? TokenDirections(before, after, inputBounds: inputBounds)
      : TokenDirections(coordinatesWithin: inputBounds)
  }
}
