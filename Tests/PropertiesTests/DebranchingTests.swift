import Compiler
import ExactArithmetic
import LSRL
import Properties
import PropertyTesting
import Testing

@Suite("Debranching random programs")
struct DebranchingTests {
  @Test("They all end in paths with the same outputs, and every rule is needed")
  func catalogueSuffices() async {
    let result = await Search(trials: 2_000, seed: 1, workers: 2).run(.debranchingReachesAPath())
    #expect(result.finding == nil)
    #expect(result.undecided.isEmpty)
    #expect(Set(RewriteRule.catalogue.map(\.id)).subtracting(result.coverage.keys) == [])
  }

  @Test("A missing rule is noticed", arguments: ["merge-relus", "push-slices-forward"])
  func missingRule(id: String) async throws {
    let rules = RewriteRule.catalogue.filter { $0.id != id }
    let result = await Search(trials: 2_000, seed: 1, workers: 2)
      .run(.debranchingReachesAPath(rules))
    #expect(try #require(result.finding).description.contains("ForEach"))
  }
}
