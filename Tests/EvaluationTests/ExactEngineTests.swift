import ExactArithmetic
import LSRL
import PropertyTesting
import Testing

@testable import Evaluation

@Suite("The exact engine")
struct ExactEngineTests {
  static func path(_ dimension: Int, _ operations: [LSRL.Operation]) throws -> PathGraph {
    try PathGraph(inputDimension: dimension, steps: operations.map { PathGraph.Step($0) })
  }

  /// Both ways, and that they agree.
  @discardableResult
  static func run(
    _ path: PathGraph, _ tokens: [[Rational]], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [[Rational]] {
    let engine = ExactEngine(Tape(path))
    let found = try engine.run(tokens)
    let expected = path.run(tokens)
    #expect(found == expected, sourceLocation: sourceLocation)
    for tier in ExactEngine.Tier.allCases {
      guard let result = try engine.run(tokens, by: tier) else { continue }
      #expect(result == expected, "\(tier)", sourceLocation: sourceLocation)
    }
    return found
  }

  static func power(_ exponent: UInt) -> Rational { Rational(2).raised(to: exponent) }

  /// Around each power: one less, itself, one more, and their negatives.
  static func around(_ exponents: [UInt]) -> [Rational] {
    exponents.flatMap { [power($0) - 1, power($0), power($0) + 1] }.flatMap { [$0, -$0] }
  }

  static let borders = around([1, 31, 32, 61, 62, 63, 64, 65, 126, 127, 128, 191, 192, 256])

  @Test("Sums and ReLUs at every border between numbers of limbs", arguments: borders)
  func sums(value: Rational) throws {
    let map = AffineMap(
      [[1, 1, 0], [1, -1, 0], [-1, 0, 3], [0, 0, 0]], offset: [0, 1, -1, value])
    let program = try Self.path(3, [.linear(map), .relu])
    for other in Self.borders {
      try Self.run(program, [[value, other, 1], [other, value, -value], [0, 0, other]])
    }
  }

  @Test("Products at every border between numbers of limbs", arguments: borders)
  func products(value: Rational) throws {
    let program = try Self.path(4, [.multiply])
    for other in Self.borders {
      try Self.run(program, [[value, other, other, -1], [value, 1, value, other]])
      try Self.run(program, [[1 / value, other, other, value], [value, 0, 1 / other, other]])
    }
  }

  @Test("Weights of any size, on values of any size", arguments: borders)
  func weights(value: Rational) throws {
    let map = AffineMap(
      [[value, -1], [1 / value, 1 / (value * value + 3)]], offset: [1 / value, -value])
    let state = LinState(
      recurrence: [[1, value], [0, -1]],
      input: AffineMap([[1, 0], [-value, 1]], offset: [0, 1]),
      initial: [value, 1 / value])
    let program = try Self.path(2, [.linear(map), .linState(state), .relu])
    for other in Self.borders { try Self.run(program, [[other, value], [1, 0], [-other, 1]]) }
  }

  @Test("Each sequence goes to the first tier that can take it")
  func tiers() throws {
    let program = try Self.path(1, [.linear(AffineMap([[3]]))])
    let engine = ExactEngine(Tape(program))
    let values: [Rational] = [
      Self.power(50), -Self.power(62) - 1, Self.power(53) + 1, Self.power(100) / 3,
      -Self.power(126),
    ]
    for value in values { #expect(try engine.run([[value]]) == [[3 * value]]) }
    #expect(engine.sequencesRun == [.binary64: 1, .digits: 2, .limbs: 2])
    let square = ExactEngine(Tape(try Self.path(2, [.multiply])))
    let odd = Self.power(40) + 1
    #expect(
      try square.run(sequences: [[[odd, odd]], [[3, 5]]]) == [[[odd * odd]], [[15]]])
    #expect(square.sequencesRun[.digits, default: 0] >= 1)
  }

  @Test("Limbs are as many as the bounds say")
  func limbs() throws {
    let program = try Self.path(1, [.linear(AffineMap([[3]]))])
    func counts(_ value: Rational) throws -> [Int] {
      let engine = try LimbEngine(Tape(program), bitLimit: 1 << 20)
      #expect(try engine.run([[value]]) == [[3 * value]])
      return engine.tierCounts
    }
    #expect(try counts(Self.power(50)) == [1, 0, 0])
    #expect(try counts(-Self.power(62)) == [0, 1, 0])
    #expect(try counts(Self.power(100) / 3) == [0, 1, 0])
    #expect(try counts(-Self.power(126)) == [0, 0, 1])
  }

  @Test("Fractions are whole numbers at a scale; thirds of states have none")
  func scales() throws {
    let step = AffineMap([[10], [1]], offset: [Rational(-1, 10), Rational(1, 7)])
    let sum = LinState(
      recurrence: [[1, 0], [1, -1]], input: AffineMap([[Rational(1, 3), 1], [0, 0]]),
      initial: [Rational(1, 2), 1])
    let path = try Self.path(1, [.linear(step), .relu, .linState(sum), .multiply])
    let tokens: [[Rational]] = [[1], [Rational(2, 9)], [Rational(-4, 3)], [0]]
    let engine = ExactEngine(Tape(path))
    #expect(try engine.run(tokens) == path.run(tokens))
    #expect(engine.sequencesRun == [.binary64: 1])
    let third = LinState(
      recurrence: [[Rational(1, 3)]], input: AffineMap([[1]]), initial: [0])
    #expect(WholeProgram(Tape(try Self.path(1, [.linState(third)])), inputScale: 1) == nil)
  }

  @Test("Thirds that states hand on have scales, as long as few do", arguments: [2, 3, 4])
  func chains(length: Int) throws {
    // The first remembers thirds of the second, the second of the third, the last of the token.
    let links = (1..<length).map { [Matrix.Entry(column: $0, value: Rational(1, 3))] } + [[]]
    let token = (0..<length).map { $0 == length - 1 ? [Rational(1, 3)] : [0] }
    let chain = LinState(
      recurrence: Matrix(columnCount: length, rows: links),
      input: AffineMap(Matrix(dense: token)), initial: Array(repeating: 0, count: length))
    let path = try Self.path(1, [.linState(chain)])
    let found = WholeProgram(Tape(path), inputScale: 1)
    #expect(found?.isWhole == (length == 2 ? true : nil))
    try Self.run(path, [[1], [Rational(-5, 2)], [4], [0], [7]])
  }

  @Test("A halved state loses no thirds that were found before")
  func halvesOfThirds() throws {
    let half = LinState(
      recurrence: [[Rational(1, 2), 0], [Rational(1, 3), Rational(1, 2)]],
      input: AffineMap([[Rational(1, 5)], [0]]), initial: [Rational(1, 2), Rational(1, 12)])
    let path = try Self.path(1, [.linState(half)])
    #expect(WholeProgram(Tape(path), inputScale: 1)?.isWhole == false)
    try Self.run(path, [[1], [Rational(-5, 2)], [4], [0], [7]])
  }

  @Test("Halves of states stay in binary64 while they have digits left; whole numbers have none")
  func halves() throws {
    let half = LinState(
      recurrence: [[Rational(1, 2)]], input: AffineMap([[Rational(1, 3)]]), initial: [1])
    let path = try Self.path(1, [.linState(half)])
    let engine = ExactEngine(Tape(path))
    for count in [10, 100] {
      let tokens = [[Rational]](repeating: [5], count: count)
      #expect(try engine.run(tokens) == path.run(tokens))
      #expect(try engine.run(tokens, by: .digits) == nil)
    }
    #expect(engine.sequencesRun == [.binary64: 1, .limbs: 1])
  }

  @Test("A sum that rounds on the way to a right result is not trusted")
  func rounding() throws {
    let big = Self.power(53)
    let path = try Self.path(1, [.linear(AffineMap([[1], [1]], offset: [big - 1, 0]))])
    let engine = ExactEngine(Tape(path))
    #expect(try engine.run([[1]], by: .binary64) == [[big, 1]])
    #expect(try engine.run([[2]], by: .binary64) == nil)
    #expect(try engine.run([[2]]) == [[big + 1, 2]])
  }

  @Test("A state that grows, and one that shrinks, for many tokens")
  func longStates() throws {
    let state = LinState(
      recurrence: [[3, 1], [0, Rational(1, 2)]],
      input: AffineMap([[1], [Rational(-1, 3)]], offset: [0, 1]), initial: [1, Rational(1, 5)])
    let tokens = (0..<300).map { [Rational($0 % 7 - 3)] }
    try Self.run(Self.path(1, [.linState(state), .relu]), tokens)
    let halving = LinState(
      recurrence: [[Rational(1, 2)]], input: AffineMap([[1]]), initial: [Self.power(200)])
    let last = try Self.run(Self.path(1, [.linState(halving)]), tokens.map { _ in [0] })
    #expect(last[299] == [1 / Self.power(100)])
  }

  @Test("What all numbers have in common is divided out: denominators do not pile up")
  func reduction() throws {
    // (2/3) · (3/2) = 1, again and again: the denominator would grow by 6 with each token.
    let there = LinState(
      recurrence: [[0, Rational(2, 3)], [Rational(3, 2), 0]], input: AffineMap(.zero(2, 1)),
      initial: [1, 1])
    let program = try Self.path(1, [.linState(there)])
    let engine = try LimbEngine(Tape(program), bitLimit: 1 << 20)
    let tokens = [[Rational]](repeating: [0], count: 2_000)
    #expect(try engine.run(tokens) == program.run(tokens))
    #expect(engine.tierCounts[2] == 0)
  }

  @Test("Squaring sixty times is refused in time, and the engine lives on")
  func squaring() throws {
    let twice = LSRL.Operation.linear(AffineMap([[1], [1]]))
    let program = try Self.path(1, Array(repeating: [twice, .multiply], count: 60).flatMap(\.self))
    let engine = ExactEngine(Tape(program), bitLimit: 1 << 16)
    #expect(try engine.run([[1], [-1]]) == [[1], [1]])
    #expect {
      try engine.run([[3]])
    } throws: { error in
      guard case .tooLarge(let instruction, let bits, 65_536)? = error as? EngineError
      else { return false }
      return (20..<40).contains(instruction) && (65_537..<200_000).contains(bits)
    }
    #expect(throws: EngineError.self) { try engine.run([[Rational(1, 3)]]) }
    #expect(try engine.run([[0]]) == [[0]])
  }

