import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("carry-relus-through-linear")
struct CarryRelusThroughLinearTests {
  private let check = RuleCheck(rule: .carryRelusThroughLinear)

  private let row = AffineMap([[1, Rational(-1, 2)]], offset: [3])

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.relu, [0]),
        (.linear(row), [0]),
        (.relu, [2]),
        (.slice(0..<1), [0]),
        (.relu, [4]),
        (.concat, [1, 3, 5])))
  }

  @Test("Does not apply when a Linear has another reader than one ReLU")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.relu, [0]),
        (.linear(row), [0]),
        (.relu, [2]),
        (.concat, [1, 2, 3])))
    try check.ignores(
      .numbered(
        2, (.relu, [0]),
        (.linear(row), [0]),
        (.concat, [1, 2])))
  }

  @Test("Does not apply without a ReLU on the node, nor beside a Concat")
  func kinds() throws {
    try check.ignores(
      .numbered(
        2, (.linear(row), [0]),
        (.relu, [1]),
        (.slice(0..<1), [0]),
        (.relu, [3]),
        (.concat, [2, 4])))
    try check.ignores(
      .numbered(
        2, (.relu, [0]),
        (.linear(row), [0]),
        (.relu, [2]),
        (.concat, [0, 1, 3])))
  }
}
