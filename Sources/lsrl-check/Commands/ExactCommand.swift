import Architectures
import ArgumentParser
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import ExactJSON
import LSRL
import Verification

struct ExactCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "exact",
    abstract: "Shows that a program's floats are exact: no number of any run is ever rounded.",
    discussion: """
      Examples:
        lsrl-check exact dictionary.lsrl --inputs integers --steps 18 --constants auto
        lsrl-check exact program.lsrl --inputs 0..1 --arch linear-rnn --format binary16
        lsrl-check exact dictionary.lsrl --inputs integers --steps 27 --set n=3 --set lambda=32 \
      --each mu=1024,512,64,4,2 --each variant=direct,optimized --route source --route lean

      All sequences of tokens in the given sets are looked at together; each product and each sum, \
      in the order in which engines add up, must be a number of the format. Proved means that every \
      output is the exact one, on all of these sequences. Exits with 2 if something is not proved; \
      that does not say that floats err.
      """)

  enum PathRoute: String, ExpressibleByArgument, CaseIterable { case source, rules, lean }

  @OptionGroup var file: ProgramFile
  @OptionGroup var compiler: CompilerOptions
  @OptionGroup var assumptions: AssumptionOptions
  @OptionGroup var constants: ConstantsOptions

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "A float format; repeatable; binary64 and binary32 unless given.", valueName: "format"))
  var formats: [FloatFormat] = []

  @Option(
    name: .customLong("route"),
    help: "The program itself, or a path that it compiles to; repeatable; lean unless given.")
  var routes: [PathRoute] = []

  @Option(
    help: ArgumentHelp(
      "Look at the program with each of these values of a parameter; repeatable.",
      valueName: "name=value,…"))
  var each: [String] = []

  @Option(help: ArgumentHelp("Write the result as JSON.", valueName: "file"))
  var json: String?

  func perform() async throws -> Outcome {
    var outcome = Outcome.holds
    var reports: [JSONValue] = []
    for settings in try combinations() {
      var file = file
      file.settings += settings
      let report = try report(on: file, title: settings.joined(separator: ", "))
      for line in report.lines { try StandardOutput.line(line) }
      reports.append(report.json)
      outcome = outcome.and(report.isProved ? .holds : .undecided)
    }
    if let json {
      let value = JSONValue.object([
        .init("schema", "lsrl-check/exact/1"), .init("programs", .array(reports)),
      ])
      try OutputFile.write(value.laidOut() + "\n", to: json)
    }
    return outcome
  }

  /// Settings for each choice of values that `--each` offers; one empty choice without.
  private func combinations() throws -> [[String]] {
    var combinations: [[String]] = [[]]
    for option in each {
      let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        throw ValidationError("--each \(option): expected name=value,value, such as mu=4,2")
      }
      let values = parts[1].split(separator: ",")
      combinations = combinations.flatMap { head in values.map { head + ["\(parts[0])=\($0)"] } }
      guard combinations.count <= 10_000 else {
        throw ValidationError("--each: expected at most 10000 choices")
      }
    }
    return combinations
  }

  private func report(on file: ProgramFile, title: String) throws -> ExactReport {
    let (read, selection) = try constants.read(file, assumptions)
    let inputs = try assumptions.sets(of: read.program, file.program)
    var report = ExactReport(
      program: file.program, title: title, inputs: inputs, horizon: assumptions.horizon,
      selection: selection, formats: formats.isEmpty ? [.binary64, .binary32] : formats)
    let compilers = compiler.compilers(largestPath: 2_000_000)
    for route in try wantedRoutes() {
      switch tape(of: read.program, route, compilers) {
      case .refused(let reason): report.add(route, .refused(reason))
      case .tape(let tape):
        do throws(ExactnessLimit) {
          report.add(
            route,
            .found(try Exactness(tape, inputs: inputs, horizon: assumptions.horizon)))
        } catch {
          report.add(route, .refused("\(error)"))
        }
      }
    }
    return report
  }

  private func wantedRoutes() throws -> [Route] {
    let architectures = try compiler.architectures().map(Route.architecture)
    let paths = routes.map { route -> Route in
      switch route {
      case .source: .source
      case .rules: .rules
      case .lean: .lean
      }
    }
    return paths.isEmpty && architectures.isEmpty ? [.lean] : paths + architectures
  }

  private enum RouteTape {
    case tape(Tape)
    case refused(String)
  }

  private func tape(
    of program: Program, _ route: Route, _ compilers: Compilers
  ) -> RouteTape {
    switch route {
    case .source: return .tape(Tape(program.graph))
    case .lean: return .tape(Tape(compilers.lean(program)))
    case .rules:
      switch compilers.rules(program.graph) {
      case .success(let result): return .tape(Tape(result.path))
      case .failure(.tooLarge(let reason)), .failure(.broken(let reason)):
        return .refused(reason)
      }
    case .architecture(let architecture):
      let lean = compilers.lean(program)
      switch compilers.lower(lean, architecture, program.inputRanges) {
      case .failure(let refusal): return .refused(refusal.description(in: program))
      case .success(let stack):
        if let limit = stack.maximumLength, assumptions.steps.map({ $0 > limit }) ?? true {
          return .refused("compiled for at most \(limit) tokens: say --steps \(limit)")
        }
        guard let tape = Tape(stack)?.withPlainConstants else {
          return .refused("there is no tape of this architecture's layers")
        }
        return .tape(tape)
      }
    }
  }
}
