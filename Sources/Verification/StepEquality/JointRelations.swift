import CouplingSearch
import ExactArithmetic

/// What is assumed of the remembered numbers of two programs, guessed from runs: each relation
/// holds at the start, and must be shown to hold after a step if all hold before it.
struct JointRelations {
  /// A coordinate has a value.
  struct Assignment: Hashable {
    let coordinate: Int
    let value: Rational
  }

  /// One of these is so, in all its parts: (c, d) is (0, 1) or (1, 0); or c is 0 or d is 0.
  typealias Alternative = [[Assignment]]

  private let runs: JointRuns

  /// By coordinate, how it is an affine function of earlier ones; nil for the independent ones.
  private(set) var combinations: [AffineHull.Combination?]

  /// About independent coordinates only.
  private(set) var alternatives: [Alternative] = []

  /// By coordinate: it is never less than that, never more.
  private(set) var leasts: [Rational?] = []
  private(set) var greatests: [Rational?] = []

  /// About independent coordinates only; none, unless they are asked for.
  private(set) var guarded: [GuardedRelation] = []

  private var refuted: Set<Alternative> = []
  private var refutedGuarded: Set<GuardedRelation> = []
  private var refutedTwins: Set<[Int]> = []

  /// Values of one coordinate, and of several together, that are told apart.
  private static let modeLimits = (single: 6, joint: 24)

  /// Samples must be that many times the values, or values are few by accident.
  private static let evidence = 3

  /// Only that numbers stay what they were or are another's: quick to look at.
  let isSimple: Bool

  private let looksForGuards: Bool

  init(_ runs: JointRuns, isSimple: Bool = false, looksForGuards: Bool = false) {
    self.runs = runs
    self.isSimple = isSimple
    self.looksForGuards = looksForGuards
    let columns = runs.coordinates.indices.map { coordinate in
      runs.samples.map { Residue($0[coordinate]) }
    }
    let hull = AffineHull(columns, columns.map { _ in .any })
    combinations = hull.combinations.enumerated().map { coordinate, combination in
      guard let combination else { return nil }
      if isSimple, !combination.isSimple { return nil }
      let isExact = runs.samples.allSatisfy { $0[coordinate] == combination.value(in: $0) }
      return isExact ? combination : nil
    }
    if isSimple {
      leasts = combinations.map { _ in nil }
      greatests = leasts
      for coordinate in combinations.indices where combinations[coordinate] == nil {
        combinations[coordinate] = guessedTwin(of: coordinate)
      }
      return
    }
    for place in runs.coordinates.indices {
      let values = runs.samples.map { $0[place] } + (runs.limits[place].map { [$0] } ?? [])
      leasts.append(values.min())
      greatests.append(values.max())
    }
    alternatives = guessedAlternatives()
    guarded = guessedGuarded()
  }

  /// Where a coordinate is, that is somewhere within `range` anyway.
  func range(of coordinate: Int, within range: Interval) -> Interval {
    let lower = leasts[coordinate].map { least in range.lower.map { max($0, least) } ?? least }
    let upper = greatests[coordinate].map { greatest in
      range.upper.map { min($0, greatest) } ?? greatest
    }
    return Interval(lower ?? range.lower, upper ?? range.upper)
  }

  // MARK: - What did not hold

  /// Without the relations that were not shown.
  mutating func drop(
    combinations coordinates: [Int], alternatives dropped: [Alternative],
    guarded loose: [GuardedRelation], leasts low: [Int], greatests high: [Int]
  ) {
    for coordinate in coordinates {
      refutedTwins.formUnion(twin(of: coordinate).map { [[coordinate, $0]] } ?? [])
      combinations[coordinate] = nil
    }
    for coordinate in coordinates { combinations[coordinate] = guessedTwin(of: coordinate) }
    // Not at least 3, but perhaps not negative.
    for coordinate in low { leasts[coordinate] = leasts[coordinate].flatMap { $0 > 0 ? 0 : nil } }
    for coordinate in high {
      greatests[coordinate] = greatests[coordinate].flatMap { $0 < 0 ? 0 : nil }
    }
    refuted.formUnion(dropped)
    refutedGuarded.formUnion(loose)
    alternatives = guessedAlternatives()
    guarded = guessedGuarded()
  }

  // MARK: - Guesses

  /// The coordinate that this one is assumed to be.
  private func twin(of coordinate: Int) -> Int? {
    guard let combination = combinations[coordinate], combination.terms.count == 1,
      combination.terms[0].coefficient == 1, combination.constant == 0
    else { return nil }
    return combination.terms[0].quantity
  }

