import Compiler
import FixtureFiles
import LSRL
import Properties
import PropertyTesting
import Testing

/// The lists in the docs are written from the catalogues: `RECORD_FIXTURES=1 swift test --filter
/// GeneratedDocs` writes them anew.
@Suite("Generated lists in the docs")
struct GeneratedDocsTests {
  @Test("The library in docs/language.md")
  func library() throws {
    let rows = LibraryFunction.catalogue.map { function in
      let parameters = function.parameters.map(\.name).joined(separator: ", ")
      return row(["`\(function.id)(\(parameters))`", function.definition, function.meaning])
    }
    let head = ["| function | definition | exact meaning, and where it holds |", "|---|---|---|"]
    try check("docs/language.md", section: "library", head + rows)
  }

  @Test("The rules in docs/rules.md")
  func rules() throws {
    let rows = RewriteRule.catalogue.map { row(["`\($0.id)`", $0.statement, $0.source]) }
    try check(
      "docs/rules.md", section: "rules",
      ["| rule | what it does | source |", "|---|---|---|"] + rows)
  }

  @Test("The claims in docs/properties.md")
  func properties() throws {
    let rows = Property.catalogue().map { row(["`\($0.id)`", $0.statement, $0.limits]) }
    try check(
      "docs/properties.md", section: "properties",
      ["| property | claim | tried within |", "|---|---|---|"] + rows)
  }

  /// Bars in a cell would end it.
  private func row(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }

  private func check(_ file: String, section: String, _ lines: [String]) throws {
    try FixtureFile(file).check(section: section, lines.joined(separator: "\n"))
  }
}
