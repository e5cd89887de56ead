import ExactArithmetic

/// Random numbers whose whole state is one number, so that a search is the same every time.
///
/// Source: G. L. Steele, D. Lea, C. H. Flood, *Fast Splittable Pseudorandom Number Generators*,
/// OOPSLA 2014.
struct RandomWords {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func index(below count: Int) -> Int { Int(next() % UInt64(count)) }
}

/// Tokens to observe programs on. Equal and opposite numbers, zeros, ones and fractions are all
/// frequent, so that conditions come out either way.
package struct Tokens {
  private enum Kind: CaseIterable { case bits, whole, fractions, sparse, wide }

  private static let numbers: [Rational] = [
    0, 1, -1, 2, -2, 3, Rational(1, 2), Rational(-3, 2), 5, Rational(1, 3), -4, Rational(7, 10),
  ]

  let ranges: [Interval]
  private var random: RandomWords

  package init(within ranges: [Interval], seed: UInt64) {
    self.ranges = ranges
    random = RandomWords(seed: seed)
  }

  /// A sequence of one kind.
  package mutating func sequence(length: Int) -> [[Rational]] {
    let kind = Kind.allCases[random.index(below: Kind.allCases.count)]
    return (0..<length).map { _ in
      ranges.map { range in
        let value = number(kind, in: range)
        return range.nearest(to: value)
      }
    }
  }

  private mutating func number(_ kind: Kind, in range: Interval) -> Rational {
    switch kind {
    case .bits: return Rational(random.index(below: 2))
    case .whole: return Rational(random.index(below: 12) - 3)
    case .fractions:
      let part = Rational(random.index(below: 21), 20)
      if let lower = range.lower, let upper = range.upper { return lower + (upper - lower) * part }
      return Rational(random.index(below: 25) - 12, [1, 2, 3, 4, 7, 10][random.index(below: 6)])
    case .sparse:
      if random.index(below: 3) > 0 { return 0 }
      return Tokens.numbers[random.index(below: Tokens.numbers.count)]
    case .wide:
      let sign: Rational = random.index(below: 2) == 0 ? 1 : -1
      return sign * Rational(random.index(below: 10))
        * [Rational(1, 1000), Rational(1, 10), 1, 10, 1000][random.index(below: 5)]
    }
  }
}
