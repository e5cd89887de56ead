import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("carry-siblings-through-lin-state")
struct CarrySiblingsThroughLinStateTests {
  private let check = RuleCheck(rule: .carrySiblingsThroughLinState)

  private let counter = LinState(recurrence: [[1]], input: AffineMap([[1, -1]]), initial: [5])

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.linState(counter), [0]),
        (.relu, [0]),
        (.concat, [0, 1, 2])))
  }

  @Test("Several states become one")
  func several() throws {
    let after = try check.keepsMeaning(
      .numbered(
        2, (.linState(counter), [0]), (.linState(counter), [0]), (.concat, [2, 0, 1])))
    #expect(after.nodes.count { if case .linState = $0.operation { true } else { false } } == 1)
  }

  @Test("Does not apply when only LinStates read the node, nor when a Multi does")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.linState(counter), [0]),
        (.linState(counter), [0]),
        (.concat, [1, 2])))
    try check.ignores(
      .numbered(
        2, (.linState(counter), [0]),
        (.multiply, [0]),
        (.concat, [1, 2])))
  }
}
