import Architectures
import ArgumentParser
import Compiler
import ExactJSON
import Foundation
import Properties
import PropertyTesting

struct CheckCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Searches for a random program that a claim does not hold for.",
    discussion: """
      Examples:
        lsrl-check --arch mamba --trials 10000
        lsrl-check --arch gru --trials 500 --certify all
        lsrl-check check --property traces-replay --trials 1000 --seed 7
        lsrl-check check --property all --time-budget 60s --json result.json

      Trial i depends on the seed and i only: not on --jobs, nor on how fast the machine is. A \
      refuted claim is shrunk to a small program and written to a file for `lsrl-check replay`.
      """)

  @OptionGroup var compiler: CompilerOptions
  @OptionGroup var certifying: CertifiedShareOptions

  @Option(help: "How many random cases to try.")
  var trials = 10_000

  @Option(help: "Where the random numbers start.")
  var seed: UInt64 = 1

  @Option(help: "How many trials run at the same time; all cores unless given.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "Stop after this time, such as 60s, 5m or 1h, with what was seen by then.")
  var timeBudget: TimeBudget?

  @Option(
    name: .customLong("property"),
    help: ArgumentHelp(
      "The claim to check, or all; repeatable. See `lsrl-check list properties`.",
      valueName: "id"))
  var properties: [String] = []

  @Option(help: ArgumentHelp("Write the result as JSON.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Where to write findings.", valueName: "folder"))
  var findings = "."

  func validate() throws {
    guard trials > 0 else { throw ValidationError("--trials must be positive") }
    guard jobs > 0 else { throw ValidationError("--jobs must be positive") }
    _ = try claims()
  }

  func perform() async throws -> Outcome {
    let interruption = Interruption()
    var outcome = Outcome.holds
    var reports: [JSONValue] = []
    for claim in try claims() where !interruption.isRequested {
      let report = await check(claim, interruption)
      try StandardOutput.line(report.text(Style.standardOutput))
      if let finding = report.result.finding {
        let path = "\(findings)/finding-\(claim.id)-\(seed)-\(finding.trial).json"
        try OutputFile.write(report.findingFile(finding).description + "\n", to: path)
        try StandardOutput.line("  file      \(path)  (lsrl-check replay \(path))")
      }
      reports.append(report.json)
      outcome = outcome.and(report.outcome)
    }
    if let json {
      let value = JSONValue.object([
        .init("schema", "lsrl-check/check/1"), .init("results", .array(reports)),
      ])
      try OutputFile.write(value.description + "\n", to: json)
    }
    return outcome
  }

  private func check(_ claim: Property, _ interruption: Interruption) async -> CheckReport {
    let progress = ProgressLine(total: trials, unit: "trials")
    var search = Search(trials: trials, seed: seed, workers: jobs)
    search.timeBudget = timeBudget?.duration
    search.isCancelled = { interruption.isRequested }
    search.onProgress = { progress.update($0) }
    let start = ContinuousClock.now
    let result = await search.run(claim)
    progress.finish()
    return CheckReport(
      property: claim, result: result, trials: trials, duration: ContinuousClock.now - start,
      command: replayCommand(for: claim), options: compiler)
  }

  private func claims() throws -> [Property] {
    let architectures = try compiler.architectures()
    let compilers = compiler.compilers(largestPath: Property.largestRandomPath)
    let catalogue = Property.catalogue(
      on: architectures, by: compilers, certified: certifying.oneOf)
    if properties.contains("all") { return catalogue }
    let wanted = properties.isEmpty ? [catalogue[0].id] : properties
    return try wanted.map { id in
      guard let claim = catalogue.first(where: { $0.id == id }) else {
        throw ValidationError("--property \(id): see `lsrl-check list properties`")
      }
      return claim
    }
  }

  private func replayCommand(for claim: Property) -> String {
    var words = ["lsrl-check check --property \(claim.id)"]
    words += compiler.names.map { "--arch \($0)" }
    words += compiler.variations.map { "--\($0.rawValue.kebabCased)" }
    if let length = compiler.maxLength { words.append("--max-length \(length)") }
    if let nonzeros = compiler.largestPath { words.append("--largest-path \(nonzeros)") }
    if certifying.oneOf != CertifiedShareOptions.Share.standard.oneOf {
      words.append("--certify \(certifying.oneOf.map(String.init) ?? "none")")
    }
    words.append("--trials \(trials) --seed \(seed)")
    return words.joined(separator: " ")
  }
}

/// 60s, 5m, 1h.
struct TimeBudget: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
    guard let unit = argument.last, let scale = units[unit],
      let count = Int(argument.dropLast()), count > 0, count < 1_000_000
    else { return nil }
    duration = .seconds(count * scale)
  }
}
