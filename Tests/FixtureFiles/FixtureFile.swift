import Foundation
import Testing

/// A file of the package, found from where this one was compiled.
public enum PackageRoot {
  public static func file(_ path: String) -> URL {
    URL(filePath: #filePath).appending(path: "../../../\(path)").standardizedFileURL
  }

  public static func text(_ path: String) throws -> String {
    try String(contentsOf: file(path), encoding: .utf8)
  }
}

/// A text on record, such as a golden rewrite: what is found must be what is recorded.
///
/// `RECORD_FIXTURES=1 swift test` writes the records anew; then read the diff. CI must not record.
public struct FixtureFile: Sendable {
  public let url: URL

  /// `path` counts from the top of the package.
  public init(_ path: String) { url = PackageRoot.file(path) }

  public func check(
    _ found: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let environment = ProcessInfo.processInfo.environment
    if environment["RECORD_FIXTURES"] != nil {
      try #require(environment["CI"] == nil, "CI compares fixtures, it does not record them")
      try found.write(to: url, atomically: true, encoding: .utf8)
    }
    let recorded = try String(contentsOf: url, encoding: .utf8)
    #expect(found == recorded, "\(url.lastPathComponent)", sourceLocation: sourceLocation)
  }

  /// Checks the lines between `<!-- generated: section -->` and `<!-- end -->` of a page.
  public func check(
    section: String, _ found: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let page = try String(contentsOf: url, encoding: .utf8)
    let start = "<!-- generated: \(section) -->\n"
    let opening = try #require(page.range(of: start), sourceLocation: sourceLocation)
    let rest = page[opening.upperBound...]
    let closing = try #require(rest.range(of: "<!-- end -->"), sourceLocation: sourceLocation)
    let written = page[..<opening.upperBound] + "\(found)\n" + rest[closing.lowerBound...]
    try check(String(written), sourceLocation: sourceLocation)
  }
}
