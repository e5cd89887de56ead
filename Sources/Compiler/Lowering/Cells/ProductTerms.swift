import ExactArithmetic

/// A product of the halves of a value as a sum of products of parts that are never negative:
///
///     p q = p⁺q⁺ + p⁻q⁻ − p⁺q⁻ − p⁻q⁺
///
/// without the terms that enclosures prove to be zero.
struct ProductTerms {
  struct Term {
    /// Places in `parts`; the one with a known bound is the gate.
    let gate: Int
    let value: Int

    /// No value of the gate's part is larger. Positive.
    let bound: Rational?

    /// The coordinate of the product, and with which sign the term counts.
    let output: Int
    let sign: Rational
  }

  private(set) var terms: [Term] = []

  /// Each part that some term takes, once.
  private(set) var parts: [SignedCoordinate] = []

  /// Whether each part is the signed coordinate itself and needs no ReLU.
  private(set) var areSignsKnown = true

  /// Of the product.
  let dimension: Int

  init(_ ranges: [Interval]) {
    dimension = ranges.count / 2
    var places: [SignedCoordinate: Int] = [:]
    func place(_ part: SignedCoordinate) -> Int {
      if let place = places[part] { return place }
      places[part] = parts.count
      parts.append(part)
      return parts.count - 1
    }
    for (first, second) in [(1, 1), (-1, -1), (1, -1), (-1, 1)] as [(Rational, Rational)] {
      for output in 0..<dimension {
        let left = ranges[output]
        let right = ranges[dimension + output]
        guard left.signs.contains(first), right.signs.contains(second) else { continue }
        if left.signs.count + right.signs.count > 2 { areSignsKnown = false }
        var gate = SignedCoordinate(coordinate: output, sign: first)
        var value = SignedCoordinate(coordinate: dimension + output, sign: second)
        var bound = left.bound(of: first)
        if bound == nil, let other = right.bound(of: second) {
          (gate, value, bound) = (value, gate, other)
        }
        terms.append(
          Term(
            gate: place(gate), value: place(value), bound: bound, output: output,
            sign: first * second))
      }
    }
  }

  /// How many terms have a bound, how many have none; nothing if there is no term.
  func note(unbounded: String, cells: Int) -> String {
    let bounded = terms.count { $0.bound != nil }
    let kinds = [(bounded, "bounded"), (terms.count - bounded, unbounded)].filter { $0.0 > 0 }
    let list = kinds.map { "\($0.0) \($0.1)" }.joined(separator: " and ")
    return "a product of \(list) terms in \(cells) \(cells == 1 ? "cell" : "cells")"
  }
}

extension Interval {
  /// The largest value of the positive or negative part.
  fileprivate func bound(of sign: Rational) -> Rational? {
    sign > 0 ? upper : lower.map { -$0 }
  }
}
