import Architectures
import ArgumentParser
import Compiler
import ExactJSON
import Properties
import PropertyTesting

struct ListCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists what there is: rules, architectures, properties or programs.",
    discussion: "Example: lsrl-check list architectures")

  enum Catalogue: String, ExpressibleByArgument, CaseIterable {
    case rules, architectures, properties, programs
  }

  @Argument(help: "rules, architectures, properties or programs.")
  var catalogue: Catalogue

  @Flag(help: "Print JSON.")
  var json = false

  func perform() async throws -> Outcome {
    let entries = entries
    if json {
      let list = entries.map { entry -> JSONValue in
        [
          "id": .string(entry.id), "statement": .string(entry.statement),
          "source": .string(entry.source),
        ]
      }
      try StandardOutput.line(JSONValue.array(list).description)
      return .holds
    }
    for entry in entries {
      try StandardOutput.line(entry.id)
      try StandardOutput.line("    \(entry.statement)")
      if !entry.source.isEmpty { try StandardOutput.line("    [\(entry.source)]") }
    }
    return .holds
  }

  private typealias Entry = (id: String, statement: String, source: String)

  private var entries: [Entry] {
    switch catalogue {
    case .rules: RewriteRule.catalogue.map { ($0.id, $0.statement, $0.source) }
    case .architectures:
      Architecture.allCases.map { ($0.rawValue, "\($0.title): \($0.expresses)", $0.source) }
    case .properties:
      Property.catalogue(on: []).map { ($0.id, $0.statement, $0.limits) }
    case .programs: ExampleProgram.catalogue.map { ($0.id, "\($0.title): \($0.file)", $0.source) }
    }
  }
}
