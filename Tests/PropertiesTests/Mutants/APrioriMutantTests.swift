import ErrorAnalysis
import Properties
import PropertyTesting
import Testing

/// Each rule that makes the bounds before any input sound is taken away, and runs must break the
/// bounds that are left.
@Suite("Unsound bounds before any input are caught")
struct APrioriMutantTests {
  @Test("Looking only at inputs whose exact argument is positive")
  func floatPhase() async throws {
    var rules = AnalysisRules()
    rules.looksAtFloatPhase = false
    try await expectCaught(rules)
  }

  @Test("Half of the error of rounding")
  func halfRounding() async throws {
    var rules = AnalysisRules()
    rules.roundingErrorScale = 0.5
    try await expectCaught(rules)
  }

  private func expectCaught(_ rules: AnalysisRules) async throws {
    let property = Property.aPrioriBoundsHold(rules: rules)
    let result = await Search(trials: 1_000, seed: 1, workers: 1).run(property)
    #expect(result.finding != nil, "not caught")
  }
}
