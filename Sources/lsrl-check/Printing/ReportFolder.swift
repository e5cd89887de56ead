import ExactJSON
import Foundation
import Reports

/// The folder that a report goes to: report.json, report.md and report.html, and nothing else.
struct ReportFolder {
  let path: String

  /// Whether files may be replaced that no report wrote.
  let isForced: Bool

  /// Each file, and how to know one of ours by its text.
  private static let files: [(name: String, isOurs: @Sendable (String) -> Bool)] = [
    (
      "report.json",
      { text in
        guard let json = try? JSONValue(parsing: Array(text.utf8)),
          case .string(let schema) = json["schema"]
        else { return false }
        return schema.hasPrefix("lsrl-check/report/")
      }
    ),
    ("report.md", { $0.hasPrefix(Report.markdownSign) }),
    ("report.html", { $0.contains(Report.htmlSign) }),
  ]

  /// Before any work: an answer that cannot be written is not worth waiting for.
  func check() throws {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else { return }
    guard isDirectory.boolValue else {
      throw Failure.cannotWrite("\(path): expected a folder, found a file")
    }
    for file in ReportFolder.files {
      let place = place(of: file.name)
      // Not following links: what a link points to may lie elsewhere.
      guard let kind = ReportFolder.kind(of: place) else { continue }
      switch kind {
      case .typeRegular where isForced || ReportFolder.text(of: place).map(file.isOurs) ?? false:
        break
      case .typeSymbolicLink where isForced:
        break
      case .typeRegular:
        throw Failure.cannotWrite(
          "\(place): expected a report of ours or nothing, found something else; "
            + "--force replaces it")
      case .typeSymbolicLink:
        throw Failure.cannotWrite("\(place): expected a file, found a link; --force replaces it")
      default:
        throw Failure.cannotWrite("\(place): expected a file, found something else")
      }
    }
  }

  /// All files, each whole or not at all.
  func write(_ report: Report) throws {
    try check()
    let texts = [report.json.laidOut() + "\n", report.markdown, report.html]
    var written: [(temporary: String, place: String)] = []
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (file, text) in zip(ReportFolder.files, texts) {
        let temporary = place(of: ".\(file.name).\(UUID().uuidString)")
        written.append((temporary, place(of: file.name)))
        try Data(text.utf8).write(to: URL(filePath: temporary), options: .withoutOverwriting)
      }
      for (temporary, place) in written {
        guard rename(temporary, place) == 0 else {
          throw Failure.cannotWrite("\(place): \(String(cString: strerror(errno)))")
        }
      }
    } catch {
      for (temporary, _) in written { try? FileManager.default.removeItem(atPath: temporary) }
      if let failure = error as? Failure { throw failure }
      throw Failure.cannotWrite("\(path): \(error.localizedDescription)")
    }
  }

  private func place(of name: String) -> String {
    path.hasSuffix("/") ? path + name : "\(path)/\(name)"
  }

  private static func kind(of place: String) -> FileAttributeType? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: place)
    return attributes?[.type] as? FileAttributeType
  }

  private static func text(of place: String) -> String? {
    try? String(contentsOfFile: place, encoding: .utf8)
  }
}
