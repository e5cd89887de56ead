import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("carry-concats-through-linear")
struct CarryConcatsThroughLinearTests {
  private let check = RuleCheck(rule: .carryConcatsThroughLinear)

  private let row = AffineMap([[1, Rational(-1, 2)]], offset: [3])

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.linear(row), [0]),
        (.slice(0..<1), [0]),
        (.relu, [1]),
        (.concat, [0, 2, 3, 0])))
  }

  @Test("Does not apply beside slices alone, nor beside a ReLU")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.slice(0..<1), [0]),
        (.concat, [0, 1])))
    try check.ignores(
      .numbered(
        2, (.linear(row), [0]),
        (.relu, [0]),
        (.concat, [0, 1, 2])))
  }

  @Test("Does not apply without a Concat")
  func noConcat() throws {
    try check.ignores(
      .numbered(
        2, (.linear(row), [0]),
        (.slice(0..<1), [0]),
        (.concat, [1, 2])))
  }
}
