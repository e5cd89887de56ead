import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("fold-relus")
struct FoldRelusTests {
  private let check = RuleCheck(rule: .foldRelus)

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.relu, [0]),
        (.relu, [1]),
        (.concat, [1, 2])))
  }

  @Test("Does not apply to ReLUs beside each other, nor over a Slice")
  func apart() throws {
    try check.ignores(
      .numbered(
        2, (.relu, [0]),
        (.relu, [0]),
        (.slice(0..<1), [2]),
        (.relu, [3]),
        (.concat, [1, 4])))
  }
}
