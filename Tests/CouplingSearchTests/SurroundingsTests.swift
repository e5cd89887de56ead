import Certificates
import ExactArithmetic
import LSRL
import Testing

@testable import CouplingSearch

@Suite("Claims tried around what programs come to")
struct SurroundingsTests {
  private static func program(_ text: String) throws -> CellProgram {
    CellProgram(
      try ProgramText(parsing: "ForEach:\n" + text, file: "test.lsrl", setting: [:]).program.graph)
  }

  /// All remembered numbers of both.
  private static func memories(_ source: CellProgram, _ target: CellProgram) -> [Memory] {
    func all(_ side: Memory.Side, _ program: CellProgram) -> [Memory] {
      program.nodes.indices.flatMap { node in
        program.initialValue(of: node).indices.map { place in
          Memory(side: side, place: Certificate.Coordinate(node: node, place: place))
        }
      }
    }
    return all(.source, source) + all(.target, target)
  }

  // MARK: Bounds of linked numbers

  /// Adds what is a difference of what it remembers, which is never negative.
  private static let summing = """
      x = Input(dim=2)
      p = ReLU(x)
      a = LinState(p, A=[[1]], B=[[1, 1]], init_state=[[0]])
      b = LinState(p, A=[[1]], B=[[1, 0]], init_state=[[0]])
      return LinState(a - b, A=[[1]], B=[[1]], init_state=[[0]])
    """

  /// Remembers the difference.
  private static let summingReLU = """
      x = Input(dim=2)
      e = LinState(ReLU(x), A=[[1]], B=[[0, 1]], init_state=[[0]])
      return LinState(ReLU(e), A=[[1]], B=[[1]], init_state=[[0]])
    """

  /// What is left of the functions that runs suggest.
  private func functions(staysNear: Bool) throws -> [Memory.Side: Int] {
    let (source, target) = (try Self.program(Self.summing), try Self.program(Self.summingReLU))
    let memories = Self.memories(source, target)
    let inputBounds = [Interval.everything, Interval.everything]
    var tokens = Tokens(within: inputBounds, seed: 1)
    var observations = Observations(
      of: memories, source: source, target: target,
      dimensions: (
        try source.dimensions(reading: inputBounds.count),
        try target.dimensions(reading: inputBounds.count)
      ))
    for _ in 0..<10 { observations.observe(tokens.sequence(length: 10)) }
    var closure = Closure(
      source: source, target: target, inputBounds: inputBounds, memories: memories,
      freedoms: memories.map { _ in .any }, rows: observations.rows, seed: 1)
    if staysNear {
      closure.surroundings = Surroundings(
        observations.remembered, of: memories, source: source, target: target,
        inputBounds: inputBounds, budget: nil)
    }
    var bounds = memories.map { _ in
      BoundCandidates(known: .everything, isNonnegative: true, isNonpositive: false)
    }
    let hull = closure.hull(within: &bounds)
    var counts: [Memory.Side: Int] = [:]
    for (memory, combination) in zip(memories, hull.combinations) where combination != nil {
      counts[memory.side, default: 0] += 1
    }
    return counts
  }

  @Test("A link that needs the bounds of linked numbers is kept there, and lost anywhere else")
  func keepsLinks() throws {
    #expect(try functions(staysNear: true) == [.target: 2])
    #expect(try functions(staysNear: false) == [.target: 1])
  }

  // MARK: Steep slopes

  @Test("A relation that only breaks on a steep slope is broken")
  func findsSlopes() throws {
    // 0 before the slope and 1 behind it, once as it is and once with twice the slope: in all runs
    // they are equal, as a clock steps over it.
    let source = try Self.program(
      """
        x = Input(dim=1)
        c = LinState(x - x + 1, A=[[1]], B=[[1]], init_state=[[-1]])
        u = 100000 * ReLU(c - 1/2) - 100000 * ReLU(c - 50001/100000)
        return LinState(u, A=[[0]], B=[[1]], init_state=[[0]])
      """)
    let target = try Self.program(
      """
        x = Input(dim=1)
        c = LinState(x - x + 1, A=[[1]], B=[[1]], init_state=[[-1]])
        u = 200000 * ReLU(c - 1/2) - 200000 * ReLU(c - 100001/200000)
        return LinState(u, A=[[0]], B=[[1]], init_state=[[0]])
      """)
    let memories = Self.memories(source, target)
    #expect(memories.map(\.side) == [.source, .source, .target, .target])
    func twin(_ number: Int) -> AffineHull.Combination {
      AffineHull.Combination(terms: [(number, 1)], constant: 0)
    }
    let bounds = [Interval(-1, nil), Interval(0, 1), Interval(-1, nil), Interval(0, 1)]
    let states = (0..<20).map { time in
      let count = Rational(time - 1)
      let isBehind: Rational = time > 1 ? 1 : 0
      return [count, isBehind, count, isBehind]
    }
    var surroundings = Surroundings(
      states, of: memories, source: source, target: target, inputBounds: [.everything], budget: nil)
    let hull = AffineHull(combinations: [nil, nil, twin(0), twin(1)])
    surroundings.suspects = [3]
    let found = surroundings.stepBreaking(hull, within: bounds)
    let step = try #require(found)
    #expect(hull.holds(in: step.before))
    #expect(step.after[1] != step.after[3])
    let same = AffineHull(combinations: [nil, nil, twin(0), nil])
    #expect(surroundings.stepBreaking(same, within: bounds) == nil)
  }

