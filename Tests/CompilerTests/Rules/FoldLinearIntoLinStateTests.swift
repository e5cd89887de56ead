import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("fold-linear-into-lin-state")
struct FoldLinearIntoLinStateTests {
  private let check = RuleCheck(rule: .foldLinearIntoLinState)

  private let map = AffineMap([[1, 2], [0, 1]], offset: [1, 0])
  private let counter = LinState(recurrence: [[1]], input: AffineMap([[1, -1]]), initial: [5])

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.linear(map), [0]),
        (.linState(counter), [1])))
  }

  @Test("A Slice goes into the input matrix too")
  func slice() throws {
    try check.keepsMeaning(
      .numbered(
        4, (.slice(1..<3), [0]),
        (.linState(counter), [1])))
  }

  @Test("Does not apply when the Linear has another reader")
  func otherReader() throws {
    try check.ignores(
      .numbered(
        2, (.linear(map), [0]),
        (.linState(counter), [1]),
        (.concat, [1, 2])))
  }
}
