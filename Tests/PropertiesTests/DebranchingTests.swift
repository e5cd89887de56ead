import Compiler
import LSRL
import Properties
import PropertyTesting
import Testing

@Suite("Debranching random programs")
struct DebranchingTests {
  @Test("They all end in paths, and every rule is needed")
  func catalogueSuffices() async {
    let result = await Search(trials: 2_000, seed: 1, workers: 2).run(.debranchingEndsInAPath())
    #expect(result.finding == nil)
    #expect(result.undecided.isEmpty)
    let unused = RewriteRule.catalogue.map { "rule \($0.id)" }.filter { result.coverage[$0] == nil }
    #expect(unused == [])
  }

  @Test("A missing rule is noticed", arguments: ["merge-relus", "push-slices-forward"])
  func missingRule(id: String) async throws {
    let rules = RewriteRule.catalogue.filter { $0.id != id }
    let result = await Search(trials: 2_000, seed: 1, workers: 2)
      .run(.debranchingEndsInAPath(rules))
    #expect(try #require(result.finding).description.contains("ForEach"))
  }
}
