import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("merge-relus")
struct MergeRelusTests {
  private let check = RuleCheck(rule: .mergeRelus)

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.relu, [0]),
        (.relu, [0]),
        (.multiply, [1]),
        (.concat, [3, 2, 1])))
  }

  @Test("Does not apply when something else reads the node too, nor to one ReLU")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.relu, [0]),
        (.relu, [0]),
        (.concat, [0, 1, 2])))
    try check.ignores(
      .numbered(
        2, (.relu, [0])))
  }
}
