import ExactArithmetic

extension LinState {
  /// Enclosures of the state after each update, for inputs within `inputs`.
  ///
  /// Iterates from the initial state. A bound that keeps moving is dropped, and the rest is checked
  /// to be an invariant: what is returned contains the initial state's successor and is mapped into
  /// itself, so it holds at every step of every run.
  ///
  /// Programs come from strangers: rounds are bounded by what they cost, and bounds by their
  /// length.
  public func ranges(reading inputs: [Interval]) -> [Interval] {
    LinState.ranges(recurrence: recurrence, initial: initial, fed: input(inputs))
  }

  /// Enclosures of s ← A s + v after each update, for v within `fed`.
  public static func ranges(
    recurrence: Matrix, initial: [Rational], fed: [Interval]
  ) -> [Interval] {
    let start = initial.map { Interval($0) }
    var reached = start
    // A cyclic state of dimension n needs n rounds, if that is affordable.
    let dimension = initial.count
    let roundCost = dimension + recurrence.nonzeroCount
    let patience = min(dimension + 2, max(1, LinState.rangeWork / roundCost))
    for round in 0... {
      let next = recurrence.accumulate(reached, onto: fed).map(\.limited)
      if zip(reached, next).allSatisfy({ $0.contains($1) }) {
        // Everything reached, the initial state included, maps into `next`.
        return next
      }
      guard round <= 2 * patience else {
        return Array(repeating: .everything, count: dimension)
      }
      reached = zip(reached, next).map { old, new in
        let joined = old.union(new)
        guard round >= patience else { return joined }
        return Interval(
          joined.lower == old.lower ? joined.lower : nil,
          joined.upper == old.upper ? joined.upper : nil)
      }
    }
    preconditionFailure("bounds were dropped for ever")
  }

  /// Products of an entry and an interval, about.
  static let rangeWork = 50_000
}

extension Graph {
  /// Enclosures of the value of every node, by position, at every step of every run whose tokens
  /// lie in `inputs`.
  public func ranges(ofInputs inputs: [Interval]) -> [[Interval]] {
    var ranges: [[Interval]] = []
    for node in nodes {
      let vector =
        node.isInput ? inputs : node.inputs.flatMap { ranges[position(of: $0)] }
      if case .linState(let state) = node.operation {
        ranges.append(state.ranges(reading: vector))
      } else {
        var none: [Interval] = []
        ranges.append(
          node.operation.evaluated(on: vector, state: &none).map(\.limited))
      }
    }
    return ranges
  }
}
