import FixtureFiles
import Foundation
import LSRL
import Testing

/// Malformed programs lie in `fixtures/rejected/<name>.lsrl`, each with what is said about it in
/// `<name>.expected`: the message, the line, the caret.
///
/// `RECORD_FIXTURES=1 swift test` writes the expectations anew; then read the diff. CI must not.
@Suite("Rejected programs")
struct RejectionTests {
  private static let folder = PackageRoot.file("fixtures/rejected")

  private static func stems(ofType type: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == type }
      .map { $0.deletingPathExtension().lastPathComponent }
      .sorted()
  }

  @Test("Each is refused with the message that is on file", arguments: try stems(ofType: "lsrl"))
  func message(stem: String) throws {
    let file = Self.folder.appending(path: "\(stem).lsrl")
    let text = try String(contentsOf: file, encoding: .utf8)
    let error = try #require(throws: TextError.self) {
      try Program(parsing: text, file: "\(stem).lsrl")
    }
    try FixtureFile("fixtures/rejected/\(stem).expected").check("\(error)\n\(error.excerpt)\n")
  }

  @Test("No two programs are refused alike, and no expectation is left without its program")
  func allDifferent() throws {
    let stems = try Self.stems(ofType: "lsrl")
    #expect(stems.count > 60)
    #expect(try Self.stems(ofType: "expected") == stems)
    let messages = try stems.map { stem in
      let text = try String(
        contentsOf: Self.folder.appending(path: "\(stem).lsrl"), encoding: .utf8)
      let error = try #require(throws: TextError.self) { try Program(parsing: text, file: "t") }
      return "\(error)"
    }
    #expect(Set(messages).count == messages.count)
  }

  @Test("A text that is too long is refused before it is read")
  func tooLong() throws {
    let text = String(repeating: " ", count: TextLimits.textSize + 1)
    let error = try #require(throws: TextError.self) { try Program(parsing: text, file: "t") }
    #expect(error.message == "expected a text of at most 4000000 bytes, found 4000001")
  }
}
