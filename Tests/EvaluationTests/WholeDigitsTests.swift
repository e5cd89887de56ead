import ExactArithmetic
import LSRL
import Testing

@testable import Evaluation

@Suite("Whole numbers of many digits are exact, or said not to fit")
struct WholeDigitsTests {
  private static func path(_ input: Int, _ operations: [LSRL.Operation]) throws -> PathGraph {
    try PathGraph(inputDimension: input, steps: operations.map { PathGraph.Step($0) })
  }

  /// Compares as many tokens as fit, and answers how many those were.
  private static func longestRun(_ path: PathGraph, _ tokens: [[Rational]]) throws -> Int {
    let expected = path.run(tokens)
    let engine = ExactEngine(Tape(path))
    var fitting = 0
    for count in 1...tokens.count {
      let prefix = Array(tokens.prefix(count))
      guard let found = try engine.run(prefix, by: .digits) else { break }
      #expect(found == Array(expected.prefix(count)))
      fitting = count
    }
    return fitting
  }

  @Test(
    "Rows of every shape, short and long, with and without other weights", arguments: [0, 1, 3])
  func shapes(others: Int) throws {
    let width = 40
    let rows: [[Rational]] = (0..<width).map { row in
      (0..<width).map { column in
        let isRead = row < 12 ? column <= row / 2 : row == 39 || (row * column) % 5 < 2
        let sign: Rational = (row + column) % (row % 3 + 2) == 0 ? -1 : 1
        return isRead ? sign * (row % 4 < others && column % 3 == 0 ? 1_000_003 : 1) : 0
      }
    }
    let input: [[Rational]] = (0..<width).map { [$0 % 7 == 0 ? 1 : 0, $0 % 5 == 0 ? -1 : 0] }
    let state = LinState(
      recurrence: Matrix(dense: rows),
      input: AffineMap(Matrix(dense: input), offset: (0..<width).map { _ in -1 }),
      initial: (0..<width).map { Rational($0 - 20) })
    let last = AffineMap([(0..<width).map { $0 % 2 == 0 ? 1 : -1 }, (0..<width).map { _ in 5 }])
    let path = try Self.path(2, [.linState(state), .relu, .linear(last)])
    let big = Rational(1 << 61)
    let tokens = (0..<150).map { [$0 % 3 == 0 ? -big : big + 1, Rational($0)] }
    let fitting = try Self.longestRun(path, Array(tokens.prefix(others == 0 ? 100 : 25)))
    #expect(fitting >= (others == 0 ? 60 : 12))
  }

  @Test("Products of any signs, until there are more than 8 digits")
  func products() throws {
    for sign: Rational in [1, -1] {
      let state = LinState(
        recurrence: [[sign, 1], [1, 0]], input: AffineMap([[1], [-1]]), initial: [1, 0])
      let twice = AffineMap([[1, 0], [0, 1], [1, 0], [0, -1]])
      let path = try Self.path(
        1,
        [
          .linState(state), .linear(twice), .multiply, .linear(AffineMap([[1, 0], [1, 1]])),
          .multiply,
        ])
      let big = Rational(1 << 60) + 5
      let tokens: [[Rational]] = (0..<40).map { [$0 % 2 == 0 ? big : -big / 3] }
      #expect(try Self.longestRun(path, tokens) == 40)
      let square = try Self.path(
        1,
        [.linState(state)]
          + (0..<3).flatMap { _ in
            [.linear(AffineMap([[1, 0], [0, 1], [1, 0], [0, -1]])), .multiply] as [LSRL.Operation]
          })
      let smaller: [[Rational]] = (1...40).map {
        [$0 % 3 == 0 ? Rational(1 << 40) : Rational(-3 << 38)]
      }
      let fitting = try Self.longestRun(square, smaller)
      #expect((5..<40).contains(fitting))
    }
  }

  @Test("Outputs are those of the newest state, after odd and even tokens")
  func states() throws {
    let delay = LinState(
      recurrence: [[0, 0], [1, 0]], input: AffineMap([[1], [0]], offset: [0, 0]), initial: [5, 7])
    let path = try Self.path(
      1,
      [
        .linState(delay),
        .linState(
          LinState(
            recurrence: [[1, -1], [0, 1]], input: AffineMap([[1, 1], [1, -1]]), initial: [0, 3])),
      ])
    #expect(try Self.longestRun(path, (1...9).map { [Rational($0)] }) == 9)
  }
}
