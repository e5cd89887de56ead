import Certificates
import ExactArithmetic

extension CellProgram {
  /// Enclosures of what each node remembers, before the first step and after each, for tokens
  /// within `inputs`: empty for nodes that remember nothing.
  ///
  /// Iterates from the initial values. Where a bound keeps moving, by less and less, it is guessed
  /// where it tends to, and then a little further; a bound that keeps moving after that is dropped.
  /// What is found maps into itself, so it holds always. Gives up, and then knows nothing, after
  /// `work` vectors.
  public func rememberedRanges(ofInputs inputs: [Interval], work: Int = 20_000) -> [[Interval]] {
    let start = memory(Interval.self)
    let patience = (initial.map(\.count).max() ?? 0) + 3
    var before = start
    var reached = start
    for round in 0..<max(1, work / max(1, nodes.count)) {
      let next = image(of: reached, inputs, joining: start)
      if zip(reached, next).allSatisfy({ zip($0, $1).allSatisfy { $0.contains($1) } }) {
        return tightened(next, inputs, start)
      }
      let joined = zip(reached, next).map { zip($0, $1).map { $0.union($1) } }
      let moved: [[Interval]]
      switch round - patience {
      case ..<0, 1, 3: moved = joined
      case 0: moved = joined.limit(after: before, reached, overshooting: 1)
      case 2: moved = joined.limit(after: before, reached, overshooting: 2)
      default:
        moved = zip(reached, joined).map { old, joined in
          zip(old, joined).map { old, joined in
            Interval(
              joined.lower == old.lower ? joined.lower : nil,
              joined.upper == old.upper ? joined.upper : nil)
          }
        }
      }
      (before, reached) = (reached, moved)
    }
    return start.map { $0.map { _ in .everything } }
  }

  /// Dropping one bound may have taken others along that come back in another round.
  private func tightened(
    _ ranges: [[Interval]], _ inputs: [Interval], _ start: [[Interval]]
  ) -> [[Interval]] {
    var ranges = ranges
    for _ in 0..<3 { ranges = image(of: ranges, inputs, joining: start) }
    return ranges
  }

  private func image(
    of remembered: [[Interval]], _ inputs: [Interval], joining start: [[Interval]]
  ) -> [[Interval]] {
    let values = values(reading: inputs, after: remembered)
    return zip(values, start).map { values, start in
      zip(values, start).map { $0.union($1).limited }
    }
  }
}

extension [[Interval]] {
  /// Where bounds tend to that were in `first`, then in `second` and then in self, if each step is
  /// the same part of the step before it; `factor` times as far.
  fileprivate func limit(
    after first: Self, _ second: Self, overshooting factor: Rational
  ) -> Self {
    func limit(_ bounds: (Rational?, Rational?, Rational?)) -> Rational? {
      guard let first = bounds.0, let second = bounds.1, let third = bounds.2 else {
        return bounds.2
      }
      let (step, last) = (second - first, third - second)
      guard last != 0, step != 0 else { return third }
      let ratio = last / step
      guard ratio > 0, ratio < 1 else { return third }
      return third + factor * last * ratio / (1 - ratio)
    }
    return indices.map { node in
      self[node].indices.map { place in
        let (one, two, three) = (first[node][place], second[node][place], self[node][place])
        return Interval(
          limit((one.lower, two.lower, three.lower)), limit((one.upper, two.upper, three.upper))
        ).limited
      }
    }
  }
}
