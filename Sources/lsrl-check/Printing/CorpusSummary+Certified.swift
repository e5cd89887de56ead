import Architectures
import Verification

extension CorpusSummary {
  /// How many networks were certified, by architecture, as a table in Markdown, and of which none
  /// was found. Nil if no certificate was looked for.
  var certifiedText: String? {
    let tried = rows.filter { $0.certification != nil }
    if tried.isEmpty { return nil }
    let architectures = Architecture.allCases.filter { architecture in
      rows.contains { $0.architecture == architecture }
    }
    let counts = architectures.map { architecture in
      (architecture, Counts(rows.filter { $0.architecture == architecture }))
    }
    let all = Counts(rows)
    let missing = tried.filter { $0.certification?.isCertified == false }
    var lines = [
      "certified \(all.certified.grouped) of \(all.compiled.grouped) networks", "",
      "| architecture | programs | compiled | certified | in blocks | up to some length "
        + "| none found |",
      "|---|---|---|---|---|---|---|",
    ]
    lines += counts.map { "| \($0.rawValue) \($1.cells)" }
    lines.append("| together \(all.cells)")
    if !missing.isEmpty {
      lines += ["", "No certificate found:", ""]
      lines += missing.map { "- `\($0.program)` as \($0.architecture.rawValue)" }
    }
    return lines.joined(separator: "\n")
  }

  private struct Counts {
    var programs = 0
    var compiled = 0
    var always = 0
    var inBlocks = 0
    var bounded = 0
    var missing = 0

    var certified: Int { always + inBlocks + bounded }

    init(_ rows: [Row]) {
      programs = rows.count
      for row in rows {
        guard let certification = row.certification else { continue }
        compiled += 1
        switch certification.found?.scope {
        case .always(block: 1): always += 1
        case .always: inBlocks += 1
        case .upTo: bounded += 1
        case nil: missing += 1
        }
      }
    }

    var cells: String {
      let counts = [programs, compiled, always, inBlocks, bounded, missing]
      return "| " + counts.map(\.grouped).joined(separator: " | ") + " |"
    }
  }
}
