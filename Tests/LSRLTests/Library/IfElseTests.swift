import ExactArithmetic
import LSRL
import Testing

@Suite("The conditional")
struct IfElseTests {
  static func chosen(
    _ tokens: [[Rational]], _ variant: ConditionalVariant, lambda: Rational, mu: Rational,
    range: Interval = .everything
  ) throws -> [Rational] {
    try Workbench.values(on: tokens, range: range) { (builder, wires) throws(BuildError) in
      try builder.f_ifelse(
        wires[0], wires[1], wires[2], variant: variant, lambda: lambda, mu: mu)
    }.map { $0[0] }
  }

  static func expected(
    _ token: [Rational], _ variant: ConditionalVariant, lambda: Rational, mu: Rational
  ) -> Rational {
    let (c, t, f) = (token[0], token[1], token[2])
    return switch variant {
    case .direct, .optimized: Definition.direct(c, t, f, lambda: lambda)
    case .step, .stepOptimized: Definition.stepped(c, t, f, lambda: lambda, mu: mu)
    case .multiplicative, .multiplicativeOptimized: Definition.mean(c, t, f)
    }
  }

  static let numbers: [Rational] = [
    0, 1, Rational(1, 2), Rational(1, 8), Rational(11, 20), Rational(2, 5), -1, 2, 3, -2, 5,
  ]

  @Test("Every variant is its formula, everywhere", arguments: ConditionalVariant.allCases)
  func formulas(variant: ConditionalVariant) throws {
    let tokens = Workbench.grid(Self.numbers, dimension: 3)
    for (lambda, mu) in [(4, 1), (4, 2), (10, 10), (10_000_000_000, 1000)] as [(Rational, Rational)]
    {
      let found = try Self.chosen(tokens, variant, lambda: lambda, mu: mu)
      let expected = tokens.map { Self.expected($0, variant, lambda: lambda, mu: mu) }
      #expect(found == expected, "λ = \(lambda), μ = \(mu)")
    }
  }

  @Test(
    "Every variant chooses, for conditions of 0 and 1, λ ≥ |t|, |f| and μ ≥ 2",
    arguments: ConditionalVariant.allCases)
  func choice(variant: ConditionalVariant) throws {
    let tokens = Workbench.grid(Self.numbers, dimension: 3).filter { $0[0] == 0 || $0[0] == 1 }
    for mu in [2, 10] as [Rational] {
      let found = try Self.chosen(tokens, variant, lambda: 5, mu: mu)
      #expect(found == tokens.map { $0[0] == 1 ? $0[1] : $0[2] })
    }
  }

  @Test("The errors that the errata and the closed forms name")
  func errors() throws {
    func value(
      _ c: Rational, _ t: Rational, _ f: Rational, _ variant: ConditionalVariant,
      lambda: Rational = 4, mu: Rational = 10
    ) throws -> Rational {
      try Self.chosen([[c, t, f]], variant, lambda: lambda, mu: mu)[0]
    }
    let half = Rational(1, 2)
    #expect(try value(Rational(1, 8), 1, 1, .direct) == half)
    #expect(try value(Rational(1, 4), 1, 1, .direct) == 0)
    #expect(try value(half, 1, 1, .direct) == 0)
    #expect(try value(1, 3, 5, .direct) == 4, "λ is less than |f|")
    #expect(try value(Rational(1, 10_000_000_000), 0, 1, .direct, lambda: 10_000_000_000) == 0)
    #expect(try value(1, 3, -2, .step, mu: 1) == 1, "μ is less than 2")
    #expect(try value(half, 1, 1, .step) == 0)
    #expect(try value(Rational(11, 20), 1, 1, .step) == 0)
    #expect(try value(Rational(42, 100), 1, 1, .step) == Rational(1, 5))
    #expect(try value(half, 1, 1, .multiplicative) == 1)
  }

