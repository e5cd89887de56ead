import Compiler
import ExactArithmetic
import LSRL
import Properties
import PropertyTesting
import Testing

@Suite("Debranching random programs")
struct DebranchingTests {
  @Test("They all end in paths with the same outputs, and every rule is used")
  func catalogueSuffices() async {
    let result = await Search(trials: 3_000, seed: 1, workers: 2).run(.debranchingReachesAPath())
    #expect(result.finding == nil)
    #expect(result.undecided.isEmpty)
    #expect(Set(RewriteRule.catalogue.map(\.id)).subtracting(result.coverage.keys) == [])
  }

  @Test("The paper's rules alone suffice as well")
  func paperSuffices() async {
    let result = await Search(trials: 500, seed: 2, workers: 2)
      .run(.debranchingReachesAPath(RewriteRule.paper))
    #expect(result.finding == nil)
  }

  @Test(
    "Without one of the cases some program does not end in a path",
    arguments: [.mergeRelus, .pushSlicesForward, .carryConcatsThroughLinear] as [RewriteRule])
  func missingRule(missing: RewriteRule) async throws {
    let rules = RewriteRule.catalogue.filter { $0.id != missing.id }
    let result = await Search(trials: 2_000, seed: 1, workers: 2)
      .run(.debranchingReachesAPath(rules))
    #expect(try #require(result.finding).kind == "does not end in a path")
  }
}
