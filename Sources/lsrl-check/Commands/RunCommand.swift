import Architectures
import ArgumentParser
import Evaluation
import ExactArithmetic
import ExactJSON
import LSRL
import Verification

struct RunCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a program, what it compiles to, or layers, on a sequence of tokens.",
    discussion: """
      Examples:
        lsrl-check run fixtures/programs/more-ones-than-zeros.lsrl --input bits.csv
        lsrl-check run program.lsrl --input tokens.json --arch mamba --numbers binary32 --json
        lsrl-check run dictionary.lsrl --input tokens.json --set n=3 --set variant=optimized
        lsrl-check run weights.json --input tokens.json --numbers binary64

      The program may be a file of layers, as `compile --dump-after lower` prints them.

      The input is JSON, a list of tokens, each a list of numbers or of strings such as "3/2"; or \
      CSV, a token a line. With --json the outputs are {"outputs": [["p/q", …], …]}: exact numbers \
      as strings, floats as the shortest decimals that read back to them.
      """)

  enum Numbers: String, ExpressibleByArgument, CaseIterable { case exact, binary64, binary32 }

  @OptionGroup var program: ProgramFile
  @OptionGroup var compiler: CompilerOptions
  @OptionGroup var certifying: CertifyingOptions
  @OptionGroup var assumptions: AssumptionOptions
  @OptionGroup var constants: ConstantsOptions

  @Option(help: ArgumentHelp("The tokens, as JSON or CSV.", valueName: "file"))
  var input: String

  @Option(help: "The numbers to compute with: exact, binary64 or binary32.")
  var numbers = Numbers.exact

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard try compiler.architectures().count <= 1 else {
      throw ValidationError("run takes one --arch")
    }
  }

  func perform() async throws -> Outcome {
    var program = try program.readRunnable()
    let tokens = try TokenFile(input).tokens(for: program)
    if constants.constants == .auto { program = try withChosenConstants(for: tokens) }
    switch numbers {
    case .exact: try show(try exactOutputs(program, tokens)) { JSONValue($0) }
    case .binary64: try show(try floatOutputs(Double.self, program, tokens)) { JSONValue($0) }
    case .binary32: try show(try floatOutputs(Float.self, program, tokens)) { JSONValue($0) }
    }
    return try certified(program)
  }

  /// Says on the standard error whether the layers that were run are certified to have the program's
  /// outputs.
  private func certified(_ runnable: Runnable) throws -> Outcome {
    guard certifying.certify, case .program(let program) = runnable,
      let architecture = try compiler.architectures().first
    else { return .holds }
    let certification = program.certification(
      of: try compiler.stack(of: program, for: architecture), through: program.leanPath,
      memoryLimit: CertifyingOptions.memoryLimit,
      work: CertifyingOptions.work)
    StandardError.write("\(architecture.rawValue): \(certification.brief)\n")
    if case .different = certification { return .refuted }
    return .holds
  }

  /// The program with constants for sequences as long as this one, or as --steps says.
  private func withChosenConstants(for tokens: [[Rational]]) throws -> Runnable {
    let steps = max(assumptions.steps ?? 1, tokens.count)
    let (read, selection) = try constants.read(program, assumptions, horizon: .steps(max(steps, 1)))
    for (index, token) in tokens.enumerated() {
      for (value, set) in zip(token, selection?.inputs ?? []) where !set.contains(value) {
        throw Failure.badInput(
          "\(input): token \(index): constants are chosen for tokens in \(set), found \(value)")
      }
    }
    for line in selection?.lines ?? [] { StandardError.write(line + "\n") }
    return .program(read.program)
  }

  private func exactOutputs(
    _ runnable: Runnable, _ tokens: [[Rational]]
  ) throws -> [[Rational]] {
    try outputs(runnable, of: tokens.count) { graph in
      try graph.exactOutputs(on: tokens)
    } ofStack: { stack in
      try stack.exactOutputs(on: [tokens])[0]
    }
  }

  private func floatOutputs<Number: LaneNumber>(
    _ type: Number.Type, _ runnable: Runnable, _ tokens: [[Rational]]
  ) throws -> [[Number]] {
    let rounded = tokens.map { $0.map(Number.init(nearest:)) }
    return try outputs(runnable, of: tokens.count) { graph in
      try graph.outputs(on: rounded)
    } ofStack: { stack in
      try stack.outputs(on: rounded)
    }
  }

  /// Runs the program, then what it compiles to if that is asked for; or the layers.
  private func outputs<Number>(
    _ runnable: Runnable, of length: Int,
    ofGraph runGraph: (Graph) throws -> [[Number]],
    ofStack runStack: (LayerStack) throws -> [[Number]]
  ) throws -> [[Number]] {
    let architecture = try compiler.architectures().first
    let stack: LayerStack
    do {
      switch runnable {
      case .program(let program):
        let source = try runGraph(program.graph)
        guard let architecture else { return source }
        stack = try compiler.stack(of: program, for: architecture)
      case .layers(let layers):
        guard architecture == nil else {
          throw Failure.badInput("\(program.program): --arch needs a program, found layers")
        }
        stack = layers
      }
      if let limit = stack.maximumLength, length > limit {
        throw Failure.badInput(
          "\(input): expected at most \(limit) tokens (--max-length), found \(length)")
      }
      return try runStack(stack)
    } catch let error as InterpreterError {
      throw Failure.badInput("\(program.program): \(error)")
    } catch let error as EvaluationError {
      throw Failure.badInput("\(program.program): \(error)")
    }
  }

  private func show<Number>(_ outputs: [[Number]], _ number: (Number) -> JSONValue) throws {
    if json {
      let rows = outputs.map { JSONValue.array($0.map(number)) }
      return try StandardOutput.line(JSONValue.object([.init("outputs", .array(rows))]).description)
    }
    for row in outputs {
      try StandardOutput.line(row.map { "\($0)" }.joined(separator: " "))
    }
  }
}

extension CompilerOptions {
  /// The program's layers; a refusal is the user's answer, with the reason.
  func stack(of program: Program, for architecture: Architecture) throws -> LayerStack {
    let compilers = compilers(largestPath: 1)
    switch compilers.lower(compilers.lean(program), architecture, program.inputRanges) {
    case .success(let stack): return stack
    case .failure(let refusal):
      throw Failure.badInput(
        "\(architecture.rawValue) refuses: \(refusal.description(in: program))")
    }
  }
}
