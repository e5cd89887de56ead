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
  var casesForEach = 1_000

  /// Steps from the start that are looked at one by one, before relations must hold. What starts
  /// with other values than it settles for is past that.
  var skipped = 0

  /// Times that the assumptions are weakened.
  var patience = 40

  /// Terms that are written in all, when symbols are replaced.
  var work = 1_000_000

  /// Products of more terms than that are not expanded, in one attempt after the other: without
  /// long products less is seen, at much less work.
  var expansions = [64, 1_024]

  /// Whether symbols are what is read of tokens, or tokens' coordinates.
  var readsDirections = true

  var showsEquality: Bool {
    if case .same = verdict() { true } else { false }
  }

  func verdict() -> Verdict {
    let runs = JointRuns(before, after, inputBounds: inputBounds, skipped: skipped)
    if let tokens = runs.counterexample { return .different(tokens) }
    let ranges = ranges(of: runs.coordinates)
    var last = Verdict.unknown("nothing was tried")
    // Most of what can be shown at all is shown by a few relations, without cases of options.
    for isSimple in skipped == 0 ? [true, false] : [false] {
      let relations = JointRelations(runs, isSimple: isSimple)
      for expansion in expansions {
        last = verdict(
          from: relations, runs, ranges, expansion, isSimple ? work / 4 : work,
          habits: isSimple ? RectifierHabits() : runs.habits)
        if case .same = last { return last }
      }
    }
    guard skipped == 0, let expansion = expansions.last else { return last }
    // Large steps leave no work for what ReLUs always did; and a square of one coordinate is short
    // only if that is a symbol.
    var plain = self
    plain.readsDirections = false
    for isSimple in [true, false] {
      let relations = JointRelations(runs, isSimple: isSimple)
      let verdict = plain.verdict(
        from: relations, runs, ranges, expansion, work, habits: RectifierHabits())
      if case .same = verdict { return .same }
    }
    return last
  }

  private func verdict(
    from relations: JointRelations, _ runs: JointRuns, _ ranges: [Interval], _ expansion: Int,
    _ work: Int, habits: RectifierHabits
  ) -> Verdict {
    var relations = relations
    var work = work
    if skipped > 0 {
      do {
        let obstacle = try SteppedPair.obstacle(
          inFirstSteps: skipped, of: self, runs.coordinates, ranges, expansion, to: &relations)
        if let obstacle { return .unknown(obstacle) }
      } catch {
        return .unknown("the first steps take too many terms")
      }
    }
    for _ in 0..<patience {
      guard
        var step = try? SteppedPair(
          self, runs.coordinates, assuming: relations, ranges, work: work,
          expansion: expansion, habits: habits)
      else { return .unknown("a step takes too many terms") }
      defer { work = step.work }
      guard step.drops(from: &relations, casesForEach) else {
        guard let obstacle = step.obstacleInOutputs(casesForEach) else { return .same }
        return .unknown(step.work > 0 ? obstacle : "too many terms are written")
      }
    }
    return .unknown("nothing that stays the same was found in \(patience) rounds")
  }

  var directions: TokenDirections {
    readsDirections
      ? TokenDirections(before, after, inputBounds: inputBounds)
      : TokenDirections(coordinatesWithin: inputBounds)
  }

  private func ranges(of coordinates: [JointCoordinate]) -> [Interval] {
    let before = before.rememberedRanges(ofInputs: inputBounds)
    let after = after.rememberedRanges(ofInputs: inputBounds)
    return coordinates.map { coordinate in
      switch coordinate.side {
      case .before: before[coordinate.node][coordinate.place]
      case .after: after[coordinate.node][coordinate.place]
      }
    }
  }
}
