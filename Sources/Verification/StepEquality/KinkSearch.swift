import Certificates
import CouplingSearch
import ExactArithmetic
import PropertyTesting

/// Looks for tokens on which two programs differ, where random ones hardly ever fall: close to the
/// kinks of their ReLUs.
///
/// A walk starts from two random sequences on which some ReLU lets through in one what it does not
/// in the other, and halves the way between them, keeping a half with that property. So it comes
/// close to a kink, by every power of two on the way: what happens only on a ramp of width 1/40000
/// beside it is met.
struct KinkSearch {
  let before: CellProgram
  let after: CellProgram
  let inputBounds: [Interval]

  var walks = 60
  var halvings = 26

  /// Tokens of which the last gives outputs that differ; nil if none were met.
  func difference(seed: UInt64 = 1) -> [[Rational]]? {
    for walk in 0..<walks {
      var random = SplitMix64(seed: seed, trial: walk)
      let length = 1 + Int.random(in: 0..<4, using: &random)
      var ends = (sequence(length, &random), sequence(length, &random))
      var signs: ([Bool], [Bool])
      guard case .same(let first) = compared(on: ends.0) else { return ends.0 }
      guard case .same(let last) = compared(on: ends.1) else { return ends.1 }
      signs = (first, last)
      for _ in 0..<halvings where signs.0 != signs.1 {
        let middle = zip(ends.0, ends.1).map { zip($0, $1).map { ($0 + $1) / 2 } }
        guard case .same(let found) = compared(on: middle) else { return middle }
        let takesFirst =
          found != signs.0 && (found == signs.1 || Bool.random(using: &random))
        if takesFirst {
          (ends.1, signs.1) = (middle, found)
        } else {
          (ends.0, signs.0) = (middle, found)
        }
      }
    }
    return nil
  }

  private enum Comparison {
    /// With the signs of what is rectified, in both programs and all steps.
    case same([Bool])
    case different
  }

  private func compared(on tokens: [[Rational]]) -> Comparison {
    var remembered = (before.memory(Rational.self), after.memory(Rational.self))
    var signs: [Bool] = []
    for token in tokens {
      let values = (
        before.step(token, after: remembered.0),
        after.step(token, after: remembered.1)
      )
      if values.0[before.output] != values.1[after.output] { return .different }
      signs += before.signs(values.0) + after.signs(values.1)
      remembered = values
    }
    return .same(signs)
  }

  private func sequence(
    _ length: Int, _ random: inout SplitMix64
  ) -> [[Rational]] {
    let scale: Rational = [1, 1, 10, Rational(1, 10)][Int.random(in: 0..<4, using: &random)]
    return (0..<length).map { _ in
      inputBounds.map { range in
        let value = scale * Rational(Int.random(in: -40...40, using: &random), 8)
        return range.nearest(to: value)
      }
    }
  }
}

extension CellProgram {
  fileprivate func signs(_ values: [[Rational]]) -> [Bool] {
    nodes.flatMap { node -> [Bool] in
      guard case .relu(let source) = node else { return [] }
      return values[source].map { $0 > 0 }
    }
  }
}
