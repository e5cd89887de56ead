import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("merge-multiplicatives")
struct MergeMultiplicativesTests {
  private let check = RuleCheck(rule: .mergeMultiplicatives)

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        4, (.multiply, [0]),
        (.multiply, [0]),
        (.relu, [1]),
        (.concat, [3, 2, 1])))
  }

  @Test("Does not apply when something else reads the node too, nor to one Multi")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.multiply, [0]),
        (.multiply, [0]),
        (.relu, [0]),
        (.concat, [1, 2, 3])))
    try check.ignores(
      .numbered(
        2, (.multiply, [0])))
  }
}
