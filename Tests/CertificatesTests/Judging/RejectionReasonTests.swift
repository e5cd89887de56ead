import Certificates
import FixtureFiles
import Foundation
import Testing

/// The switch that names reasons is exhaustive, so a new rejection has a name; and each name needs a
/// file. `proofs/check` has the verified checker judge the same files.
@Suite("Every reason for a rejection has a certificate that is rejected for it")
struct RejectionReasonTests {
  private static let folder = "fixtures/rejected-certificates"

  @Test("Rejected for the reason that is the file's name", arguments: Rejection.Reason.allCases)
  func rejected(reason: Rejection.Reason) throws {
    let text = try PackageRoot.text("\(Self.folder)/\(reason.rawValue).cert")
    guard case .rejected(let rejection) = try Certificate(parsing: text).judged() else {
      Issue.record("\(reason): not rejected")
      return
    }
    #expect(rejection.reason == reason, "\(rejection)")
    #expect(!rejection.description.isEmpty)
  }

  @Test("No file without a reason")
  func complete() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: PackageRoot.file(Self.folder).path)
    #expect(Set(files) == Set(Rejection.Reason.allCases.map { "\($0.rawValue).cert" }))
  }
}
