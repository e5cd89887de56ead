import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("push-slices-past-multiplicative")
struct PushSlicesPastMultiplicativeTests {
  private let check = RuleCheck(rule: .pushSlicesPastMultiplicative)

  private let row = AffineMap([[1, Rational(-1, 2)]], offset: [3])

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        3, (.slice(0..<2), [0]),
        (.multiply, [1]),
        (.slice(1..<3), [0]),
        (.multiply, [3]),
        (.concat, [1, 2, 4])))
  }

  @Test("Does not apply without a Multi behind a slice, nor beside a Linear")
  func others() throws {
    try check.ignores(
      .numbered(
        2, (.slice(0..<1), [0]),
        (.slice(1..<2), [0]),
        (.concat, [2, 1]),
        (.multiply, [3])))
    try check.ignores(
      .numbered(
        2, (.concat, [0, 0]),
        (.slice(0..<2), [1]),
        (.multiply, [2]),
        (.linear(AffineMap([[1, 0, 0, 1]])), [1]),
        (.concat, [3, 4])))
  }
}
