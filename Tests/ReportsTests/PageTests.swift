import ExactJSON
import FixtureFiles
import Foundation
import Testing

@testable import Reports

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("Pages are views of one report")
struct PageTests {
  @Test("and are on record for a small one")
  func golden() throws {
    let report = SmallReport.value
    try FixtureFile("fixtures/reports/small.json").check(report.json.laidOut() + "\n")
    try FixtureFile("fixtures/reports/small.md").check(report.markdown)
    try FixtureFile("fixtures/reports/small.html").check(report.html)
  }

  @Test("JSON has every number, and reads back")
  func json() throws {
    let report = SmallReport.value
    let read = try JSONValue(parsing: Array(report.json.laidOut().utf8))
    #expect(read == report.json)
    #expect(read["schema"] == .string("lsrl-check/report/1"))
    #expect(report.json.description.contains("1.9073486328125e-06"))
    #expect(report.json.description.contains("\"inf\""))
  }

  @Test("that read hostile names as names", arguments: HostileNames.all)
  func escaping(name: String) throws {
    let report = SmallReport.named(name)
    let page = try Elements(of: report.html)
    #expect(page.names.isDisjoint(with: ["script", "img", "iframe", "b", "a"]))
    #expect(page.attributes.allSatisfy { !$0.hasPrefix("on") && $0 != "href" && $0 != "src" })
    #expect(page.names.count > 10)

    // Whatever a renderer of Markdown takes for HTML or for a link must not be there.
    let lines = report.markdown.split(separator: "\n").dropFirst()
    for line in lines where !line.hasPrefix("Again: ") && !line.hasPrefix("    ") {
      // What stands behind a backslash is a letter.
      let signs = line.replacing(/\\./, with: "")
      #expect(!signs.contains { "<[]`".contains($0) }, "\(line)")
    }
    let heads = lines.count { $0.hasPrefix("#") }
    #expect(heads == 2, "a heading is a title or a section")
  }

  @Test("that need nothing from elsewhere")
  func selfContained() {
    let page = SmallReport.value.html
    for word in ["http:", "https:", "//", "src=", "href=", "@import", "url(", "<script", "data:"] {
      #expect(!page.contains(word), "\(word)")
    }
    #expect(page.contains("prefers-color-scheme: dark"))
    #expect(page.contains("@media print"))
    #expect(page.contains("width=device-width"))
    #expect(page.contains(Report.htmlSign))
  }

  @Test("whose pictures have titles, descriptions and units")
  func accessible() throws {
    let page = try Elements(of: SmallReport.value.html)
    #expect(page.count("svg") == 3)
    #expect(page.count("desc") == 3)
    #expect(page.ids.count == Set(page.ids).count)
    let named = page.values("aria-labelledby").flatMap { $0.split(separator: " ").map(String.init) }
    #expect(named.count == 11 && Set(named).isSubset(of: page.ids))
    #expect(SmallReport.value.html.contains("wrong tokens [%]"))
  }

  @Test("of at most a million bytes, whatever they are about")
  func size() throws {
    let rows = (0..<2_000).map { [Table.Cell.integer($0), .text("row \($0)")] }
    let points = (0..<5_000).map { Plot.Point(Double($0), Double($0 % 17)) }
    let nodes = (0..<600).map {
      GraphDrawing.Node("n\($0)", "ReLU", .relu, reading: $0 == 0 ? [] : [$0 - 1])
    }
    let long = String(repeating: "<&>", count: 20_000)
    let contents: [Report.Figure.Content] = [
      .table(Table([.number("a"), Table.Column("b")], rows: rows)),
      .plot(
        Plot(
          "many", x: Axis("x"), y: Axis("y"), series: [Plot.Series("s", .line, hue: 0, points)])),
      .graph(GraphDrawing("large", nodes: nodes)),
    ]
    let report = Report(
      kind: "program", title: long, summary: long,
      verdicts: Array(repeating: Report.Verdict(.holds, long, long), count: 300),
      sections: (0..<40).map { number in
        Report.Section(
          "\(number)",
          [.text(long)]
            + contents.map { .figure(Report.Figure("c", $0, command: long)) })
      })
    let page = report.html
    #expect(page.utf8.count <= 1_000_000)
    _ = try Elements(of: page)
  }
}

/// Names that try to be something else.
enum HostileNames {
  static let all = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='x", "&lt;b&gt;",
    "a | b | c", "`code` ``two``", "[x](https://example.org)", "# heading", "](x)", "-->", "]]>",
    "a\nb\n\n# c", "\u{0}\u{8}\u{1B}[31m", "\u{202E}evil\u{2066}", "\u{FFFE}\u{FEFF}", "𝔘 ≤ λ",
    "</style></title></svg>", String(repeating: "long ", count: 500), "",
  ]
}

/// What an XML parser finds: our pages are well formed for it, too.
private struct Elements {
  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  private(set) var all: [(name: String, attributes: [String: String])] = []

  init(of page: String) throws {
    let doctype = "<!DOCTYPE html>\n"
    #expect(page.hasPrefix(doctype))
    let reader = Reader()
    let parser = XMLParser(data: Data(page.dropFirst(doctype.count).utf8))
    parser.delegate = reader
    guard parser.parse() else {
      throw Malformed(
        description: "line \(parser.lineNumber): \(String(describing: parser.parserError))")
    }
    all = reader.found
  }

  var names: Set<String> { Set(all.map(\.name)) }
  var attributes: Set<String> { Set(all.flatMap { $0.attributes.keys }) }
  var ids: [String] { values("id") }

  func values(_ attribute: String) -> [String] { all.compactMap { $0.attributes[attribute] } }

  func count(_ name: String) -> Int { all.count { $0.name == name } }

  private final class Reader: NSObject, XMLParserDelegate {
    var found: [(name: String, attributes: [String: String])] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      found.append((name, attributes))
    }
  }
}
