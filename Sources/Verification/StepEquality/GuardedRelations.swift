import ExactArithmetic

/// That a number is 0, or what another is, as long as a third is small: what counts has no effect
/// once it is more than is asked for, and then may be anything.
struct GuardedRelation: Hashable {
  let coordinate: Int

  /// What it is if the guard does not hold; 0 if nil.
  let twin: Int?

  /// The guard: this coordinate is `least` or more.
  let bounded: Int
  let least: Rational
}

extension JointRuns {
  /// More independent coordinates than this are too many to look at all pairs.
  private static let largestGuarded = 48

  /// Those that hold in all samples, and neither side of which does. About `independent` coordinates,
  /// and none that is `refuted`.
  func guardedRelations(
    among independent: [Int], without refuted: Set<GuardedRelation> = []
  ) -> [GuardedRelation] {
    guard independent.count <= Self.largestGuarded else { return [] }
    // Both programs mostly remember the same, in the same order.
    let half = coordinates.count { $0.side == .before }
    var found: [GuardedRelation] = []
    for coordinate in independent {
      found += guardedRelations(of: coordinate, twin: nil, independent, refuted)
      if coordinate >= half, 2 * half == coordinates.count, independent.contains(coordinate - half) {
        found += guardedRelations(of: coordinate, twin: coordinate - half, independent, refuted)
      }
    }
    return found
  }

  private func guardedRelations(
    of coordinate: Int, twin: Int?, _ independent: [Int], _ refuted: Set<GuardedRelation>
  ) -> [GuardedRelation] {
    let others = samples.filter { sample in sample[coordinate] != (twin.map { sample[$0] } ?? 0) }
    guard !others.isEmpty, others.count < samples.count else { return [] }
    return independent.compactMap { bounded in
      guard twin != nil || bounded != coordinate,
        let seen = others.lazy.map({ $0[bounded] }).min(),
        let always = samples.lazy.map({ $0[bounded] }).min()
      else { return nil }
      // Where samples are not exactly on the boundary, it is below; where both are bounded, maybe by
      // the same.
      var bounds: Set = [seen, seen.floor, (10 * seen).floor / 10, seen / 2]
      if let twin, let other = others.lazy.map({ $0[twin] }).min() {
        bounds.formUnion([other, other.floor, (10 * other).floor / 10])
      }
      return bounds.filter { $0 > always && $0 <= seen }.sorted(by: >).lazy.map {
        GuardedRelation(coordinate: coordinate, twin: twin, bounded: bounded, least: $0)
      }.first { !refuted.contains($0) }
    }
  }
}
