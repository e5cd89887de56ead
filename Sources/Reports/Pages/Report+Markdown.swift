extension Report {
  /// What the first line of each Markdown report is, to know our own files by.
  public static let markdownSign = "<!-- lsrl-check report -->"

  /// The report for terminals and for pages of repositories. Plots are tables here, graphs lists.
  public var markdown: String {
    var lines = [Report.markdownSign, "", "# \(title.inMarkdown)", ""]
    if !summary.isEmpty { lines += [summary.inMarkdown, ""] }
    if !verdicts.isEmpty {
      lines += verdicts.map { verdict in
        let detail = verdict.detail.isEmpty ? "" : ": \(verdict.detail.inMarkdown)"
        return "- **\(verdict.outcome.shown)** \(verdict.claim.inMarkdown)\(detail)"
      }
      lines.append("")
    }
    var number = 0
    for section in sections {
      lines += ["## \(section.title.inMarkdown)", ""]
      for block in section.blocks {
        switch block {
        case .text(let text): lines += [text.inMarkdown, ""]
        case .figure(let figure):
          number += 1
          lines += figure.markdown(number: number)
        }
      }
    }
    lines.append("Written by \(producer.inMarkdown). All points are in report.json.")
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Report.Figure {
  fileprivate func markdown(number: Int) -> [String] {
    var lines = ["**\(content.word) \(number).** \(caption.inMarkdown)", ""]
    if case .graph(let graph) = content {
      lines += graph.list.map { "    " + $0.visible.onOneLine }
    } else {
      let table = content.table
      let shown = table.rows.prefix(Report.Figure.mostMarkdownRows)
      lines.append(table.columns.map(\.title.inMarkdown).inCells)
      lines.append(table.columns.map { $0.isNumeric ? "---:" : "---" }.inCells)
      lines += shown.map { $0.map(\.shown.inMarkdown).inCells }
      if shown.count < table.rows.count {
        lines += ["", "… and \(table.rows.count - shown.count) more rows."]
      }
    }
    return lines + ["", "Again: \(command.inMarkdownCode)\(seedNote)", ""]
  }

  private static let mostMarkdownRows = 200
}

extension Report.Figure {
  var seedNote: String { seed.map { ", seed \($0)" } ?? "" }
}

extension Report.Figure.Content {
  var word: String { if case .table = self { "Table" } else { "Figure" } }
}

extension String {
  /// A text in Markdown, on one line, with nothing that Markdown or HTML would read as a sign.
  var inMarkdown: String {
    var text = ""
    for character in visible.onOneLine.clipped(4_000) {
      switch character {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~", "$": text += "\\\(character)"
      default: text.append(character)
      }
    }
    return text
  }

  /// Code on one line, fenced by more backticks than it has in a row.
  fileprivate var inMarkdownCode: String {
    let text = visible.onOneLine
    var longest = 0
    var run = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return longest == 0 ? fence + text + fence : "\(fence) \(text) \(fence)"
  }

  var onOneLine: String { String(map { $0.isNewline ? " " : $0 }) }
}

extension [String] {
  fileprivate var inCells: String { "| " + joined(separator: " | ") + " |" }
}
