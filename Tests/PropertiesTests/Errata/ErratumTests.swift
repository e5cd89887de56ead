import ExactArithmetic
import ExactJSON
import FixtureFiles
import Foundation
import Properties
import Testing

@Suite("The paper's constructions as printed")
struct ErratumTests {
  private static let reader = EvidenceReader { file in
    Array(try Data(contentsOf: PackageRoot.file(file)))
  }

  @Test("Each verdict is what its evidence says, exactly", arguments: Erratum.catalogue)
  func evidence(erratum: Erratum) throws {
    #expect(erratum.isSupported, "\(erratum.id): \(erratum.verdict) on other evidence")
    for evidence in erratum.evidence {
      let objection = try Self.reader.objection(to: evidence)
      #expect(objection == nil, "\(erratum.id): \(objection ?? "")")
    }
  }

  @Test("Ids are unique, and every file of evidence speaks for some verdict")
  func catalogue() throws {
    let ids = Erratum.catalogue.map(\.id)
    #expect(Set(ids).count == ids.count)
    let used = Erratum.catalogue.flatMap(\.evidence).compactMap { evidence -> String? in
      guard case .run(_, let file) = evidence else { return nil }
      return file
    }
    let folder = "fixtures/as-printed"
    let found = try FileManager.default
      .subpathsOfDirectory(atPath: PackageRoot.file(folder).path)
      .filter { $0.hasPrefix("erratum-") && $0.hasSuffix(".json") }.map { "\(folder)/\($0)" }
    #expect(Set(found) == Set(used))
  }

  @Test("Every printed program and network is run by some evidence or fact")
  func programs() throws {
    // By facts on floats.
    var used: Set<String> = [
      "counter-scaled-by-zero.lsrl", "griffin-attention-1.json", "griffin-attention-2.json",
    ]
    for case .run(_, let file) in Erratum.catalogue.flatMap(\.evidence) {
      let program = try Self.reader.evidence(file).program
      used.insert(program.split(separator: "/").last.map(String.init) ?? "")
    }
    let folder = PackageRoot.file("fixtures/as-printed").path
    for file in try FileManager.default.contentsOfDirectory(atPath: folder)
    where file.hasSuffix(".lsrl") || file.hasSuffix(".json") {
      #expect(used.contains(file), "\(file) is for nothing")
    }
  }

  @Test("Evidence with wrong outputs, or in the wrong role, is objected to")
  func rejections() throws {
    let file = "fixtures/as-printed/erratum-12/query-is-a-cell.json"
    #expect(try Self.reader.objection(to: .run(.outside, file: file)) == nil)
    #expect(
      try Self.reader.objection(to: .run(.example, file: file))
        == "\(file) contradicts the claim as example")
    let forged = EvidenceReader { name in
      let bytes = Array(try Data(contentsOf: PackageRoot.file(name)))
      guard name == file else { return bytes }
      let text = String(decoding: bytes, as: UTF8.self)
      return Array(text.replacing("\"outputs\": [[7]]", with: "\"outputs\": [[8]]").utf8)
    }
    let objection = try #require(try forged.objection(to: .run(.outside, file: file)))
    #expect(objection.contains("expected [[8]], found [[7]]"))
    let fact = Erratum.Fact("1 = 2") { _ in false }
    #expect(try forged.objection(to: .fact(.example, fact)) == "not so: 1 = 2")
  }

  @Test("Evidence files that are none are refused, with the place")
  func malformed() throws {
    func complaint(_ text: String) throws -> String {
      do {
        _ = try EvidenceRun(parsing: JSONValue(parsing: text))
        return "accepted"
      } catch let error as JSONContentError {
        return "\(error)"
      }
    }
    let start = "{\"schema\": \"lsrl-check/evidence/1\", \"program\": \"a.lsrl\", "
    #expect(try complaint("{}") == "expected a member \"schema\", found none")
    #expect(
      try complaint(start + "\"inputs\": [[1]], \"claimed\": [], \"outputs\": [[1]]}")
        == "expected as many claims and outputs as inputs (1), found 0 and 1")
    #expect(
      try complaint(start + "\"inputs\": [[1]], \"claimed\": [[\"x\"]], \"outputs\": [[1]]}")
        .hasPrefix("claimed[0][0]: expected a number"))
  }
}
