import Compiler
import ExactArithmetic
import LSRL
import Testing

@Suite("fold-identities")
struct FoldIdentitiesTests {
  private let check = RuleCheck(rule: .foldIdentities)

  @Test("The rewrite is the recorded one")
  func golden() throws {
    try check.rewrites(
      .numbered(
        2, (.linear(.identity(2)), [0]),
        (.relu, [1]),
        (.concat, [1, 2])))
  }

  @Test("A Slice of everything and a Concat of one input go too")
  func others() throws {
    let slice = try check.keepsMeaning(.numbered(2, (.slice(0..<2), [0])))
    #expect(slice.nodes.count == 1)
    let concat = try check.keepsMeaning(.numbered(2, (.concat, [0])))
    #expect(concat.nodes.count == 1)
  }

  @Test("Does not apply to what is almost an identity")
  func almost() throws {
    let maps = [
      AffineMap([[1, 0], [0, 1]], offset: [0, 1]), AffineMap([[0, 1], [1, 0]]),
      AffineMap([[1, 0], [0, 2]]), AffineMap([[1, 0], [0, 1], [0, 0]]),
      AffineMap([[1, 1], [0, 1]]), AffineMap([[1, 0]]),
    ]
    for map in maps { try check.ignores(.numbered(2, (.linear(map), [0]))) }
  }
}
