import ArgumentParser
import Properties
import PropertyTesting

struct ReplayCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Checks a finding again.",
    discussion: """
      The case that was written down is checked first, then the choices that made it: they make the \
      same case only while the generator stays as it was.

      Example: lsrl-check replay finding-lowering-preserves-meaning-1-17.json
      """)

  @Argument(help: "A file that `lsrl-check check` wrote.")
  var file: String

  func perform() async throws -> Outcome {
    let finding = try FindingFile(reading: file)
    let property = try ReplayCommand.property(of: finding, from: file)
    var outcome: Outcome?
    if let record = finding.record {
      guard let examination = property.examineRecord?(record) else {
        throw Failure.badInput("\(file): case: expected a case of \(property.id)")
      }
      try report("the case", examination.verdict, &outcome)
    }
    var choices = Choices(replaying: finding.choices)
    let examination = property.examineClosely(&choices)
    // The case as written has the last word; where there is none, the choices have.
    var unused: Outcome?
    if outcome == nil {
      try report("the choices", examination.verdict, &outcome)
    } else {
      try report("the choices", examination.verdict, &unused)
    }
    var again = Choices(replaying: finding.choices)
    try StandardOutput.line("  " + indented(property.describe(&again)))
    return outcome ?? .undecided
  }

  static func property(of finding: FindingFile, from file: String) throws -> Property {
    var options = CompilerOptions()
    options.names = finding.architectures
    options.variations = finding.variations
    options.maxLength = finding.maxLength
    options.largestPath = finding.largestPath
    do { try options.validate() } catch {
      throw Failure.badInput("\(file): \(error)")
    }
    let catalogue = Property.catalogue(
      on: try options.architectures(),
      by: options.compilers(largestPath: Property.largestRandomPath))
    guard let property = catalogue.first(where: { $0.id == finding.property }) else {
      throw Failure.badInput("\(file): property: expected the id of one, found \(finding.property)")
    }
    return property
  }

  private func report(_ what: String, _ verdict: Verdict, _ outcome: inout Outcome?) throws {
    switch verdict {
    case .holds:
      outcome = .holds
      try StandardOutput.line("\(what): holds now")
    case .refuted(let kind, let explanation):
      outcome = .refuted
      try StandardOutput.line("\(what): REFUTED, \(kind): \(explanation)")
    case .undecided(let reason):
      outcome = .undecided
      try StandardOutput.line("\(what): UNDECIDED, \(reason)")
    }
  }

  private func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ")
  }
}
