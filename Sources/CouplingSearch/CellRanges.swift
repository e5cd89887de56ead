import Certificates
import ExactArithmetic

extension CellProgram {
  /// Enclosures of what each node remembers, before the first step and after each, for tokens
  /// within `inputs`: empty for nodes that remember nothing.
  ///
  /// Iterates from the initial values; a bound that keeps moving is dropped. What is found maps
  /// into itself, so it holds always. Gives up, and then knows nothing, after `work` vectors.
  public func rememberedRanges(ofInputs inputs: [Interval], work: Int = 20_000) -> [[Interval]] {
    let start = memory(Interval.self)
    let patience = (initial.map(\.count).max() ?? 0) + 3
    var reached = start
    for round in 0..<max(1, work / max(1, nodes.count)) {
      let next = image(of: reached, inputs, joining: start)
      if zip(reached, next).allSatisfy({ zip($0, $1).allSatisfy { $0.contains($1) } }) {
        return tightened(next, inputs, start)
      }
      reached = zip(reached, next).map { old, new in
        zip(old, new).map { old, new in
          let joined = old.union(new)
          guard round >= patience else { return joined }
          return Interval(
            joined.lower == old.lower ? joined.lower : nil,
            joined.upper == old.upper ? joined.upper : nil)
        }
      }
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
