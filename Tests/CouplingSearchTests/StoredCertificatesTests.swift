import Architectures
import Certificates
import Compiler
import ExactArithmetic
import ExactJSON
import FixtureFiles
import Foundation
import LSRL
import Testing

@testable import CouplingSearch

/// `fixtures/certificates` holds certificates of the programs in `fixtures/programs` and of the named
/// ones of the corpus, where they are short: `<program>.<architecture>.cert`.
///
/// `RECORD_FIXTURES=1 swift test --filter StoredCertificatesTests` searches for all of them anew;
/// then read the diff. CI must not record.
@Suite("Stored certificates")
struct StoredCertificatesTests {
  private static let folder = "fixtures/certificates"

  /// Longer ones are not stored.
  private static let size = 12_000

  private static let isRecording = ProcessInfo.processInfo.environment["RECORD_FIXTURES"] != nil

  /// By name.
  private static func programs() throws -> [String: Program] {
    var programs: [String: Program] = [:]
    let files = try FileManager.default.contentsOfDirectory(
      atPath: PackageRoot.file("fixtures/programs").path)
    for file in files where file.hasSuffix(".lsrl") {
      let text = try PackageRoot.text("fixtures/programs/\(file)")
      programs[String(file.dropLast(5))] =
        try ProgramText(parsing: text, file: file, setting: [:]).program
    }
    var seen: Set<Graph> = []
    for line in try PackageRoot.text("fixtures/corpus/named.jsonl").split(separator: "\n") {
      let read = try CorpusCase(parsing: JSONValue(parsing: String(line)))
      if seen.insert(read.program.graph).inserted { programs[read.name] = read.program }
    }
    return programs
  }

  private static func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: PackageRoot.file(folder).path)
      .filter { $0.hasSuffix(".cert") }.sorted()
  }

  private static func record() throws {
    let url = PackageRoot.file(folder)
    try? FileManager.default.removeItem(at: url)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, program) in try programs() {
      for architecture in Architecture.allCases {
        guard
          let stack = try? lowered(
            path: program.leanPath, to: architecture, options: LoweringOptions()),
          stack.maximumLength == nil, stack.size.nonzeros < 1_500,
          case .found(let certificate) = CouplingSearch(
            source: CellProgram(program.graph), target: try CellProgram(stack),
            inputBounds: program.inputRanges
          ).run(), certificate.text.utf8.count <= size
        else { continue }
        try Data(certificate.text.utf8).write(
          to: url.appending(path: "\(name).\(architecture.rawValue).cert"))
      }
    }
  }

  @Test("The judge accepts each, it is about its program, and the list is complete")
  func accepted() throws {
    if Self.isRecording { try Self.record() }
    let programs = try Self.programs()
    var rows: [String] = []
    var total = 0
    for file in try Self.files() {
      let text = try PackageRoot.text("\(Self.folder)/\(file)")
      let certificate = try Certificate(parsing: text)
      let words = file.dropLast(5)
      let dot = try #require(words.lastIndex(of: "."))
      let (name, architecture) = (String(words[..<dot]), words[words.index(after: dot)...])
      let judgement = certificate.judged()
      guard case .accepted(let atoms) = judgement else {
        Issue.record("\(file): \(judgement)")
        continue
      }
      #expect(Architecture(rawValue: String(architecture)) != nil)
      let program = try #require(programs[name], "\(file)")
      #expect(certificate.source == CellProgram(program.graph), "\(file)")
      #expect(certificate.inputBounds == program.inputRanges, "\(file)")
      total += text.utf8.count
      rows.append("| `\(name)` | \(architecture) | \(text.utf8.count) | \(atoms) |")
    }
    #expect(rows.count > 50 && total < 2_000_000)
    let list = """
      # Certificates

      Each says that a network has the outputs of a program on every sequence of every length
      (`docs/trust.md`). `lsrl-check verify FILE` judges one; with `--verified` the checker does that
      is proved in Coq. Only those of at most \(Self.size) bytes are here: \(rows.count), of \(total)
      bytes together. Written by `RECORD_FIXTURES=1 swift test --filter StoredCertificatesTests`.

      | program | architecture | bytes | atoms |
      |---|---|---|---|

      """ + rows.joined(separator: "\n") + "\n"
    try FixtureFile("\(Self.folder)/README.md").check(list)
  }
}
