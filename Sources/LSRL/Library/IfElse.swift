import ExactArithmetic

extension ProgramBuilder {
  /// t where c = 1, f where c = 0, elementwise; between, see `ConditionalVariant`.
  ///
  /// Operands of dimension 1 are broadcast; other dimensions must agree. λ must be at least |t| and
  /// |f|: t = 3, f = 5, λ = 4, c = 1 gives 4. What the optimized variants leave out is known to be
  /// 0 from the ranges of the operands, which hold whenever the tokens keep to their declared
  /// ranges. Throws unless λ > 0 and μ > 0.
  /// Source: the paper, equations 7, 9 and 10.
  public mutating func f_ifelse(
    _ c: some Operand, _ t: some Operand, _ f: some Operand,
    variant: ConditionalVariant = .direct,
    lambda: Rational = LibraryFunction.paperLambda, mu: Rational = LibraryFunction.paperMu
  ) throws(BuildError) -> Wire {
    try requirePositive(lambda, "lambda")
    try requirePositive(mu, "mu")
    let c = try c.vector(in: &self)
    let t = try t.vector(in: &self)
    let f = try f.vector(in: &self)
    let size = max(c.dimension, t.dimension, f.dimension)
    guard [c, t, f].allSatisfy({ [1, size].contains($0.dimension) }) else {
      throw BuildError(
        "expected dimension 1 or \(size), found \(c.dimension), \(t.dimension) and \(f.dimension)")
    }
    let constant = takeConstant(written: lambda)
    let branches: [GuardedBranch]
    switch variant {
    case .direct, .optimized:
      branches = [
        GuardedBranch(value: f, guardedBy: c, slope: -constant.value, offset: 0),
        GuardedBranch(value: t, guardedBy: c, slope: constant.value, offset: -constant.value),
      ]
    case .step, .stepOptimized:
      branches = try stepBranches(
        c, t, f, lambda: constant.value, mu: mu, droppingZeros: variant.dropsZeros)
    case .multiplicative, .multiplicativeOptimized:
      return try weigh(c, t, f, size: size, droppingZeros: variant.dropsZeros)
    }
    let chosen = try choose(
      branches, constant.value, size: size, droppingZeros: variant.dropsZeros)
    let guards = Wire.distinct(branches.map(\.guardingWire)).map(\.node)
    record(
      constant, written: lambda, .guarding(guards: guards, values: [t.node, f.node]),
      result: chosen)
    return chosen
  }

  /// Eq. 9: each side is open where a step of c is 1.
  private mutating func stepBranches(
    _ c: Wire, _ t: Wire, _ f: Wire, lambda: Rational, mu: Rational, droppingZeros: Bool
  ) throws(BuildError) -> [GuardedBranch] {
    let half = Rational(1, 2)
    var branches: [GuardedBranch] = []
    for (value, isTrue) in [(f, false), (t, true)] {
      if droppingZeros, value.isZero {
        _ = takeConstant(written: mu)  // later sites keep their numbers
        continue
      }
      let open = try isTrue ? f_larger(c, half, mu: mu) : f_smaller(c, half, mu: mu)
      branches.append(
        GuardedBranch(value: value, guardedBy: open, slope: lambda, offset: -lambda))
    }
    return branches
  }

  /// f_ifelse(f_eq(x, y), t, f).
  public mutating func f_ifeq(
    _ x: some Operand, _ y: some Operand, _ t: some Operand, _ f: some Operand,
    variant: ConditionalVariant = .direct,
    lambda: Rational = LibraryFunction.paperLambda, mu: Rational = LibraryFunction.paperMu
  ) throws(BuildError) -> Wire {
    let equal = try f_eq(x, y, mu: mu)
    return try f_ifelse(equal, t, f, variant: variant, lambda: lambda, mu: mu)
  }
}

// MARK: - Equations 7 and 9

