import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("fold-copies-concat")
struct FoldCopiesConcatTests {
  private let check = RuleCheck(rule: .foldCopiesConcat)

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.relu, [0]),
        (.concat, [1, 1, 1]),
        (.slice(1..<4), [2])))
  }

  @Test("Does not apply when the node has another reader, or the Concat another input")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.concat, [0, 0]),
        (.relu, [0]),
        (.concat, [1, 2])))
  }

  @Test("Does not apply to one copy")
  func single() throws {
    try check.ignores(
      .numbered(
        2, (.concat, [0])))
  }
}
