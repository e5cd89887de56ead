import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("carry-linears-through-relu")
struct CarryLinearsThroughReluTests {
  private let check = RuleCheck(rule: .carryLinearsThroughRelu)

  private let row = AffineMap([[1, Rational(-1, 2)]], offset: [3])

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.relu, [0]),
        (.linear(row), [0]),
        (.slice(0..<1), [0]),
        (.relu, [3]),
        (.concat, [1, 2, 4])))
  }

  @Test("Does not apply when every Linear goes into one ReLU, nor beside a Concat")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.relu, [0]),
        (.linear(row), [0]),
        (.relu, [2]),
        (.concat, [1, 3])))
    try check.ignores(
      .numbered(
        2, (.relu, [0]),
        (.linear(row), [0]),
        (.concat, [0, 1, 2])))
  }
}