  @Test("step has no error for |δ| ≤ 1/2 − 1/μ, and the closed form within the ramps")
  func stepErrors() throws {
    let (lambda, mu, half) = (Rational(4), Rational(10), Rational(1, 2))
    for numerator in -20...120 {
      let c = Rational(numerator, 100)
      let values: [[Rational]] = [[1, 1], [3, -2], [-4, 4], [Rational(1, 3), 2]]
      for value in values {
        let (t, f) = (value[0], value[1])
        let found = try Self.chosen([[c, t, f]], .step, lambda: lambda, mu: mu)[0]
        let e = mu * (c - half)
        let (wanted, magnitude) = e <= 0 ? (f, max(f, -f)) : (t, max(t, -t))
        let error = max(found - wanted, wanted - found)
        let closed = max(0, min(lambda * (1 - max(e, -e)), magnitude))
        #expect(error == closed, "c = \(c), t = \(t), f = \(f)")
        if max(e, -e) >= 1 { #expect(error == 0) }
      }
    }
  }

  @Test("direct and multiplicative have the errors that their closed forms say")
  func otherErrors() throws {
    let lambda: Rational = 8
    let values = Workbench.grid([1, -1, 3, Rational(-1, 3), 0], dimension: 2)
    for numerator in -50...50 {
      let delta = Rational(numerator, 100)
      let size = max(delta, -delta)
      let low = values.map { [delta] + $0 }
      let high = values.map { [1 + delta] + $0 }
      for (tokens, wantedIndex) in [(low, 2), (high, 1)] {
        let direct = try Self.chosen(tokens, .direct, lambda: lambda, mu: 10)
        let mean = try Self.chosen(tokens, .multiplicative, lambda: lambda, mu: 10)
        for (index, token) in tokens.enumerated() {
          let wanted = token[wantedIndex]
          let error = max(direct[index] - wanted, wanted - direct[index])
          #expect(error == min(lambda * size, max(wanted, -wanted)), "direct at \(token)")
          let gap = max(token[1] - token[2], token[2] - token[1])
          let meanError = max(mean[index] - wanted, wanted - mean[index])
          #expect(meanError == size * gap, "multiplicative at \(token)")
        }
      }
    }
  }

  @Test("Optimized forms equal the full ones on declared inputs, whatever is left out")
  func optimizedEqualsFull() throws {
    let pairs: [(ConditionalVariant, ConditionalVariant)] = [
      (.direct, .optimized), (.step, .stepOptimized),
      (.multiplicative, .multiplicativeOptimized),
    ]
    let ranges = [
      Interval.everything, .nonnegative, Interval(nil, 0), Interval(0, 1), Interval(-1, 2),
    ]
    for range in ranges {
      let tokens = Workbench.grid(Self.numbers.filter(range.contains), dimension: 3)
      for (full, optimized) in pairs {
        let expected = try Self.chosen(tokens, full, lambda: 4, mu: 3, range: range)
        #expect(try Self.chosen(tokens, optimized, lambda: 4, mu: 3, range: range) == expected)
      }
    }
  }

  /// The ReLU of a choice with c in [0, 1]; nil if there is none.
  private func reluRows(
    _ variant: ConditionalVariant, range: Interval, t: Rational?, f: Rational?
  ) throws -> Int {
    let graph = try Workbench.build(2, range: range) { (builder, wires) throws(BuildError) in
      let t: LibraryArgument = t.map { .number($0) } ?? .vector(wires[1])
      let f: LibraryArgument = f.map { .number($0) } ?? .vector(wires[1])
      return try builder.f_ifelse(wires[0], t, f, variant: variant)
    }.graph
    return graph.nodes.filter { $0.operation == .relu }.map { graph.dimension(of: $0.id) }
      .reduce(0, +)
  }

  @Test("What is known to be 0 is left out, and nothing else")
  func leftOut() throws {
    let unit = Interval(0, 1)
    #expect(try reluRows(.direct, range: unit, t: nil, f: 0) == 4)
    #expect(try reluRows(.optimized, range: unit, t: nil, f: 0) == 1)
    #expect(try reluRows(.optimized, range: unit, t: 0, f: nil) == 1)
    #expect(try reluRows(.optimized, range: unit, t: nil, f: nil) == 2)
    #expect(try reluRows(.optimized, range: unit, t: nil, f: -1) == 2)
    #expect(try reluRows(.optimized, range: unit, t: 0, f: 0) == 0)
    // A condition that may leave [0, 1] makes every ReLU of t or f possible.
    #expect(try reluRows(.optimized, range: Interval(-1, 2), t: nil, f: 0) == 2)
    #expect(try reluRows(.optimized, range: .everything, t: nil, f: nil) == 4)
    // The guards of Eq. 9 are never positive: the condition does not matter. A step has two rows.
    #expect(try reluRows(.step, range: .nonnegative, t: nil, f: 0) == 4 + 4)
    #expect(try reluRows(.stepOptimized, range: .nonnegative, t: nil, f: 0) == 2 + 1)
    #expect(try reluRows(.stepOptimized, range: .everything, t: nil, f: 0) == 2 + 2)
  }

  @Test("The result of a choice lies between 0, t and f")
  func ranges() throws {
    for variant in ConditionalVariant.allCases {
      let range = try Workbench.build(2, range: Interval(0, 1)) {
        (builder, wires) throws(BuildError) in
        let t = try builder.shift(wires[1], by: 3)
        return try builder.f_ifelse(wires[0], t, 2, variant: variant, lambda: 10)
      }.ranges[0]
      #expect(Interval(0, 4).contains(range), "\(variant): \(range)")
    }
  }

  @Test("Dimension 1 is broadcast, in any place", arguments: ConditionalVariant.allCases)
  func broadcast(variant: ConditionalVariant) throws {
    let operands: [[Rational]] = [[1, 0, 1], [5, -7, 9], [2, 3, -4]]
    for pattern in 0..<8 {
      // Bit i of the pattern: whether operand i is a vector of 3, or its first coordinate.
      let isWide = (0..<3).map { pattern >> $0 & 1 == 1 }
      let found = try Workbench.values(on: [operands.flatMap(\.self)]) {
        (builder, wires) throws(BuildError) in
        var vectors: [Wire] = []
        for index in 0..<3 {
          let all = Array(wires[3 * index..<3 * index + 3])
          vectors.append(isWide[index] ? try builder.Concat(all) : all[0])
        }
        return try builder.f_ifelse(vectors[0], vectors[1], vectors[2], variant: variant)
      }[0]
      var expected: [Rational] = []
      for coordinate in 0..<(pattern == 0 ? 1 : 3) {
        let values = (0..<3).map { operands[$0][isWide[$0] ? coordinate : 0] }
        expected.append(values[0] == 1 ? values[1] : values[2])
      }
      #expect(found == expected, "pattern \(pattern)")
    }
  }

  @Test(
    "Unequal dimensions are refused, never paired wrongly", arguments: ConditionalVariant.allCases)
  func unequalDimensions(variant: ConditionalVariant) {
    #expect(throws: BuildError("expected dimension 1 or 3, found 1, 3 and 2")) {
      try Workbench.build(3) { (builder, wires) throws(BuildError) in
        try builder.f_ifelse(
          wires[0], builder.Concat(wires), builder.Concat([wires[0], wires[1]]), variant: variant)
      }
    }
    #expect(throws: BuildError("expected lambda > 0, found 0")) {
      try Workbench.build(1) { (builder, wires) throws(BuildError) in
        try builder.f_ifelse(wires[0], 1, 0, variant: variant, lambda: 0)
      }
    }
  }

  @Test("f_ifeq chooses by equality")
  func ifEqual() throws {
    let tokens = Workbench.grid([0, 1, 2, -1, Rational(3, 2)], dimension: 2)
    for variant in ConditionalVariant.allCases {
      let found = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
        try builder.f_ifeq(wires[0], wires[1], 7, wires[0], variant: variant, lambda: 10)
      }
      #expect(found == tokens.map { [$0[0] == $0[1] ? 7 : $0[0]] })
    }
  }
}
