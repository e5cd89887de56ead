import Architectures
import ArgumentParser
import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import ExactJSON
import LSRL
import Properties
import PropertyTesting
import Reports
import Verification

struct ReportProgramCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "program",
    abstract: "Reports on one program: verdicts, sizes, errors over time, and its graph.",
    discussion: """
      Examples:
        lsrl-check report program fixtures/programs/more-ones-than-zeros.lsrl --input bits.csv \\
          --format binary32 --out more-ones
        lsrl-check report program finding-lowering-preserves-meaning-1-17.json --out finding

      The program is compiled for every architecture, or those of --arch, and run over the \
      rationals; then as it is and as its lean path in floats, with bounds on errors. A finding \
      that `lsrl-check check` wrote is checked again and drawn. Without --input a program's file \
      may bring its own tokens; without any, nothing is run.
      """)

  @OptionGroup var file: ProgramFile
  @OptionGroup var compiler: CompilerOptions
  @OptionGroup var report: ReportOptions

  @Option(help: ArgumentHelp("The tokens, as JSON or CSV.", valueName: "file"))
  var input: String?

  @Option(
    name: .customLong("format"),
    help: "A float format; repeatable; binary64 and binary32 unless given.")
  var formats: [FloatFormat] = []

  @Option(help: "tight or fast bounds, or observed: errors without bounds.")
  var bounds = Bounds.tight

  enum Bounds: String, ExpressibleByArgument, CaseIterable { case tight, fast, observed }

  /// Tokens beyond these are not shown one by one.
  private static let mostShownTokens = 60

  func perform() async throws -> Outcome {
    try report.folder.check()
    let subject = try read()
    let tokens = try tokens(for: subject.program, or: subject.tokens)
    var findings = ProgramFindings(
      name: subject.name, program: subject.program, tokenCount: tokens.count,
      command: ShellLine.command)
    findings.finding = subject.finding
    let compilers = compiler.compilers(largestPath: 200_000)
    let compilation = Compilation(
      subject.program,
      for: compiler.names.isEmpty ? Architecture.allCases : try compiler.architectures(),
      by: compilers)
    findings.path = compilation.lean
    let outcome = RouteEngines(compilation).run(tokens)
    findings.routes = outcome.results.map { route, result in
      .init("\(route)", ProgramFindings.Route.Result(result), size: compilation.size(of: route))
    }
    if let outputs = outcome.outputs, !tokens.isEmpty {
      if tokens.count <= ReportProgramCommand.mostShownTokens {
        findings.outputs = zip(tokens, outputs).map { ($0.shownVector, $1.shownVector) }
      }
      findings.runs = try runs(of: subject.program, tokens, compilers)
    }
    return try report.write(.program(findings, producer: ReportOptions.producer))
  }

  // MARK: - What it is about

  private struct Subject {
    let name: String
    let program: Program
    let tokens: [[Rational]]
    var finding: Report.Verdict?
  }

  private func read() throws -> Subject {
    if let finding = try readFinding() { return finding }
    let read = try file.read()
    let name = file.program.split(separator: "/").last.map(String.init) ?? file.program
    return Subject(name: name, program: read.program, tokens: read.tokens)
  }

  /// Nil if the file is none.
  private func readFinding() throws -> Subject? {
    guard file.program.hasSuffix(".json"),
      let json = try? JSONValue(parsing: InputFile.bytes(of: file.program)),
      json["schema"] == .string(FindingFile.schema)
    else { return nil }
    let finding = try FindingFile(reading: file.program)
    guard let record = finding.record else {
      throw Failure.badInput("\(file.program): case: expected a program, found null")
    }
    do {
      let read = try CorpusCase(parsing: JSONValue(parsing: Array(record.utf8)))
      return Subject(
        name: "Counterexample to \(finding.property)", program: read.program, tokens: read.tokens,
        finding: try verdict(on: finding, record))
    } catch let error as JSONSyntaxError {
      throw Failure.badInput("\(file.program): case: \(error)")
    } catch let error as JSONContentError {
      throw Failure.badInput("\(file.program): case: \(error)")
    }
  }

  /// What becomes of the case when it is checked again.
  private func verdict(on finding: FindingFile, _ record: String) throws -> Report.Verdict {
    let property = try ReplayCommand.property(of: finding, from: file.program)
    guard let examination = property.examineRecord?(record) else {
      throw Failure.badInput("\(file.program): case: expected a case of \(property.id)")
    }
    let claim = "\(property.id): \(property.statement)"
    switch examination.verdict {
    case .holds: return Report.Verdict(.holds, claim, "now holds on this case")
    case .refuted(let kind, let explanation):
      return Report.Verdict(.refuted, claim, "\(kind): \(explanation)")
    case .undecided(let reason): return Report.Verdict(.undecided, claim, reason)
    }
  }

  private func tokens(for program: Program, or own: [[Rational]]) throws -> [[Rational]] {
    guard let input else { return own }
    return try TokenFile(input).tokens(for: .program(program))
  }

  // MARK: - Floats

  private func runs(
    of program: Program, _ tokens: [[Rational]], _ compilers: Compilers
  ) throws -> [ProgramFindings.Run] {
    let formats = formats.isEmpty ? [.binary64, .binary32] : formats
    return try [Route.source, .lean].flatMap { route in
      try formats.compactMap { try run(program, route, $0, tokens, compilers) }
    }
  }

  /// Nil where numbers are too large for the exact engine.
  private func run(
    _ program: Program, _ route: Route, _ format: FloatFormat, _ tokens: [[Rational]],
    _ compilers: Compilers
  ) throws -> ProgramFindings.Run? {
    let subject = try BoundSubject(program, route: route, by: compilers)
    do {
      let exact = try ExactEngine(subject.truth).run(tokens)
      let engine = try RunningBound(
        subject.tape, format: format, mode: bounds == .fast ? .fast : .tight)
      let found = try engine.run(tokens)
      let pairs = zip(found, exact).map { Array(zip($0, $1)) }
      let values = pairs.flatMap(\.self)
      let isBounded = bounds != .observed
      return ProgramFindings.Run(
        route: "\(route)", format: format.name,
        errors: pairs.map { outputs in
          outputs.map { $0.error(from: $1).map { Double(nearest: $0) } ?? .infinity }.max() ?? 0
        },
        bounds: isBounded ? pairs.map { $0.map { $0.0.bound }.max() ?? 0 } : [],
        holds: isBounded ? values.allSatisfy { $0.holds(for: $1) } : nil,
        provedExact: isBounded ? values.count { $0.0.bound == 0 } : 0, outputs: values.count,
        rounding: rounding(values, isBounded),
        command: command(route, format))
    } catch {
      return nil
    }
  }

  private func rounding(
    _ values: [(BoundedValue, Rational)], _ isBounded: Bool
  ) -> ProgramFindings.Rounding? {
    guard values.allSatisfy(\.1.isInteger) else { return nil }
    let right = values.filter { value, exact in
      value.error(from: exact).map { $0 < Rational(1, 2) } ?? false
    }
    return .init(
      right: right.count, certain: isBounded ? right.count { $0.0.roundsRight } : 0)
  }

  /// The figures of one run as numbers; the report itself if the tokens are the file's own.
  private func command(_ route: Route, _ format: FloatFormat) -> String {
    guard let input else { return ShellLine.command }
    return ShellLine.line(
      ["bound", file.program] + file.settings.flatMap { ["--set", $0] }
        + [
          "--input", input, "--route", "\(route)", "--format", format.name, "--mode",
          bounds == .fast ? "fast" : "tight",
        ])
  }
}