  // MARK: Searches

  /// a = b + e and a' = b' + e', of which the source and the target remember two each: whichever of
  /// the numbers of one side are expressed by those of the other, a bound is lost that is needed,
  /// e ≥ 0 or e' ≥ 0.
  private static let search: (source: String, target: String) = (
    """
      x = Input(dim=4)
      p = ReLU(x)
      a = LinState(p, A=[[1]], B=[[1, 1, 0, 0]], init_state=[[0]])
      b = LinState(p, A=[[1]], B=[[1, 0, 0, 0]], init_state=[[0]])
      e = LinState(p, A=[[1]], B=[[0, 0, 0, 1]], init_state=[[0]])
      return Concat([a - b, ReLU(e)])
    """,
    """
      x = Input(dim=4)
      p = ReLU(x)
      e = LinState(p, A=[[1]], B=[[0, 1, 0, 0]], init_state=[[0]])
      a = LinState(p, A=[[1]], B=[[0, 0, 1, 1]], init_state=[[0]])
      b = LinState(p, A=[[1]], B=[[0, 0, 1, 0]], init_state=[[0]])
      return Concat([ReLU(e), a - b])
    """
  )

  @Test("Which number loses its bounds is tried in turn")
  func findsPivots() throws {
    var search = CouplingSearch(
      source: try Self.program(Self.search.source), target: try Self.program(Self.search.target),
      inputBounds: [Interval](repeating: .everything, count: 4))
    guard case .notFound = search.run() else {
      Issue.record("expected that it takes another way")
      return
    }
    search.staysNear = true
    search.attempts = 2
    guard case .found(let certificate) = search.run() else {
      Issue.record("nothing found")
      return
    }
    #expect(certificate.judged().isAccepted)
  }

  @Test("A budget ends the search, and nothing is found then")
  func endsWithBudget() throws {
    var search = CouplingSearch(
      source: try Self.program(Self.search.source), target: try Self.program(Self.search.target),
      inputBounds: [Interval](repeating: .everything, count: 4))
    search.staysNear = true
    let budget = SearchBudget(products: 100)
    search.budget = budget
    guard case .notFound = search.run() else {
      Issue.record("found with hardly any work")
      return
    }
    #expect(budget.isSpent)
  }
}

@Suite("Clocks of programs")
struct ClockTests {
  private func periods(_ state: String) throws -> Set<Int> {
    let text = "ForEach:\n  x = Input(dim=1)\n  return LinState(x, \(state))"
    return CellProgram(
      try ProgramText(parsing: text, file: "test.lsrl", setting: [:]).program.graph
    ).clockPeriods
  }

  @Test("are states that permute their numbers and do not look at the input")
  func periods() throws {
    let turning = "A=[[0, 0, 1], [1, 0, 0], [0, 1, 0]]"
    let start = "init_state=[[1], [0], [0]]"
    #expect(try periods("\(turning), B=[[0], [0], [0]], \(start)") == [3])
    #expect(try periods("\(turning), B=[[0], [0], [1]], \(start)") == [])
    #expect(
      try periods("A=[[0, 1, 0], [1, 0, 0], [0, 0, 1]], B=[[0], [0], [0]], \(start)") == [2])
    #expect(
      try periods("A=[[0, 0, 1], [0, 0, 1], [0, 1, 0]], B=[[0], [0], [0]], \(start)") == [])
    #expect(
      try periods("A=[[0, 0, 1], [2, 0, 0], [0, 1, 0]], B=[[0], [0], [0]], \(start)") == [])
  }
}
