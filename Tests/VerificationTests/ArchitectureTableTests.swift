import Architectures
import Foundation
import Testing
import Verification

@Suite("docs/architectures.md")
struct ArchitectureTableTests {
  private static let file = URL(filePath: #filePath)
    .appending(path: "../../../docs/architectures.md").standardizedFileURL
  private static let mark = "<!-- measured -->\n"

  @Test("The tables are what the compiler does now")
  func tables() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let prose = try #require(text.range(of: Self.mark)).upperBound
    let wanted = text[..<prose] + "\n" + ArchitectureTable.markdown()
    let environment = ProcessInfo.processInfo.environment
    if environment["RECORD_FIXTURES"] != nil {
      try #require(environment["CI"] == nil, "CI compares fixtures, it does not record them")
      try String(wanted).write(to: Self.file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: Self.file, encoding: .utf8) == String(wanted))
  }

  @Test("Every architecture has its row, and something that it can express")
  func rows() {
    for architecture in Architecture.allCases {
      let table = ArchitectureTable.markdown([architecture])
      #expect(table.contains("| `\(architecture.rawValue)` |"))
      #expect(table.contains("| zero | yes |"))
    }
  }
}
