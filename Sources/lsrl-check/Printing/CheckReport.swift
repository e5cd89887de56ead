import Compiler
import ExactJSON
import LSRL
import Properties
import PropertyTesting

/// What comes of checking one claim, for people and for machines.
struct CheckReport {
  let property: Property
  let result: SearchResult
  let trials: Int
  let duration: Duration
  let command: String
  let options: CompilerOptions

  /// A time-out or an open question is never green, and neither is a claim that no case tested.
  var outcome: Outcome {
    if result.finding != nil { return .refuted }
    return result.undecided.isEmpty && result.held == trials ? .holds : .undecided
  }

  func text(_ style: Style) -> String {
    var lines = ["\(property.id): \(verdict(style))", "  claim     \(property.statement)"]
    if let finding = result.finding {
      lines += self.lines(of: finding)
    } else {
      lines.append("  trials    \(result.held.grouped) held, \(rate.grouped) per second")
    }
    if result.end == .timeBudget || result.end == .interrupted {
      lines.append(
        "  stopped   after \(result.trialsRun.grouped) of \(trials.grouped) trials: "
          + "\(result.end.rawValue)")
    }
    for (reason, count) in result.undecided.sorted(by: { $0.key < $1.key }) {
      lines.append("  undecided \(count.grouped) × \(reason)")
    }
    lines += certificates
    lines += coverage
    for (name, largest) in result.measured.sorted(by: { $0.key < $1.key }) {
      lines.append(
        "  floats    \(name): largest error \(largest.value) of max(|exact|, 1), "
          + "in trial \(largest.trial)")
    }
    lines += [
      "  limits    \(property.limits)", "  seed      \(result.seed)", "  again     \(command)",
    ]
    return lines.joined(separator: "\n")
  }

  private func verdict(_ style: Style) -> String {
    switch outcome {
    case .holds: style.good("holds")
    case .refuted: style.bad("REFUTED")
    case .undecided: style.open("UNDECIDED")
    }
  }

  private func lines(of finding: Finding) -> [String] {
    [
      "  trial     \(finding.trial), shrunk in \(finding.shrinkAttempts.grouped) attempts",
      "  because   \(finding.kind): \(finding.explanation)",
      "  program   "
        + finding.description.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "\n            "),
    ]
  }

  /// Of how many networks certificates were found.
  private var certificates: [String] {
    let tally = CertificateTally(result.coverage)
    guard tally.tried > 0 else { return [] }
    let rows = tally.rows.map { row in
      let kinds = row.found.filter { $0.key != "certified" }.sorted { $0.key < $1.key }
      let list = kinds.map { ", \($0.value.grouped) of them \($0.key)" }.joined()
      return "            \(row.route): \(row.certified.grouped) of \(row.tried.grouped)\(list)"
    }
    let missed = (tally.tried - tally.certified).grouped
    return [
      "  certified \(tally.certified.grouped) of \(tally.tried.grouped) tried; no certificate was "
        + "found of \(missed), which says nothing"
    ] + rows
  }

  /// What was compiled, what was refused and why, then the rules; rules that no trial used are
  /// listed with 0.
  private var coverage: [String] {
    var counts = result.coverage.filter { !CertificateTally.isLabel($0.key) }
    if counts.keys.contains(where: { $0.hasPrefix("rule ") }) {
      for rule in RewriteRule.catalogue { counts["rule \(rule.id)", default: 0] += 0 }
    }
    let labels = counts.keys.sorted { left, right in
      let leftIsRule = left.hasPrefix("rule ")
      let rightIsRule = right.hasPrefix("rule ")
      return leftIsRule == rightIsRule ? left < right : rightIsRule
    }
    return labels.map { label in
      let count = counts[label, default: 0]
      return "  covered   \(count.grouped)\(share(count)) × \(label)"
    }
  }

  private func share(_ count: Int) -> String {
    let cases = max(result.trialsRun, 1)
    let tenths = (count * 1000 + cases / 2) / cases
    return " (\(tenths / 10).\(tenths % 10) %)"
  }

  private var rate: Int { Int(Double(result.held) / max(duration / .seconds(1), 1e-9)) }
}

// MARK: - For machines

extension CheckReport {
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("property", .string(property.id)), .init("statement", .string(property.statement)),
      .init("verdict", .string("\(outcome)")), .init("trials", JSONValue(trials)),
      .init("held", JSONValue(result.held)), .init("end", .string(result.end.rawValue)),
      .init("undecided", counts(result.undecided)),
      .init("covered", counts(result.coverage.filter { !CertificateTally.isLabel($0.key) })),
      .init("certified", certified),
      .init(
        "measured",
        .object(
          result.measured.sorted { $0.key < $1.key }.map { name, largest in
            .init(name, ["largest": JSONValue(largest.value), "trial": JSONValue(largest.trial)])
          })),
      .init("limits", .string(property.limits)), .init("seed", .number("\(result.seed)")),
      .init("seconds", JSONValue(duration / .seconds(1))), .init("command", .string(command)),
    ]
    if let finding = result.finding {
      members.append(.init("finding", findingFile(finding)))
    }
    return .object(members)
  }

  private var certified: JSONValue {
    .object(
      CertificateTally(result.coverage).rows.map { row in
        .init(
          row.route,
          [
            "tried": JSONValue(row.tried), "certified": JSONValue(row.certified),
            "kinds": counts(row.found),
          ])
      })
  }

  private func counts(_ counts: [String: Int]) -> JSONValue {
    .object(counts.sorted { $0.key < $1.key }.map { .init($0.key, JSONValue($0.value)) })
  }

  /// What `lsrl-check replay` reads: the case itself, which outlives changes of the generator, and
  /// the choices that made it.
  func findingFile(_ finding: Finding) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("schema", .string(FindingFile.schema)), .init("property", .string(property.id)),
      .init("architectures", .array(options.names.map { .string($0) })),
      .init("kind", .string(finding.kind)), .init("explanation", .string(finding.explanation)),
      .init("description", .string(finding.description)),
      .init("seed", .number("\(finding.seed)")), .init("trial", JSONValue(finding.trial)),
      .init("choices", .array(finding.choices.choices.map { .number("\($0)") })),
    ]
    if !options.variations.isEmpty {
      members.append(
        .init("variations", .array(options.variations.map { .string($0.rawValue) })))
    }
    if let length = options.maxLength { members.append(.init("maxLength", JSONValue(length))) }
    if let nonzeros = options.largestPath {
      members.append(.init("largestPath", JSONValue(nonzeros)))
    }
    if let record = finding.record { members.append(.init("case", .string(record))) }
    return .object(members)
  }
}
