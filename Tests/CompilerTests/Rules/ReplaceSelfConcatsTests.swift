import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("replace-self-concats")
struct ReplaceSelfConcatsTests {
  private let check = RuleCheck(rule: .replaceSelfConcats)

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.concat, [0, 0]),
        (.relu, [1]),
        (.concat, [0, 2])))
  }

  @Test("Does not apply to a single Concat, which the fold takes")
  func single() throws {
    try check.ignores(
      .numbered(
        2, (.concat, [0, 0])))
  }

  @Test("Does not apply when something else reads the node too")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.concat, [0, 0]),
        (.relu, [0]),
        (.concat, [0, 1, 2])))
  }
}
