import ArgumentParser
import ExactJSON
import Reports

struct ReportNoiseCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "noise",
    abstract: "Reports the noise experiment with the authors' points beside ours.",
    discussion: """
      Examples:
        lsrl-check noise tok2tok --constants auto --json tok2tok.json
        lsrl-check report noise --data tok2tok.json --out noise
        lsrl-check report noise tok2tok --with targets=10 --with length=3 --out noise

      Takes files that `lsrl-check noise --json` wrote, or runs the experiments that are named, \
      with options of `lsrl-check noise` as name=value. That a variant goes wrong is the result: \
      exits with 0 when all is written.
      """)

  @Argument(help: "Experiments to run: vec2vec, tok2tok.")
  var experiments: [NoiseCommand.Experiment] = []

  @Option(help: ArgumentHelp("A file of figures; repeatable.", valueName: "file"))
  var data: [String] = []

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp("An option of `noise`, for each experiment.", valueName: "name=value"))
  var options: [String] = []

  @OptionGroup var report: ReportOptions

  func validate() throws {
    guard !experiments.isEmpty || !data.isEmpty else {
      throw ValidationError("report noise takes --data, or experiments to run")
    }
    for experiment in experiments { _ = try command(experiment) }
  }

  private func arguments(_ experiment: NoiseCommand.Experiment) throws -> [String] {
    try [experiment.rawValue]
      + options.flatMap { option in
        let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[0] != "json" else {
          throw ValidationError("--with \(option): expected name=value, such as targets=10")
        }
        return ["--\(parts[0])", parts[1]]
      }
  }

  private func command(_ experiment: NoiseCommand.Experiment) throws -> NoiseCommand {
    try NoiseCommand.parse(try arguments(experiment))
  }

  func perform() async throws -> Outcome {
    try report.folder.check()
    var findings: [NoiseFindings] = []
    for file in data { findings.append(try NoiseFile(reading: file).findings) }
    for experiment in experiments {
      let command = try command(experiment)
      let document = command.document(try await command.measured())
      do {
        let line = ShellLine.line(["noise"] + (try arguments(experiment)))
        findings.append(try NoiseFile(document, command: line).findings)
      } catch let error as JSONContentError {
        throw Failure(code: .ourBug, message: "\(error)")
      }
    }
    _ = try report.write(.noise(findings, producer: ReportOptions.producer))
    return .holds
  }
}
