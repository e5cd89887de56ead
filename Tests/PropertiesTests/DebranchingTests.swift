import Compiler
import ExactArithmetic
import LSRL
import Properties
import PropertyTesting
import Testing

@Suite("Debranching random programs")
struct DebranchingTests {
  /// Case 7A needs a node that nothing but ReLUs, and Linears into ReLUs, read: 1 program in 1,000.
  private static let rare = RewriteRule.carryRelusThroughLinear.id

  @Test("They all end in paths with the same outputs, and every rule is used")
  func catalogueSuffices() async {
    let result = await Search(trials: 600, seed: 1, workers: 2).run(.debranchingReachesAPath())
    #expect(result.finding == nil)
    #expect(result.undecided.isEmpty)
    let unused = Set(RewriteRule.catalogue.map(\.id)).subtracting(result.coverage.keys)
    #expect(unused.subtracting([Self.rare]) == [])
  }

  @Test("The paper's rules alone suffice as well")
  func paperSuffices() async {
    let result = await Search(trials: 300, seed: 2, workers: 2)
      .run(.debranchingReachesAPath(RewriteRule.paper))
    #expect(result.finding == nil)
  }

  @Test("Without one of the cases some program does not end in a path")
  func missingRule() async throws {
    let missing = RewriteRule.mergeRelus
    let rules = RewriteRule.catalogue.filter { $0.id != missing.id }
    let result = await Search(trials: 500, seed: 1, workers: 2)
      .run(.debranchingReachesAPath(rules))
    #expect(try #require(result.finding).kind == "does not end in a path")
  }
}