/// One side of a choice: ReLU(g + v) − ReLU(g − v) for the value v and a guard g = slope · w +
/// offset. It is v where g = 0 and 0 where g ≤ −|v|.
private struct GuardedBranch {
  let value: Wire
  let guardingWire: Wire
  let slope: Rational
  let offset: Rational

  init(value: Wire, guardedBy wire: Wire, slope: Rational, offset: Rational) {
    self.value = value
    guardingWire = wire
    self.slope = slope
    self.offset = offset
  }

  func guardRange(_ index: Int) -> Interval {
    guardingWire.range(index).scaled(by: slope) + Interval(offset)
  }

  /// What ReLU(g + `sign` v) is applied to.
  func argument(_ sign: Rational, _ index: Int) -> Interval {
    guardRange(index) + value.range(index).scaled(by: sign)
  }

  /// Exact for independent g and v: the branch ascends with v, and for a fixed v it goes
  /// monotonically from 0 at g = −∞ to 2v at g = ∞. So its extremes lie at the ends of both.
  func range(_ index: Int) -> Interval {
    let value = value.range(index)
    let guarding = guardRange(index)
    func extremes(_ bound: Rational) -> [Rational] {
      [
        guarding.lower.map { GuardedBranch.evaluate($0, bound) } ?? 0,
        guarding.upper.map { GuardedBranch.evaluate($0, bound) } ?? 2 * bound,
      ]
    }
    return Interval(
      value.lower.flatMap { extremes($0).min() }, value.upper.flatMap { extremes($0).max() })
  }

  private static func evaluate(_ guarding: Rational, _ value: Rational) -> Rational {
    (guarding + value).positivePart - (guarding - value).positivePart
  }
}

extension ProgramBuilder {
  /// The sum of the branches: Eq. 7 or Eq. 9.
  private mutating func choose(
    _ branches: [GuardedBranch], _ lambda: Rational, size: Int, droppingZeros: Bool
  ) throws(BuildError) -> Wire {
    let signs: [Rational] = [1, -1]
    let terms = signs.flatMap { sign in branches.map { (branch: $0, sign: sign) } }.filter {
      guard droppingZeros else { return true }
      let (branch, sign) = $0
      guard !branch.value.isZero else { return false }
      return !(0..<size).allSatisfy { branch.argument(sign, $0).isNonpositive }
    }
    guard !terms.isEmpty else {
      return try constant(inputWire, Array(repeating: 0, count: size))
    }
    // Guards before values: a row then adds up λ's first, which cancel exactly in floats.
    let sources = Wire.distinct(terms.map(\.branch.guardingWire))
    let values = Wire.distinct(terms.map(\.branch.value))
    let joined = try Concat(sources + values)
    let rows = terms.map { branch, sign in
      Matrix.beside(
        sources.map { source in
          let slope = source.node == branch.guardingWire.node ? branch.slope : 0
          return .broadcasting(source.dimension, to: size, times: slope)
        }
          + values.map { value in
            let sign = value.node == branch.value.node ? sign : 0
            return .broadcasting(value.dimension, to: size, times: sign)
          })
    }
    let offset = terms.flatMap { Array(repeating: $0.branch.offset, count: size) }
    let gated = try ReLU(Linear(joined, AffineMap(.stacked(rows), offset: offset)))
    let sum = Matrix.beside(terms.map { .broadcasting(size, to: size, times: $0.sign) })
    let known = (0..<size).map { index in
      GuardedBranch.rangeOfSum(branches, lambda, index)
    }
    return try Linear(gated, AffineMap(sum), known: known)
  }
}

extension GuardedBranch {
  /// The guards of the two branches add up to at most −λ, in Eq. 7 always and in Eq. 9 because at
  /// most one step is up. Both branches can be non-zero only if |t| + |f| exceeds that: if not,
  /// their sum is one of them.
  fileprivate static func rangeOfSum(
    _ branches: [GuardedBranch], _ lambda: Rational, _ index: Int
  ) -> Interval {
    let ranges = branches.map { $0.range(index) }
    let sum = ranges.reduce(0, +)
    let magnitudes = branches.compactMap { $0.value.range(index).magnitude }
    guard ranges.count == 2, magnitudes.count == 2, magnitudes.reduce(0, +) <= lambda else {
      return sum
    }
    return sum.intersection(ranges[0].union(ranges[1]))
  }
}

