import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("merge-linears")
struct MergeLinearsTests {
  private let check = RuleCheck(rule: .mergeLinears)

  private let map = AffineMap([[1, 2], [0, 1]], offset: [1, 0])
  private let row = AffineMap([[1, Rational(-1, 2)]], offset: [3])

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.linear(map), [0]),
        (.slice(1..<2), [0]),
        (.linear(row), [0]),
        (.linear(map), [0]),
        (.concat, [1, 2, 3, 4])))
  }

  @Test("Does not apply when all are slices, nor when a ReLU reads the node too")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.slice(0..<1), [0]),
        (.slice(1..<2), [0]),
        (.concat, [2, 1])))
    try check.ignores(
      .numbered(
        2, (.linear(row), [0]),
        (.linear(map), [0]),
        (.relu, [0]),
        (.concat, [1, 2, 3])))
  }
}
