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
    let result = await Search(trials: 400, seed: 1, workers: 2).run(.debranchingReachesAPath())
    #expect(result.finding == nil)
    #expect(result.undecided.isEmpty)
    let unused = Set(RewriteRule.catalogue.map(\.id)).subtracting(result.coverage.keys)
    #expect(unused.subtracting([Self.rare]) == [])
  }

  @Test("The paper's rules alone suffice as well")
  func paperSuffices() async {
    let result = await Search(trials: 200, seed: 2, workers: 2)
      .run(.debranchingReachesAPath(RewriteRule.paper))
    #expect(result.finding == nil)
  }

  @Test(
    "Without one of the cases some program does not end in a path",
    arguments: RewriteRule.catalogue.filter { $0.site == .firstBranchingNode && $0.id != rare })
  func missingRule(missing: RewriteRule) throws {
    let rules = RewriteRule.catalogue.filter { $0.id != missing.id }
    let property = Property.debranchingReachesAPath(rules)
    #expect(property.firstRefutation(among: 500) == "does not end in a path")
  }
}

extension Property {
  /// How it is refuted first, as a search would find it; without shrinking, which takes longer than
  /// many searches.
  func firstRefutation(among trials: Int) -> String? {
    for trial in 0..<trials {
      var choices = Choices(random: SplitMix64(seed: 1, trial: trial))
      if case .refuted(let kind, _) = examine(&choices).verdict { return kind }
    }
    return nil
  }
}