  @Test("Vectors over several denominators, gathered and sliced")
  func gathering() throws {
    let third = AffineMap([[Rational(1, 3)], [1]])
    let graph = try Graph(
      nodes: [
        Node(0, .input(dimension: 1)),
        Node(1, .linear(third), reading: [0]),
        Node(2, .linear(AffineMap([[Rational(1, 7)], [-1]])), reading: [0]),
        Node(3, .concat, reading: [2, 1, 0, 2, 1, 0]),
        Node(4, .slice(1..<9), reading: [3]),
        Node(5, .relu, reading: [4]),
        Node(6, .multiply, reading: [4]),
        Node(7, .concat, reading: [5, 6, 3]),
      ], output: 7)
    let tokens: [[Rational]] = [[1], [-21], [Rational(5, 11)], [Self.power(130)], [0]]
    var interpreter = Interpreter<Rational>(graph)
    #expect(try ExactEngine(Tape(graph)).run(tokens) == interpreter.run(tokens))
  }

  @Test("Every run starts from the initial state; an empty one has no outputs")
  func runs() throws {
    let state = LinState(recurrence: [[2]], input: AffineMap([[1]]), initial: [Rational(1, 2)])
    let engine = ExactEngine(Tape(try Self.path(1, [.linState(state)])))
    #expect(try engine.run([[1], [1]]) == [[2], [5]])
    #expect(try engine.run([]) == [])
    #expect(try engine.run([[1]]) == [[2]])
    #expect(throws: EngineError.tokenSize(expected: 1, found: 0)) { try engine.run([[]]) }
  }

  @Test("A program that is only its input gives its token back")
  func onlyInput() throws {
    try Self.run(Self.path(2, []), [[Rational(1, 3), Self.power(64)], [Rational(Int.min), -1]])
  }
}
