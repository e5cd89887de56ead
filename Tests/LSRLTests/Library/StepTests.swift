import ExactArithmetic
import LSRL
import Testing

@Suite("Steps, comparisons and logic")
struct StepTests {
  static let steepnesses: [Rational] = [Rational(1, 2), 1, 2, 10, 1000]

  /// Both sides of every corner.
  static func corners(_ mu: Rational) -> [Rational] {
    let ramp = mu.reciprocal
    let near = [ramp, ramp * ramp, ramp * (1 - ramp), Rational(1, 2), 1, 2, Rational(7, 3)]
    return [0] + near + near.map { -$0 } + [ramp / 3, ramp + Rational(1, 1_000_000)]
  }

  @Test("f_step is 0, then the ramp, then 1", arguments: steepnesses)
  func step(mu: Rational) throws {
    let xs = Self.corners(mu)
    let found = try Workbench.values(on: xs.map { [$0] }) { (builder, wires) throws(BuildError) in
      try builder.f_step(wires[0], mu: mu)
    }
    #expect(found == xs.map { [Definition.step($0, mu: mu)] })
    #expect(Definition.step(mu.reciprocal, mu: mu) == 1)
  }

  @Test("f_larger and f_smaller compare up to the ramp", arguments: steepnesses)
  func comparisons(mu: Rational) throws {
    let tokens = Workbench.grid(Self.corners(mu), dimension: 2)
    let larger = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_larger(wires[0], wires[1], mu: mu)
    }
    let smaller = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_smaller(wires[0], wires[1], mu: mu)
    }
    for ((token, larger), smaller) in zip(zip(tokens, larger), smaller) {
      #expect(larger == [Definition.step(token[0] - token[1], mu: mu)])
      #expect(smaller == [Definition.step(token[1] - token[0], mu: mu)])
    }
  }

  @Test("A number stands for a constant vector, on either side")
  func numbers() throws {
    let tokens = Self.corners(10).map { [$0] }
    let half = Rational(1, 2)
    let above = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_larger(wires[0], half, mu: 10)
    }
    let below = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_larger(half, wires[0], mu: 10)
    }
    let never = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_larger(1, 2, mu: 10)
    }
    for (index, token) in tokens.enumerated() {
      #expect(above[index] == [Definition.step(token[0] - half, mu: 10)])
      #expect(below[index] == [Definition.step(half - token[0], mu: 10)])
      #expect(never[index] == [0])
    }
  }

  @Test("f_bump is 1 between its bounds, and not positive if they are crossed")
  func bump() throws {
    let mu: Rational = 10
    let numbers: [Rational] = [
      -1, 0, Rational(1, 20), Rational(1, 10), Rational(3, 10), 1, Rational(21, 20),
      Rational(11, 10),
    ]
    let tokens = Workbench.grid(numbers, dimension: 3)
    let found = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_bump(wires[0], l: wires[1], u: wires[2], mu: mu)
    }
    for (token, value) in zip(tokens, found) {
      let (x, l, u) = (token[0], token[1], token[2])
      #expect(value == [Definition.bump(x, l, u, mu: mu)], "at \(token)")
      if l <= u {
        if l + Rational(1, 10) <= x, x <= u { #expect(value == [1], "at \(token)") }
        if x <= l || x >= u + Rational(1, 10) { #expect(value == [0], "at \(token)") }
      } else {
        #expect(value[0] <= 0)
      }
    }
  }

  @Test("The range of f_bump is [0, 1] only if l ≤ u is known")
  func bumpRanges() throws {
    let known = try Workbench.build(1) { (builder, wires) throws(BuildError) in
      try builder.f_bump(wires[0], l: 0, u: 1)
    }
    #expect(known.ranges == [Interval(0, 1)])
    let crossed = try Workbench.build(1) { (builder, wires) throws(BuildError) in
      try builder.f_bump(wires[0], l: 2, u: 1)
    }
    #expect(crossed.ranges == [Interval(-1, 1)])
    let unknown = try Workbench.build(2) { (builder, wires) throws(BuildError) in
      try builder.f_bump(wires[0], l: 0, u: wires[1])
    }
    #expect(unknown.ranges == [Interval(-1, 1)])
  }

  @Test("f_and, f_or and f_not are logic on 0 and 1, if μ ≥ 1", arguments: steepnesses)
  func logic(mu: Rational) throws {
    let tokens = Workbench.grid(Self.corners(mu), dimension: 2)
    let and = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_and(wires[0], wires[1], mu: mu)
    }
    let or = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_or(wires[0], wires[1], mu: mu)
    }
    let not = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_not(wires[0])
    }
    for (index, token) in tokens.enumerated() {
      let (x, y) = (token[0], token[1])
      #expect(and[index] == [Definition.and(x, y, mu: mu)], "at \(token)")
      #expect(or[index] == [Definition.step(x + y, mu: mu)], "at \(token)")
      #expect(not[index] == [1 - x])
      guard mu >= 1, [0, 1].contains(x), [0, 1].contains(y) else { continue }
      #expect(and[index] == [x == 1 && y == 1 ? 1 : 0])
      #expect(or[index] == [x == 1 || y == 1 ? 1 : 0])
    }
    if mu == Rational(1, 2) {
      let index = try #require(tokens.firstIndex(of: [1, 1]))
      #expect(and[index] == [0], "erratum 16: too flat a step loses the AND of 1 and 1")
    }
  }

  @Test("f_eq and f_neq tell numbers apart up to the ramp", arguments: steepnesses)
  func equality(mu: Rational) throws {
    let ramp = mu.reciprocal
    let tokens = Workbench.grid(Self.corners(mu), dimension: 2)
    let equal = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_eq(wires[0], wires[1], mu: mu)
    }
    let unequal = try Workbench.values(on: tokens) { (builder, wires) throws(BuildError) in
      try builder.f_neq(wires[0], wires[1], mu: mu)
    }
    for (index, token) in tokens.enumerated() {
      let (x, y) = (token[0], token[1])
      let distance = max(x - y, y - x)
      #expect(equal[index] == [Definition.equal(x, y, mu: mu)], "at \(token)")
      #expect(unequal[index] == [Definition.unequal(x, y, mu: mu)], "at \(token)")
      guard mu >= 1 else { continue }
      if distance <= ramp * (1 - ramp) { #expect(equal[index] == [1], "at \(token)") }
      if distance >= ramp { #expect(equal[index] == [0], "at \(token)") }
      if distance == 0 { #expect(unequal[index] == [0], "at \(token)") }
      if distance >= ramp * ramp { #expect(unequal[index] == [1], "at \(token)") }
    }
  }

  @Test("A steepness that is not positive is refused", arguments: [0, -1] as [Rational])
  func refusedSteepness(mu: Rational) {
    #expect(throws: BuildError("expected mu > 0, found \(mu)")) {
      try Workbench.build(1) { (builder, wires) throws(BuildError) in
        try builder.f_step(wires[0], mu: mu)
      }
    }
  }
}
