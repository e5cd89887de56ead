import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("share-products")
struct ShareProductsTests {
  private let check = RuleCheck(rule: .shareProducts)

  private func path(_ map: AffineMap, _ operation: Operation) throws -> Graph {
    try .numbered(2, (.relu, [0]), (.linear(map), [1]), (operation, [2]))
  }

  @Test("The rewrite is the recorded one")
  func golden() throws {
    let map = AffineMap(
      [
        [1, 2], [0, 3], [0, 0], [Rational(1, 2), 0], [0, 0], [0, 0],
        [0, 1], [-1, -2], [1, 0], [0, 0], [1, 1], [0, 0],
      ], offset: [0, 0, 2, 0, 0, 3, 0, 0, 0, 1, 0, 5])
    try check.rewrites(path(map, .multiply))
  }

  @Test("Different pairs stay, and so does a square beside a product")
  func different() throws {
    let map = AffineMap([[1, 0], [1, 0], [1, 0], [0, 1]])
    try check.ignores(path(map, .multiply))
  }
}
