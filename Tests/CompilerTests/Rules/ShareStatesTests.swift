import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("share-states")
struct ShareStatesTests {
  private let check = RuleCheck(rule: .shareStates)

  private func program(_ state: LinState) throws -> Graph {
    try .numbered(2, (.linState(state), [0]))
  }

  @Test("The rewrite is the recorded one")
  func golden() throws {
    let state = LinState(
      recurrence: [
        [1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0],
      ],
      input: AffineMap([[1, 0], [1, 0], [1, 2], [-2, -4], [0, 0]], offset: [0, 0, 1, -2, 3]),
      initial: [5, 5, 0, 1, 0])
    try check.rewrites(program(state))
  }

  @Test("What remembered a dropped coordinate remembers the one that is left")
  func remembered() throws {
    let state = LinState(
      recurrence: [[0, 0, 0], [0, 0, 0], [1, 1, 0]],
      input: AffineMap([[1, 0], [1, 0], [0, 1]]), initial: [2, 2, 0])
    #expect(try check.keepsMeaning(program(state)).dimensions == [2, 2, 3])
  }

  @Test("Different initial values, and multiples that are remembered, stay")
  func different() throws {
    let unequal = LinState(
      recurrence: .identity(2), input: AffineMap([[1, 0], [1, 0]]), initial: [0, 1])
    try check.ignores(program(unequal))
    let multiples = LinState(
      recurrence: [[0, 0], [1, 0]], input: AffineMap([[2, 0], [1, 0]]), initial: [0, 0])
    try check.ignores(program(multiples))
  }
}
