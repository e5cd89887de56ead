import FixtureFiles
import Properties
import PropertyTesting
import Testing

/// A property is worth what it rejects: everything here is wrong on purpose, and must be caught
/// within the first 1,000 programs and shrunk to one of at most 6 nodes, the one on record.
///
/// `RECORD_FIXTURES=1 swift test --filter MutantTests` writes the records anew; then read the diff.
@Suite("Mutants are caught")
struct MutantTests {
  @Test("A wrong rule is", arguments: Mutant.wrongRules)
  func wrongRule(mutant: Mutant) async throws { try await expectCaught(mutant) }

  @Test("A wrong lean compiler is", arguments: Mutant.wrongLeanCompilers)
  func wrongLeanCompiler(mutant: Mutant) async throws { try await expectCaught(mutant) }

  @Test("A wrong lowering to Mamba is", arguments: Mutant.wrongMambas)
  func wrongMamba(mutant: Mutant) async throws { try await expectCaught(mutant) }

  @Test("A wrong lowering to linear layers is", arguments: Mutant.wrongLinearLayers)
  func wrongLinearLayer(mutant: Mutant) async throws { try await expectCaught(mutant) }

  @Test("A wrong lowering to gated cells is", arguments: Mutant.wrongCells)
  func wrongCell(mutant: Mutant) async throws { try await expectCaught(mutant) }

  @Test("A wrong error bound is", arguments: Mutant.wrongBounds)
  func wrongBound(mutant: Mutant) async throws { try await expectCaught(mutant) }

  @Test("A wrong analysis of exactness is", arguments: Mutant.wrongExactness)
  func wrongExactness(mutant: Mutant) async throws {
    // A step of the library is three nodes.
    try await expectCaught(mutant, nodes: 8)
  }

  @Test("No two of them share a name")
  func names() {
    let all =
      Mutant.wrongRules + Mutant.wrongLeanCompilers + Mutant.wrongMambas
      + Mutant.wrongLinearLayers + Mutant.wrongCells + Mutant.wrongBounds
      + Mutant.wrongExactness
    #expect(Set(all.map(\.id)).count == all.count)
    #expect(all.count >= 12)
  }

  private func expectCaught(_ mutant: Mutant, nodes: Int = 6) async throws {
    let result = await Search(trials: 1_000, seed: 1, workers: 1).run(mutant.property)
    let finding = try #require(result.finding, "\(mutant) was not caught")
    let smallest = try #require(finding.record.flatMap(ProgramCase.init(reading:)))
    #expect(smallest.program.graph.nodes.count <= nodes, "\(finding.description)")

    try FixtureFile("fixtures/mutants/\(mutant.id).txt")
      .check("\(mutant.fault)\n\(finding.kind)\n\(finding.description)\n")
  }
}
