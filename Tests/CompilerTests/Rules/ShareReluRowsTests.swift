import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("share-relu-rows")
struct ShareReluRowsTests {
  private let check = RuleCheck(rule: .shareReluRows)

  private func path(_ map: AffineMap, _ operation: Operation) throws -> Graph {
    try .numbered(2, (.relu, [0]), (.linear(map), [1]), (operation, [2]))
  }

  @Test("The rewrite is the recorded one")
  func golden() throws {
    let map = AffineMap(
      [[1, 2], [2, 4], [-1, -2], [0, 0], [0, 0], [1, -1], [-3, 0]],
      offset: [1, 2, -1, 5, -5, 0, 0])
    try check.rewrites(path(map, .relu))
  }

  @Test("Nothing is silent where values may be negative")
  func signs() throws {
    let map = AffineMap([[-1, 0], [0, -2]])
    try check.ignores(.numbered(2, (.linear(map), [0]), (.relu, [1])))
    try check.keepsMeaning(path(map, .relu))
  }

  @Test("Negative multiples, equal rows of unequal offset and a constant alone stay")
  func different() throws {
    try check.ignores(path(AffineMap([[1, -2], [-1, 2], [1, -2]], offset: [0, 0, 1]), .relu))
    try check.ignores(path(AffineMap([[0, 0]], offset: [3]), .relu))
  }

  @Test("Of constants alone, one stays")
  func constants() throws {
    let after = try check.keepsMeaning(
      path(AffineMap(.zero(3, 2), offset: [1, -1, 2]), .relu))
    #expect(after.outputDimension == 3)
    check.ignores(after)
  }

  @Test("What is never negative stays so through a state that adds it up")
  func throughState() throws {
    let sum = LinState(recurrence: [[1]], input: AffineMap([[1, 1]]), initial: [0])
    let negated = AffineMap([[-1], [1]])
    try check.keepsMeaning(
      .numbered(
        2, (.relu, [0]), (.linState(sum), [1]), (.linear(negated), [2]), (.relu, [3])))
    let debt = LinState(recurrence: [[1]], input: AffineMap([[1, 1]]), initial: [-1])
    try check.ignores(
      .numbered(
        2, (.relu, [0]), (.linState(debt), [1]), (.linear(negated), [2]), (.relu, [3])))
  }
}