  /// What was a number, or another function of others, in all samples, and is not always, may
  /// still be what an independent coordinate is.
  private func guessedTwin(of coordinate: Int) -> AffineHull.Combination? {
    let found = combinations[..<coordinate].indices.filter { other in
      combinations[other] == nil && runs.columns.mayBeEqual(other, coordinate)
        && !refutedTwins.contains([coordinate, other])
        && runs.samples.allSatisfy { $0[other] == $0[coordinate] }
    }
    let (node, place) = (runs.coordinates[coordinate].node, runs.coordinates[coordinate].place)
    let partner = found.first {
      runs.coordinates[$0].node == node && runs.coordinates[$0].place == place
    }
    return (partner ?? found.first).map {
      AffineHull.Combination(terms: [($0, 1)], constant: 0)
    }
  }

  private func guessedAlternatives() -> [Alternative] {
    if isSimple { return [] }
    var modes: [Int] = []
    var others: [Int] = []
    for coordinate in combinations.indices where combinations[coordinate] == nil {
      let count = runs.columns.counts[coordinate]
      if count <= Self.modeLimits.single, count * Self.evidence <= runs.samples.count || count == 2
      {
        modes.append(coordinate)
      } else {
        others.append(coordinate)
      }
    }
    let groups = groups(of: modes)
    var found: [Alternative] = []
    for group in groups {
      let joint = alternative(of: group)
      if !refuted.contains(joint) {
        found.append(joint)
      } else if group.count > 1 {
        found += group.map { alternative(of: [$0]) }.filter { !refuted.contains($0) }
      }
    }
    return found + complements(among: modes + others).filter { !refuted.contains($0) }
  }

  /// Those about the same, together; with twins first.
  var guardedGroups: [[GuardedRelation]] {
    var groups: [[GuardedRelation]] = []
    for relation in guarded {
      let place = groups.firstIndex {
        $0[0].coordinate == relation.coordinate && $0[0].twin == relation.twin
      }
      if let place { groups[place].append(relation) } else { groups.append([relation]) }
    }
    return groups.filter { $0[0].twin != nil } + groups.filter { $0[0].twin == nil }
  }

  private func guessedGuarded() -> [GuardedRelation] {
    guard looksForGuards else { return [] }
    let independent = combinations.indices.filter { combinations[$0] == nil }
    return runs.guardedRelations(among: independent, without: refutedGuarded)
  }

  /// Coordinates with few values, together as long as they have few together.
  private func groups(of modes: [Int]) -> [[Int]] {
    var groups: [SampleColumns.Group] = []
    for coordinate in modes {
      var isIn = false
      for place in groups.indices where !isIn {
        let joint = runs.columns.group(
          groups[place], with: coordinate, limit: Self.modeLimits.joint)
        if let joint {
          groups[place] = joint
          isIn = true
        }
      }
      if !isIn { groups.append(runs.columns.group(of: coordinate)) }
    }
    return groups.map(\.coordinates)
  }

  /// The values that the coordinates had together.
  private func alternative(of group: [Int]) -> Alternative {
    var known: Set<[Rational]> = []
    var alternative: Alternative = []
    for sample in runs.samples {
      let values = group.map { sample[$0] }
      guard known.insert(values).inserted else { continue }
      alternative.append(zip(group, values).map { Assignment(coordinate: $0, value: $1) })
      // Too many: whoever asked will not take them.
      if alternative.count > Self.modeLimits.joint { break }
    }
    return alternative
  }

  /// Pairs of which one was always 0, like σ(v) and σ(−v).
  private func complements(among coordinates: [Int]) -> [Alternative] {
    var found: [Alternative] = []
    for (position, left) in coordinates.enumerated() {
      for right in coordinates.dropFirst(position + 1)
      where runs.columns.isAnyZero(left, right) {
        found.append([
          [Assignment(coordinate: left, value: 0)], [Assignment(coordinate: right, value: 0)],
        ])
      }
    }
    return found
  }
}

extension AffineHull.Combination {
  /// A number, or what another is.
  fileprivate var isSimple: Bool {
    terms.isEmpty || terms.count == 1 && terms[0].coefficient == 1 && constant == 0
  }

  fileprivate func value(in sample: [Rational]) -> Rational {
    terms.reduce(constant) { $0 + $1.coefficient * sample[$1.quantity] }
  }
}
