import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("carry-concats-and-linears-through-relu")
struct CarryConcatsAndLinearsThroughReluTests {
  private let check = RuleCheck(rule: .carryConcatsAndLinearsThroughRelu)

  private let row = AffineMap([[1, Rational(-1, 2)]], offset: [3])
  private let map = AffineMap([[1, 2], [0, 1]], offset: [1, 0])

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.relu, [0]),
        (.linear(row), [0]),
        (.relu, [2]),
        (.linear(map), [0]),
        (.concat, [0, 1, 3, 4])))
  }

  @Test("Does not apply without a Concat, nor without a Linear")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.relu, [0]),
        (.linear(row), [0]),
        (.concat, [1, 2])))
    try check.ignores(
      .numbered(
        2, (.relu, [0]),
        (.concat, [0, 1])))
  }
}
