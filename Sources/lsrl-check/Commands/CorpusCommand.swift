import Architectures
import ArgumentParser
import Compiler
import ExactJSON
import LSRL
import Verification

struct CorpusCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Runs programs with known outputs on every route, and compares exactly.",
    discussion: """
      A line per program: its name, and for the source, the path by the rules, the lean path and \
      each architecture: right, refused (reason) or wrong (the first token that differs).

      Examples:
        lsrl-check corpus fixtures/corpus/random.jsonl fixtures/corpus/named.jsonl --arch mamba
        lsrl-check corpus fixtures/corpus/named.jsonl --arch all --summary --certify
      """)

  @Argument(help: "Files in the corpus's form: .json, or .jsonl with a program a line.")
  var files: [String]

  @OptionGroup var compiler: CompilerOptions

  @Flag(help: "Print the sizes of all that a program becomes.")
  var stats = false

  @Flag(help: "Print a JSON object a line.")
  var json = false

  @Flag(
    help: ArgumentHelp(
      "Print a table instead: a line for each program and architecture.",
      discussion: "Runs of the same program are counted together."))
  var summary = false

  @Flag(
    help: ArgumentHelp(
      "Look for certificates that the layers have the programs' outputs on every sequence.",
      discussion: "With --summary. Where none is found, that is said, and is no failure."))
  var certify = false

  func perform() async throws -> Outcome {
    let architectures = try compiler.architectures()
    if summary, architectures.isEmpty { throw ValidationError("--summary needs an --arch") }
    if certify, !summary { throw ValidationError("--certify goes with --summary") }
    let compilers = compiler.compilers(largestPath: 2_000_000)
    var tally = CorpusTally()
    var table = CorpusSummary()
    for file in files {
      let lines = try CorpusFile(file).lines()
      let progress = ProgressLine(total: lines.count, unit: "programs")
      let groups = Dictionary(grouping: lines.indices) { lines[$0].value.program.graph }
        .values.sorted { $0[0] < $1[0] }
      var reports = [CorpusLine?](repeating: nil, count: lines.count)
      var rows = [[CorpusSummary.Row]](repeating: [], count: lines.count)
      var printed = 0
      // A program is compiled once, however many inputs it comes with.
      try await withThrowingTaskGroup(of: ([Int], [CorpusLine], [CorpusSummary.Row]).self) {
        tasks in
        for group in groups {
          tasks.addTask {
            let compilation = Compilation(
              lines[group[0]].value.program, for: architectures, by: compilers)
            let engines = RouteEngines(compilation)
            let bound = stats ? compilation.program.leanBound() : nil
            let done = group.map {
              CorpusLine(lines[$0].value, compilation, engines, bound: bound)
            }
            let rows =
              summary ? CorpusSummary.rows(done, compilation, certifying: certify) : []
            return (group, done, rows)
          }
        }
        for try await (group, done, groupRows) in tasks {
          for (index, report) in zip(group, done) { reports[index] = report }
          rows[group[0]] = groupRows
          progress.finish()
          while printed < reports.count, let report = reports[printed] {
            if !summary { try show(report) }
            tally.count(report)
            printed += 1
          }
          progress.update(printed)
        }
      }
      progress.finish()
      table.add(rows.flatMap(\.self))
    }
    if summary { try show(table) }
    if !json { try StandardOutput.line(tally.text) }
    if !json, let text = table.certifiedText { try StandardOutput.line(text) }
    return tally.outcome.and(table.outcome)
  }

  private func show(_ line: CorpusLine) throws {
    try StandardOutput.line(json ? line.json.description : line.text(stats: stats))
  }

  private func show(_ table: CorpusSummary) throws {
    guard json else { return try StandardOutput.line(table.text) }
    for row in table.rows { try StandardOutput.line(row.json.description) }
  }
}

/// What became of one line of a corpus.
struct CorpusLine: Sendable {
  let name: String
  let results: [(route: Route, result: RouteResult)]
  let sizes: [(route: Route, json: JSONValue, text: String)]

  /// What no lean path can go below.
  let bound: LeanBound?

  init(
    _ line: CorpusCase, _ compilation: Compilation, _ engines: RouteEngines,
    bound: LeanBound? = nil
  ) {
    self.bound = bound
    name = line.name
    results = engines.run(line.tokens, expecting: line.outputs).results
    sizes = compilation.sizes
  }

  func text(stats: Bool) -> String {
    let verdicts = results.map { "\($0.route): \($0.result.brief)" }
    var lines = ["\(name)  " + verdicts.joined(separator: "; ")]
    if stats { lines += sizes.map { "    \($0.route): \($0.text)" } }
    if let bound { lines.append("    bound: \(bound)") }
    return lines.joined(separator: "\n")
  }

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(name)),
      .init("routes", .object(results.map { .init("\($0.route)", $0.result.json) })),
      .init("sizes", .object(sizes.map { .init("\($0.route)", $0.json) })),
    ]
    if let bound { members.append(.init("bound", bound.json)) }
    return .object(members)
  }
}

extension Compilation {
  fileprivate var sizes: [(route: Route, json: JSONValue, text: String)] {
    let source = program.graph.size
    var sizes: [(route: Route, json: JSONValue, text: String)] = [
      (.source, source.json, source.description)
    ]
    if case .success(let debranched) = rules {
      let size = debranched.path.size
      sizes.append((.rules, size.json, size.description))
    }
    sizes.append((.lean, lean.size.json, lean.size.description))
    for (architecture, stack) in stacks {
      guard case .success(let stack) = stack else { continue }
      sizes.append((.architecture(architecture), stack.size.json, stack.size.description))
    }
    return sizes
  }
}

extension RouteResult {
  fileprivate var brief: String {
    switch self {
    case .right: "right"
    case .wrong(let difference): "WRONG (\(difference))"
    case .refused(let reason): "refused (\(reason))"
    case .undecided(let reason): "undecided (\(reason))"
    }
  }

  fileprivate var json: JSONValue {
    switch self {
    case .right: ["verdict": "right"]
    case .refused(let reason): ["verdict": "refused", "reason": .string(reason)]
    case .undecided(let reason): ["verdict": "undecided", "reason": .string(reason)]
    case .wrong(let difference):
      [
        "verdict": "wrong", "token": JSONValue(difference.token),
        "expected": JSONValue(vector: difference.expected),
        "found": JSONValue(vector: difference.found),
      ]
    }
  }
}

/// How many programs each route was right on.
private struct CorpusTally {
  private var routes: [Route] = []
  private var counts: [Route: [String: Int]] = [:]
  private var programs = 0

  mutating func count(_ line: CorpusLine) {
    programs += 1
    for (route, result) in line.results {
      if counts[route] == nil { routes.append(route) }
      let verdict =
        switch result {
        case .right: "right"
        case .wrong: "wrong"
        case .refused: "refused"
        case .undecided: "undecided"
        }
      counts[route, default: [:]][verdict, default: 0] += 1
    }
  }

  var outcome: Outcome {
    let all = counts.values
    if all.contains(where: { $0["wrong"] != nil }) { return .refuted }
    return programs == 0 || all.contains { $0["undecided"] != nil } ? .undecided : .holds
  }

  var text: String {
    let lines = routes.map { route in
      let parts = ["right", "refused", "wrong", "undecided"].map {
        "\(counts[route]?[$0, default: 0] ?? 0) \($0)"
      }
      return "  \(route): " + parts.joined(separator: ", ")
    }
    return (["\(programs) programs"] + lines).joined(separator: "\n")
  }
}
