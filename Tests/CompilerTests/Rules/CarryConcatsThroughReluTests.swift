import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("carry-concats-through-relu")
struct CarryConcatsThroughReluTests {
  private let check = RuleCheck(rule: .carryConcatsThroughRelu)

  private let row = AffineMap([[1, Rational(-1, 2)]], offset: [3])

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.relu, [0]),
        (.concat, [1, 0])))
  }

  @Test("Does not apply beside a Linear, nor without a ReLU")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.relu, [0]),
        (.linear(row), [0]),
        (.concat, [0, 1, 2])))
    try check.ignores(
      .numbered(
        2, (.concat, [0, 0]),
        (.relu, [1]),
        (.concat, [2, 0])))
  }
}
