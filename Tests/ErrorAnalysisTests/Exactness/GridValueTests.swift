import ErrorAnalysis
import ExactArithmetic
import Testing

/// Sets small enough to be listed: what the domain says is compared with all members.
@Suite("A set of multiples between bounds")
struct GridValueTests {
  private static let sets: [GridValue] = {
    let bounds: [Rational] = [-3, Rational(-3, 2), 0, Rational(1, 2), 2, 6]
    let spacings: [Rational] = [Rational(1, 2), 1, Rational(3, 4), 2]
    return bounds.flatMap { lower in
      bounds.flatMap { upper in
        spacings.compactMap { GridValue(from: lower, to: upper, spacing: $0) }
      }
    }
  }()

  private func members(_ set: GridValue) -> [Rational] {
    guard let spacing = set.spacing, spacing != 0 else { return [set.lower] }
    return Array(
      sequence(first: set.lower) { $0 + spacing <= set.upper ? $0 + spacing : nil })
  }

  @Test("has its bounds as members, and contains just its members")
  func membership() {
    for set in Self.sets {
      let members = members(set)
      #expect(members.first == set.lower && members.last == set.upper)
      let candidates = (-24...48).map { Rational($0, 8) }
      for value in candidates {
        #expect(set.contains(value) == members.contains(value), "\(value) in \(set)")
      }
    }
  }

  @Test("is added, multiplied, scaled and cut off with all of its members")
  func arithmetic() {
    for left in Self.sets.shuffled(seed: 1).prefix(24) {
      for right in Self.sets.shuffled(seed: 2).prefix(24) {
        let (sum, product, union) = (left + right, left * right, left.union(right))
        for x in members(left) {
          #expect(union.contains(x) && left.positivePart.contains(max(0, x)))
          #expect(left.scaled(by: Rational(-5, 3)).contains(x * Rational(-5, 3)))
          for y in members(right) {
            #expect(sum.contains(x + y) && product.contains(x * y))
          }
        }
        #expect(sum.lower == left.lower + right.lower && sum.upper == left.upper + right.upper)
      }
    }
  }

  @Test("is not there if no multiple lies between the bounds")
  func empty() {
    #expect(GridValue(from: Rational(1, 4), to: Rational(1, 2), spacing: 1) == nil)
    #expect(GridValue(from: 1, to: 0, spacing: nil) == nil)
    #expect(GridValue(from: 1, to: 2, spacing: 0) == nil)
    #expect(GridValue(from: Rational(1, 4), to: 1, spacing: 1) == GridValue(1))
    #expect(GridValue(from: 0, to: 1, spacing: 1)?.isBinary == true)
    #expect(GridValue(from: 0, to: 1, spacing: Rational(1, 2))?.isBinary == false)
    #expect(GridValue(from: 0, to: 1, spacing: nil)?.isBinary == false)
  }

  @Test("Powers of two in rationals of all sizes")
  func dyadics() {
    let large = Rational(2).raised(to: 200)
    for (value, valuation, binade) in [
      (Rational(12), 2, 3), (Rational(-3, 8), -3, -2), (large * 3, 200, 201),
      (3 / large, -200, -199), (-large, 200, 200), (1 / large, -200, -200),
      (large + 1, 0, 200), ((large + 1) / (large * 2), -201, -1),
    ] {
      #expect(value.isDyadic && value.twoAdicValuation == valuation, "\(value)")
      #expect(value.dyadicBinade == binade, "\(value)")
    }
    #expect(!Rational(1, 3).isDyadic && !(large / 3).isDyadic && !(1 / (large + 1)).isDyadic)
    #expect(Rational(4, 3).twoAdicValuation == 2 && (large / 3).twoAdicValuation == 200)
    #expect(Rational.greatestCommonDivisor(Rational(3, 2), -2) == Rational(1, 2))
    #expect(Rational.greatestCommonDivisor(0, -2) == 2 && Rational.greatestCommonDivisor(0, 0) == 0)
  }
}

extension Array {
  /// The same order in every run.
  fileprivate func shuffled(seed: Int) -> [Element] {
    enumerated().sorted { ($0.offset * 37 * seed) % 101 < ($1.offset * 37 * seed) % 101 }
      .map(\.element)
  }
}
