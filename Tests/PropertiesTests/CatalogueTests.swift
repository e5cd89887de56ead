import Architectures
import FixtureFiles
import Foundation
import Properties
import PropertyTesting
import Testing

@Suite("The catalogue of properties")
struct PropertyCatalogueTests {
  private static let catalogue = Property.catalogue()

  /// Cases that take long: a search for a certificate for each of a dozen routes.
  private static let slow = ["compiles-certify": 6, "mutated-certificates-are-rejected": 30]

  /// Seed 2026 has a program whose search alone takes half a minute in a release build, many minutes
  /// in this one.
  private static let seeds: [String: UInt64] = ["compiles-certify": 3]

  /// A quick pass; long ones are run by `make campaign`.
  @Test("Every property holds on 150 cases, or fewer slow ones", arguments: catalogue.map(\.id))
  func holds(id: String) async throws {
    let property = try #require(Self.catalogue.first { $0.id == id })
    let trials = Self.slow[id] ?? 150
    let seed = Self.seeds[id] ?? 2026
    let result = await Search(trials: trials, seed: seed, workers: 1).run(property)
    #expect(result.finding == nil)
    #expect(result.undecided.isEmpty)
    #expect(result.held == trials)
  }

  @Test("Ids are unique, and each property has a file of its name")
  func ids() {
    #expect(Set(Self.catalogue.map(\.id)).count == Self.catalogue.count)
    for property in Self.catalogue {
      let stem = property.id.split(separator: "-").map(\.capitalized).joined()
      let file = PackageRoot.file("properties/\(stem).swift")
      #expect(FileManager.default.fileExists(atPath: file.path), "\(file.path)")
    }
  }

  /// What `docs/trust.md` states; `lsrl-check check --property compiles-certify` counts more cases.
  @Test("Certificates are found of all that 40 random programs become")
  func certifiedShare() async {
    let property = Property.compilesCertify(on: [.mamba, .lstm], by: .standard(largestPath: 20_000))
    let result = await Search(trials: 40, seed: 7, workers: 1).run(property)
    let tally = CertificateTally(result.coverage)
    #expect(result.held == 40 && tally.tried > 140)
    #expect(tally.certified == tally.tried, "\(tally.certified) of \(tally.tried)")
    #expect(tally.rows.map(\.route) == ["lean", "lstm", "mamba", "rules"])
  }

  @Test("At least 60 % of random programs compile to Mamba")
  func share() async {
    let property = Property.refusalsAreJustified(on: [.mamba], by: .standard())
    let result = await Search(trials: 400, seed: 3, workers: 1).run(property)
    let refused = result.coverage.values.reduce(0, +)
    #expect(result.held == 400 && refused <= 160)
  }
}
