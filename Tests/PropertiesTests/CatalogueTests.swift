import Architectures
import FixtureFiles
import Foundation
import Properties
import PropertyTesting
import Testing

@Suite("The catalogue of properties")
struct PropertyCatalogueTests {
  private static let catalogue = Property.catalogue()

  /// A quick pass; long ones are run by `make campaign`.
  @Test("Every property holds on 150 cases", arguments: catalogue.map(\.id))
  func holds(id: String) async throws {
    let property = try #require(Self.catalogue.first { $0.id == id })
    let result = await Search(trials: 150, seed: 2026, workers: 1).run(property)
    #expect(result.finding == nil)
    #expect(result.undecided.isEmpty)
    #expect(result.held == 150)
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

  @Test("At least 60 % of random programs compile to Mamba")
  func share() async {
    let property = Property.refusalsAreJustified(on: [.mamba], by: .standard())
    let result = await Search(trials: 400, seed: 3, workers: 1).run(property)
    let refused = result.coverage.values.reduce(0, +)
    #expect(result.held == 400 && refused <= 160)
  }
}
