import Architectures
import ArgumentParser
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import Reports
import Verification

struct ReportExactCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "exact",
    abstract: "Reports how many bits a program needs to be exact, against its constants.",
    discussion: """
      Examples:
        lsrl-check report exact fixtures/programs/more-ones-than-zeros.lsrl --inputs 0..1 \\
          --steps 30 --out more-ones
        lsrl-check report exact fixtures/programs/dictionary.lsrl --inputs integers --steps 18 \\
          --lambda 32 --variant direct,optimized,step_optimized --out dictionary

      Sets the parameters mu, lambda and variant of the program to each of the values, and looks \
      at each program as `lsrl-check exact` does. A parameter without values stays as written.
      """)

  enum PathRoute: String, ExpressibleByArgument, CaseIterable { case source, lean }

  @OptionGroup var file: ProgramFile
  @OptionGroup var assumptions: AssumptionOptions
  @OptionGroup var report: ReportOptions

  @Option(help: "Values of the parameter mu, with commas; nothing to leave it as written.")
  var mu = "2,4,16,64,256,512,1000,1024"

  @Option(help: "Values of the parameter lambda, with commas.")
  var lambda = ""

  @Option(help: "Values of the parameter variant, with commas.")
  var variant = ""

  @Option(
    name: .customLong("format"),
    help: "A float format; repeatable; all four unless given.")
  var formats: [FloatFormat] = []

  @Option(name: .customLong("route"), help: "source or lean; repeatable; both unless given.")
  var routes: [PathRoute] = []

  private struct Setting: Sendable {
    var mu: String?
    var lambda: String?
    var variant: String?

    var arguments: [String] {
      (variant.map { ["variant=\($0)"] } ?? []) + (mu.map { ["mu=\($0)"] } ?? [])
        + (lambda.map { ["lambda=\($0)"] } ?? [])
    }
  }

  private func settings() throws -> [Setting] {
    func values(_ list: String) -> [String?] {
      let values = list.split(separator: ",").map(String.init)
      return values.isEmpty ? [nil] : values
    }
    let settings = values(variant).flatMap { variant in
      values(lambda).flatMap { lambda in
        values(mu).map { Setting(mu: $0, lambda: lambda, variant: variant) }
      }
    }
    guard settings.count <= 2_000 else {
      throw ValidationError("expected at most 2000 programs, found \(settings.count)")
    }
    return settings
  }

  func validate() throws { _ = try settings() }

  func perform() async throws -> Outcome {
    try report.folder.check()
    let settings = try settings()
    let formats = formats.isEmpty ? FloatFormat.catalogue : formats
    let name = file.program.split(separator: "/").last.map(String.init) ?? file.program
    var findings = ExactFindings(
      name: name, assumption: "", formats: formats.map(\.name), command: ShellLine.command)
    // Programs are read one after the other, for errors in order; then looked at together.
    var programs: [(setting: Setting, program: Program, inputs: [GridValue])] = []
    for setting in settings {
      var file = file
      file.settings += setting.arguments
      let program = try file.read().program
      programs.append((setting, program, try assumptions.sets(of: program, file.program)))
    }
    if let inputs = programs.first?.inputs {
      findings.assumption =
        "tokens in \(inputs.map(\.description).joined(separator: "; ")), "
        + "\(assumptions.horizon)"
    }
    let progress = ProgressLine(total: programs.count, unit: "programs")
    let horizon = assumptions.horizon
    let routes = routes.isEmpty ? PathRoute.allCases : routes
    var cases = [[ExactFindings.Case]](repeating: [], count: programs.count)
    try await withThrowingTaskGroup(of: (Int, [ExactFindings.Case]).self) { group in
      for (index, place) in programs.enumerated() {
        group.addTask {
          let found = try routes.map { route in
            try ReportExactCommand.examine(
              place.program, route, place.inputs, horizon, place.setting, formats)
          }
          return (index, found)
        }
      }
      var done = 0
      for try await (index, found) in group {
        cases[index] = found
        done += 1
        progress.update(done)
      }
    }
    progress.finish()
    findings.cases = cases.flatMap(\.self)
    return try report.write(.exact(findings, producer: ReportOptions.producer))
  }

  private static func examine(
    _ program: Program, _ route: PathRoute, _ inputs: [GridValue], _ horizon: Horizon,
    _ setting: Setting, _ formats: [FloatFormat]
  ) throws -> ExactFindings.Case {
    let tape =
      switch route {
      case .source: Tape(program.graph)
      case .lean: Tape(Compilers.standard().lean(program))
      }
    var found = ExactFindings.Case(
      variant: setting.variant ?? "as written", route: route.rawValue,
      mu: setting.mu.flatMap(ReportExactCommand.number),
      lambda: setting.lambda.flatMap(ReportExactCommand.number), bits: nil,
      isProved: formats.map { _ in false }, obstacle: "")
    do {
      let exactness = try Exactness(tape, inputs: inputs, horizon: horizon)
      found.bits = exactness.needs.precision
      found.isProved = formats.map { exactness.isProved(in: $0) }
      let failures = formats.compactMap { exactness.failure(in: $0) }
      found.obstacle = failures.last.map { "\($0)" } ?? ""
    } catch {
      found.obstacle = "\(error)"
    }
    return found
  }

  private static func number(_ text: String) -> Double? {
    (try? Rational(parsing: text)).map { Double(nearest: $0) }
  }
}
