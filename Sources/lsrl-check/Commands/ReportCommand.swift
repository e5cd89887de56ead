import ArgumentParser
import Reports

/// Reports: what was found out, as pages with pictures.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes what was found out as pages: JSON, Markdown and HTML with pictures.",
    discussion: """
      Examples:
        lsrl-check report program fixtures/programs/more-ones-than-zeros.lsrl --input bits.csv \\
          --out more-ones
        lsrl-check report ifelse --out ifelse
        lsrl-check report exact dictionary.lsrl --inputs integers --steps 18 --out exact
        lsrl-check report noise --data vec2vec.json --out noise

      Each writes report.json, report.md and report.html into the folder --out, and nothing else. \
      The page needs no network. What no report wrote is not replaced without --force. A report \
      exits as the verdicts in it say: 0 all hold, 1 one is refuted, 2 one is undecided.
      """,
    subcommands: [
      ReportIfElseCommand.self, ReportProgramCommand.self, ReportNoiseCommand.self,
      ReportExactCommand.self,
    ])
}

/// Where a report goes.
struct ReportOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder to write to.", valueName: "folder"))
  var out: String

  @Flag(help: "Replace files that no report wrote.")
  var force = false

  var folder: ReportFolder { ReportFolder(path: out, isForced: force) }

  /// Writes the report, says where, and ends as its verdicts say.
  func write(_ report: Report) throws -> Outcome {
    try folder.write(report)
    for verdict in report.verdicts {
      try StandardOutput.line("\(verdict.outcome.rawValue)  \(verdict.claim)")
    }
    try StandardOutput.line("\(out)/report.html")
    return report.outcome
  }

  static var producer: String { "lsrl-check \(LSRLCheck.configuration.version)" }
}

extension Report {
  /// The worst of the verdicts; what was only measured is none.
  var outcome: Outcome {
    verdicts.reduce(.holds) { outcome, verdict in
      switch verdict.outcome {
      case .holds, .measured: outcome
      case .refuted: outcome.and(.refuted)
      case .undecided: outcome.and(.undecided)
      }
    }
  }
}