// MARK: - Equation 10

extension ProgramBuilder {
  /// c ⊙ t + (1 − c) ⊙ f.
  private mutating func weigh(
    _ c: Wire, _ t: Wire, _ f: Wire, size: Int, droppingZeros: Bool
  ) throws(BuildError) -> Wire {
    let drops = (t: droppingZeros && t.isZero, f: droppingZeros && f.isZero)
    switch drops {
    case (true, true): return try constant(inputWire, Array(repeating: 0, count: size))
    case (false, true):
      return try Multi(Concat([broadcast(c, to: size), broadcast(t, to: size)]))
    case (true, false):
      return try Multi(Concat([f_not(broadcast(c, to: size)), broadcast(f, to: size)]))
    case (false, false):
      let weights = try Concat([c, f_not(c)])
      let copies = Matrix.broadcasting(c.dimension, to: size)
      let both = AffineMap(.blockDiagonal([copies, copies]))
      let spread = c.dimension == size ? weights : try Linear(weights, both)
      let values = try [broadcast(t, to: size), broadcast(f, to: size)]
      let products = try Multi(Concat([spread] + values))
      let identity = Matrix.identity(size)
      let known = (0..<size).map { index in
        guard Interval(0, 1).contains(c.range(index)) else { return Interval.everything }
        return t.range(index).union(f.range(index))  // a mean of the two
      }
      return try Linear(products, AffineMap(.beside([identity, identity])), known: known)
    }
  }
}

extension Wire {
  fileprivate var isZero: Bool { ranges.allSatisfy { $0.point == 0 } }

  /// Each node once, in order of first appearance.
  fileprivate static func distinct(_ wires: [Wire]) -> [Wire] {
    var seen: Set<NodeID> = []
    return wires.filter { seen.insert($0.node).inserted }
  }
}

// MARK: - In the catalogue

extension LibraryFunction {
  private static let conditionParameters: [Parameter] = [
    .init(
      "variant", .word(ConditionalVariant.allCases.map(\.rawValue)),
      default: .word(ConditionalVariant.direct.rawValue)),
    .lambda, .mu,
  ]

  static let ifElse = LibraryFunction(
    id: "f_ifelse",
    parameters: [.vector("c"), .vector("t"), .init("f", .vector, default: .number(0))]
      + conditionParameters,
    definition: "direct: ReLU(-lambda c + f) + ReLU(-lambda (1-c) + t) - ReLU(-lambda c - f) - "
      + "ReLU(-lambda (1-c) - t); multiplicative: c t + (1-c) f",
    meaning: "t for c = 1, f for c = 0, if lambda >= |t|, |f|, and mu >= 2 for the step variants"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_ifelse(
      arguments.vector("c"), arguments.vector("t"), arguments.vector("f"),
      variant: arguments.word("variant", as: ConditionalVariant.self),
      lambda: arguments.number("lambda"), mu: arguments.number("mu"))
  }

  static let ifEqual = LibraryFunction(
    id: "f_ifeq",
    parameters: [
      .vector("x"), .vector("y"), .vector("t"), .init("f", .vector, default: .number(0)),
    ] + conditionParameters,
    definition: "f_ifelse(f_eq(x, y), t, f)",
    meaning: "t if |x - y| <= (1 - 1/mu)/mu, f if |x - y| >= 1/mu, with the bounds of f_ifelse"
  ) { (builder, arguments) throws(BuildError) in
    try builder.f_ifeq(
      arguments.vector("x"), arguments.vector("y"), arguments.vector("t"), arguments.vector("f"),
      variant: arguments.word("variant", as: ConditionalVariant.self),
      lambda: arguments.number("lambda"), mu: arguments.number("mu"))
  }
}
