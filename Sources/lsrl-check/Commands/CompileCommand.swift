import Architectures
import ArgumentParser
import ExactJSON
import LSRL
import Verification

struct CompileCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Compiles a program, and shows what it becomes.",
    discussion: """
      Examples:
        lsrl-check compile fixtures/programs/more-ones-than-zeros.lsrl --arch mamba --stats
        lsrl-check compile program.lsrl --rules --trace
        lsrl-check compile program.lsrl --arch mamba --dump-after lower > weights.json
        lsrl-check compile dictionary.lsrl --constants auto --inputs integers --steps 18 --stats

      Without options, the layers that the program becomes are summed up, and whether they are \
      certified to have the program's outputs. Exits with 2 if the architecture, or the limit on \
      non-zeros, refuses the program.
      """)

  enum Stage: String, ExpressibleByArgument, CaseIterable { case graph, debranch, lean, lower }

  @OptionGroup var program: ProgramFile
  @OptionGroup var compiler: CompilerOptions
  @OptionGroup var certifying: CertifyingOptions
  @OptionGroup var assumptions: AssumptionOptions
  @OptionGroup var constants: ConstantsOptions

  @Flag(help: "Print the sizes of the program and of all that it becomes.")
  var stats = false

  @Flag(help: "Compile by the paper's rewrite rules too.")
  var rules = false

  @Flag(help: "Print each application of a rule.")
  var trace = false

  @Option(
    help: ArgumentHelp(
      "Print the program after a stage: graph, debranch, lean as text, lower as JSON.",
      valueName: "stage"))
  var dumpAfter: Stage?

  func validate() throws {
    if dumpAfter == .lower, try compiler.architectures().count != 1 {
      throw ValidationError("--dump-after lower takes exactly one --arch")
    }
  }

  func perform() async throws -> Outcome {
    let (read, selection) = try constants.read(program, assumptions)
    let program = read.program
    for line in selection?.lines ?? [] {
      // What is dumped must stay readable by machines.
      if dumpAfter == nil {
        try StandardOutput.line(line)
      } else {
        StandardError.write(line + "\n")
      }
    }
    switch dumpAfter {
    case .graph: try StandardOutput.line("\(program.graph)")
    case .lean: try StandardOutput.line("\(program.leanPath.graph)")
    case .lower:
      let stack = try compiler.stack(of: program, for: try compiler.architectures()[0])
      try StandardOutput.line(stack.json.laidOut())
    case .debranch: return try showRules(program, dumps: true)
    case nil: return try summarise(program)
    }
    return .holds
  }

  private func summarise(_ program: Program) throws -> Outcome {
    var outcome = Outcome.holds
    if stats { try StandardOutput.line("source  \(program.graph.size)") }
    if rules || trace || stats { outcome = try showRules(program, dumps: false) }
    let compilers = compiler.compilers(largestPath: 2_000_000)
    let lean = compilers.lean(program)
    if stats {
      try StandardOutput.line("lean    \(lean.size), \(lean.stageCount.grouped) stages")
      try StandardOutput.line("bound   \(program.leanBound())")
    }
    for architecture in try compiler.architectures() {
      switch compilers.lower(lean, architecture, program.inputRanges) {
      case .success(let stack):
        try StandardOutput.line(
          "\(architecture.rawValue)  \(stack.size)\(try certified(program, stack, lean, &outcome))")
        for note in stack.notes { try StandardOutput.line("    \(note)") }
      case .failure(let refusal):
        outcome = outcome.and(.undecided)
        try StandardOutput.line(
          "\(architecture.rawValue)  refused: \(refusal.description(in: program))")
      }
    }
    return outcome
  }

  /// What is known of the network's outputs, to be printed behind its size.
  private func certified(
    _ program: Program, _ stack: LayerStack, _ lean: PathGraph, _ outcome: inout Outcome
  ) throws -> String {
    guard certifying.certify else { return "" }
    let certification = program.certification(
      of: stack, through: lean, memoryLimit: CertifyingOptions.memoryLimit,
      work: CertifyingOptions.work)
    if case .different = certification { outcome = .refuted }
    return ", \(certification.brief)"
  }

  private func showRules(_ program: Program, dumps: Bool) throws -> Outcome {
    switch compiler.compilers(largestPath: 2_000_000).rules(program.graph) {
    case .success(let result):
      if trace {
        for (number, step) in result.trace.steps.enumerated() {
          try StandardOutput.line("step \(number + 1)  \(step.rule) at \(step.node)")
        }
      }
      try StandardOutput.line(
        dumps
          ? "\(result.path.graph)"
          : "rules   \(result.path.size), \(result.trace.steps.count.grouped) steps")
      return .holds
    case .failure(.tooLarge(let reason)):
      try StandardOutput.line("rules   refused: \(reason)")
      return .undecided
    case .failure(.broken(let reason)): throw Failure(code: .ourBug, message: reason)
    }
  }
}
