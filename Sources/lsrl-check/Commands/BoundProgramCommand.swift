import Architectures
import ArgumentParser
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import ExactJSON
import LSRL
import Verification

extension BoundMode: ExpressibleByArgument {}

struct BoundProgramCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "program",
    abstract:
      "Bounds the rounding errors of a program in floats, on one sequence or over a box of them.",
    discussion: """
      Examples:
        lsrl-check bound fixtures/programs/more-ones-than-zeros.lsrl --input bits.csv
        lsrl-check bound program.lsrl --input tokens.json --route lean --format binary32 --integers
        lsrl-check bound program.lsrl --input tokens.json --arch gated-linear-rnn --json
        lsrl-check bound fixtures/programs/more-ones-than-zeros.lsrl --set mu=2 --box bits.txt \\
          --steps 1000 --route lean

      With --input, for each output: the float, the exact number, the proven bound on their distance, the \
      distance, and how much larger the bound is. Exact is the program over the rationals, on the \
      tokens as they are written. Then the first operation that loses something, and the one that \
      loses most.

      The input is as for `run`. Exits with 1 if a bound is too small. With --integers also with 1 \
      if a float does not round to the integer that the exact output is, and with 2 if it does but \
      the bound is 1/2 or more.

      With --box, a bound for all sequences of up to --steps tokens in the box, proved before any \
      of them is run. The box has a line for each coordinate of a token: its least and its largest \
      value, and maybe which numbers between: reals (read rounded once), floats, or the multiples \
      of a power of two. Exits with 2 where an output may overflow.
      """)

  enum PathRoute: String, ExpressibleByArgument, CaseIterable { case source, lean, rules }

  @OptionGroup var program: ProgramFile
  @OptionGroup var compiler: CompilerOptions

  @Option(help: "What to run: the program itself, its lean path, or its path by the rules.")
  var route: PathRoute?

  @Option(help: ArgumentHelp("The format: binary64, binary32, binary16 or bfloat16."))
  var format = FloatFormat.binary64

  @Option(help: ArgumentHelp("The tokens, as JSON or CSV.", valueName: "file"))
  var input: String?

  @Option(help: ArgumentHelp("A box of tokens, instead of --input.", valueName: "file"))
  var box: String?

  @Option(
    help: ArgumentHelp("With --box: how many tokens a sequence has at most.", valueName: "tokens"))
  var steps: Int?

  @Option(help: "tight, or fast: about the floats' own speed, but far off behind thresholds.")
  var mode = BoundMode.tight

  @Flag(help: "The exact outputs are integers: say which floats certainly round to them.")
  var integers = false

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    let architectures = try compiler.architectures()
    guard architectures.count + (route == nil ? 0 : 1) <= 1 else {
      throw ValidationError("bound takes one --arch, or one --route")
    }
    guard (input == nil) != (box == nil) else {
      throw ValidationError("bound takes --input, or --box and --steps")
    }
    guard box != nil || steps == nil else { throw ValidationError("--steps is for --box") }
    guard box == nil || !integers else { throw ValidationError("--integers is for --input") }
    guard 1...BoxBound.mostSteps ~= steps ?? 1 else {
      throw ValidationError("--steps must be from 1 to \(BoxBound.mostSteps)")
    }
  }

  func perform() async throws -> Outcome {
    let runnable = try program.readRunnable()
    let subject = try BoundSubject(
      runnable, of: program, compiler, route: route, architecture: compiler.architectures().first)
    if let box {
      return try BoxBound(file: box, steps: steps ?? 1, format: format, json: json)
        .perform(on: subject.tape)
    }
    guard let input else { throw Failure(code: .ourBug, message: "bound without tokens") }
    let tokens = try TokenFile(input).tokens(for: runnable)
    do {
      let exact = try ExactEngine(subject.truth).run(tokens)
      let bound = try RunningBound(subject.tape, format: format, mode: mode)
      let report = BoundReport(
        program: program.program, subject: subject, format: format, mode: mode,
        asksForIntegers: integers, found: try bound.run(tokens), exact: exact,
        losses: try Losses(subject.tape, format: format, tokens: tokens))
      try StandardOutput.line(json ? report.json.laidOut() : report.text(.standardOutput))
      return report.outcome
    } catch let error as EngineError {
      throw Failure.badInput("\(program.program): \(error)")
    }
  }
}

extension BoundSubject {
  /// What `route` or `architecture` makes of a file's program; or the file's layers.
  init(
    _ runnable: Runnable, of file: ProgramFile, _ options: CompilerOptions,
    route: BoundProgramCommand.PathRoute?, architecture: Architecture?
  ) throws {
    switch runnable {
    case .program(let program):
      let path: Route =
        switch route {
        case .source, nil: .source
        case .lean: .lean
        case .rules: .rules
        }
      try self.init(
        program, route: architecture.map { .architecture($0) } ?? path,
        by: options.compilers(largestPath: 2_000_000))
    case .layers(let stack):
      guard architecture == nil, route == nil else {
        throw Failure.badInput("\(file.program): --arch and --route need a program, found layers")
      }
      try self.init(stack)
    }
  }
}