extension ProgramFindings.Route.Result {
  fileprivate init(_ result: RouteResult) {
    self =
      switch result {
      case .right: .right
      case .wrong(let difference): .wrong("\(difference)")
      case .refused(let reason): .refused(reason)
      case .undecided(let reason): .undecided(reason)
      }
  }
}

extension Compilation {
  /// Nil where there is nothing.
  fileprivate func size(of route: Route) -> ProgramFindings.Size? {
    switch route {
    case .source: return .init(program.graph.size)
    case .lean: return .init(lean.size)
    case .rules:
      guard case .success(let debranched) = rules else { return nil }
      return .init(debranched.path.size)
    case .architecture(let architecture):
      guard let stack = stacks.first(where: { $0.architecture == architecture })?.stack,
        case .success(let layers) = stack
      else { return nil }
      let size = layers.size
      return .init(
        parts: size.layerCount == 1 ? "1 layer" : "\(size.layerCount) layers", width: size.width,
        denseParameters: size.denseParameters, nonzeros: size.nonzeros)
    }
  }
}

extension ProgramFindings.Size {
  fileprivate init(_ size: ProgramSize) {
    self.init(
      parts: "\(size.nodes) nodes", width: size.width, denseParameters: size.denseParameters,
      nonzeros: size.nonzeros)
  }
}

extension [Rational] {
  fileprivate var shownVector: String { map(\.description).joined(separator: ", ") }
}
