import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("drop-unread-coordinates")
struct DropUnreadCoordinatesTests {
  private let check = RuleCheck(rule: .dropUnreadCoordinates)

  private let four = AffineMap([[1, 2], [0, 1], [3, 0], [1, 1]], offset: [1, 0, 0, -1])

  /// Reads the last of three coordinates.
  private let last = AffineMap([[0, 0, 1]])

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.linear(four), [0]),
        (.relu, [1]),
        (.slice(1..<2), [2]),
        (.linear(AffineMap([[0, 1, 0, 2]])), [2]),
        (.concat, [3, 4])))
  }

  @Test("A state keeps what a needed coordinate remembers")
  func state() throws {
    let state = LinState(
      recurrence: [[0, 0, 0], [0, 1, 0], [1, 0, 0]],
      input: AffineMap([[1, 0], [0, 1], [1, 1]]), initial: [1, 2, 3])
    let after = try check.keepsMeaning(
      .numbered(2, (.linState(state), [0]), (.linear(last), [1])))
    #expect(after.dimensions == [2, 2, 1])
  }

  @Test("Factors go in pairs, rows one by one, and one coordinate always stays")
  func kinds() throws {
    let after = try check.keepsMeaning(
      .numbered(6, (.multiply, [0]), (.linear(last), [1])))
    #expect(after.dimensions == [6, 2, 1, 1])
    let rows = AffineMap([[1, 2], [0, 1], [3, 0]])
    let counter = LinState(recurrence: [[1]], input: last, initial: [0])
    let narrowed = try check.keepsMeaning(
      .numbered(2, (.linear(rows), [0]), (.linState(counter), [1])))
    #expect(narrowed.dimensions == [2, 1, 1])
    let nothing = AffineMap(.zero(1, 3), offset: [4])
    let constant = try check.keepsMeaning(
      .numbered(3, (.relu, [0]), (.linear(nothing), [1])))
    #expect(constant.dimensions == [3, 1, 1, 1])
  }

  @Test("Does not apply when something reads all, nor to the output or the Input")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.relu, [0]),
        (.slice(0..<1), [1]),
        (.relu, [1]),
        (.concat, [2, 3])))
    try check.ignores(
      .numbered(
        2, (.slice(0..<1), [0])))
  }
}
