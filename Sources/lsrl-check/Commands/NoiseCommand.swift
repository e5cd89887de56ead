import Architectures
import ArgumentParser
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import ExactJSON
import Foundation
import LSRL
import Verification

struct NoiseCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "noise",
    abstract: "Repeats the paper's noise experiment (figure 4) on our compiled paths.",
    discussion: """
      Examples:
        lsrl-check noise vec2vec --compare fixtures/reference-numbers/noise_robustness_vec2vec.csv
        lsrl-check noise tok2tok --length 3 --mu 4 --lambda 32 --targets 10
        lsrl-check noise tok2tok --length 3 --constants auto --arch gated-linear-rnn
        lsrl-check noise tok2tok --route rules --variant direct --no-reset

      vec2vec: functions of 5 control points, looked up in 8 x 8 cells; the figure is the mean \
      distance over 10 queries. tok2tok: pairs of keys and values; the figure is the percentage of \
      wrong tokens over 5 queries. Every number of every A, B and b of the path that is not zero \
      gets Gaussian noise; before each token the states are set to those without noise. Without \
      noise there is a verdict too: certified by running bounds, or wrong, with a small prompt. \
      With --compare the authors' medians stand beside ours.

      With --arch the path is lowered to a network, and its weights get the noise. With \
      --constants auto each call of the library has the least sufficient powers of two instead of \
      --mu and --lambda: for tok2tok those for all prompts of tokens from 0 to 9; for vec2vec, \
      whose tokens are real numbers, those for the prompts of this experiment, and no others.

      Exits with 0 when all is measured: that a variant goes wrong is the result.
      """)

  enum Experiment: String, ExpressibleByArgument, CaseIterable { case vec2vec, tok2tok }
  enum PathRoute: String, ExpressibleByArgument, CaseIterable { case lean, rules }

  @Argument(help: "vec2vec or tok2tok.")
  var experiment: Experiment

  @Option(help: "The program; the fixtures' unless given.")
  var program: String?

  @Option(help: "Standard deviations of the noise, with commas.")
  var levels = "0,1e-9,1e-7,1e-5,1e-3"

  @Option(help: "How many targets.")
  var targets = 25

  @Option(help: "tok2tok: words in a key and in a value.")
  var length = 10

  @Option(help: "tok2tok: pairs in a prompt.")
  var pairs = 20

  @Option(help: "A variant of f_ifelse; repeatable. The paper's five unless given.")
  var variant: [String] = []

  @Option(help: "The slope of steps.")
  var mu = "1000"

  @Option(help: "The bound on what is chosen between.")
  var lambda = "1e10"

  @OptionGroup var constants: ConstantsOptions

  @Option(help: "lean or rules.")
  var route = PathRoute.lean

  @Option(
    name: .customLong("arch"),
    help: ArgumentHelp(
      "Lower the lean path to this architecture.", discussion: "See `list architectures`.",
      valueName: "architecture"))
  var architecture: Architecture?

  @Flag(help: "Let errors pile up in the states.")
  var noReset = false

  @Option(help: ArgumentHelp("The authors' results.", valueName: "csv"))
  var compare: String?

  @Option(help: "How many targets the verdict without noise looks at.")
  var certify = 2

  @Option(help: "Where the random numbers start.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Write all figures to FILE.", valueName: "file"))
  var json: String?

  private static let paperVariants: [ConditionalVariant] = [
    .direct, .optimized, .stepOptimized, .multiplicative, .multiplicativeOptimized,
  ]

  func validate() throws {
    guard targets > 0, 1...20 ~= length, 1...200 ~= pairs, certify >= 0 else {
      throw ValidationError("--targets, --length (to 20) and --pairs (to 200) must be positive")
    }
    guard length > 2 || 10.power(length) >= 2 * pairs else {
      throw ValidationError("there are not so many different keys of \(length) words")
    }
    guard architecture == nil || route == .lean else {
      throw ValidationError("--arch lowers the lean path: leave --route out")
    }
    _ = try parsedLevels()
    _ = try variants()
  }

  private func parsedLevels() throws -> [Double] {
    let parsed = levels.split(separator: ",").map { Double($0) }
    guard !parsed.isEmpty, parsed.allSatisfy({ $0.map { $0 >= 0 && $0.isFinite } ?? false }) else {
      throw ValidationError("--levels: expected numbers from 0 on, found '\(levels)'")
    }
    return parsed.compactMap(\.self)
  }

  private func variants() throws -> [ConditionalVariant] {
    guard !variant.isEmpty else { return NoiseCommand.paperVariants }
    return try variant.map { name in
      guard let found = ConditionalVariant(rawValue: name) else {
        let known = ConditionalVariant.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--variant: expected \(known), found '\(name)'")
      }
      return found
    }
  }

  private var task: NoiseTask {
    experiment == .vec2vec ? .vectors : .words(length: length, pairs: pairs)
  }

  func perform() async throws -> Outcome {
    let rows = try await measured()
    try StandardOutput.line(heading)
    for row in rows { try StandardOutput.line(row.text) }
    if let json { try OutputFile.write(document(rows).laidOut() + "\n", to: json) }
    return .holds
  }

  /// All figures, and the verdicts without noise.
  func measured() async throws -> [NoiseRow] {
    let reference = try compare.map { file in
      do {
        return try NoiseReference(parsing: InputFile.text(of: file))
      } catch let failure as NoiseReference.Failure {
        throw Failure.badInput("\(file): \(failure)")
      }
    }
    let levels = try parsedLevels()
    let variants = try variants()
    let progress = ProgressLine(total: variants.count * targets, unit: "targets")
    var rows: [NoiseRow] = []
    for (index, variant) in variants.enumerated() {
      let (program, tape) = try compiled(variant)
      guard
        let experiment = NoiseExperiment(task, tape, seed: seed, resetsStates: !noReset)
      else {
        throw Failure(code: .ourBug, message: "a tape with special constants")
      }
      let figures = await figures(experiment, levels) { progress.update(index * targets + $0) }
      rows.append(
        NoiseRow(
          variant: variant, levels: levels, figures: figures,
          authors: reference?.figures[variant.rawValue],
          verdict: certify == 0
            ? nil : try experiment.verdict(on: program, targets: 0..<min(certify, targets)),
          judged: min(certify, targets)))
    }
    progress.finish()
    return rows
  }

  private func compiled(
    _ variant: ConditionalVariant
  ) throws -> (program: Program, tape: Tape) {
    let program = try read(variant)
    let compilers = Compilers.standard()
    if let architecture {
      switch compilers.lower(compilers.lean(program), architecture, program.inputRanges) {
      case .failure(let refusal):
        throw Failure.badInput(
          "\(architecture.rawValue) refuses \(variant.rawValue): "
            + refusal.description(in: program))
      case .success(let stack):
        guard let tape = Tape(stack)?.withPlainConstants else {
          throw Failure.badInput(
            "\(architecture.rawValue): no tape has its step sizes, decays or attention; expected "
              + "a linear or gated architecture")
        }
        return (program, tape)
      }
    }
    guard route == .rules else { return (program, Tape(compilers.lean(program))) }
    switch compilers.rules(program.graph) {
    case .success(let debranched): return (program, Tape(debranched.path))
    case .failure(.tooLarge(let reason)): throw Failure.badInput("the rules refuse: \(reason)")
    case .failure(.broken(let reason)): throw Failure(code: .ourBug, message: reason)
    }
  }

  private func read(_ variant: ConditionalVariant) throws -> Program {
    let name = experiment == .vec2vec ? "continuous" : "dictionary"
    var file = ProgramFile()
    file.program = program ?? "fixtures/programs/\(name).lsrl"
    file.settings = ["variant=\(variant.rawValue)", "mu=\(mu)", "lambda=\(lambda)"]
    file.settings += task.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var assumptions = AssumptionOptions()
    assumptions.inputs = .integers
    assumptions.steps = task.tokenCount
    let (read, selection) =
      try experiment == .vec2vec && constants.constants == .auto
      ? chosenForPrompts(file) : constants.read(file, assumptions)
    if let selection {
      StandardError.write(
        (["\(variant.rawValue)"] + selection.lines).joined(separator: "\n") + "\n")
    }
    return read.program
  }

  /// Real numbers may be as near to each other as one likes; those at hand are not.
  private func chosenForPrompts(
    _ file: ProgramFile
  ) throws -> (read: CorpusCase, selection: ConstantSelection?) {
    let result = try ConstantSelection.select(
      on: task.prompts(targets: targets, seed: seed)
    ) { chosen throws(any Error) in
      try file.build(choosing: chosen)
    }
    switch result {
    case .success(let selection):
      let read = CorpusCase(
        name: file.program, program: selection.program, tokens: [], outputs: nil)
      return (read, selection)
    case .failure(let failure):
      throw Failure.badInput("\(file.program): --constants auto: \(failure)")
    }
  }

  /// By level, then by target.
  private func figures(
    _ experiment: NoiseExperiment, _ levels: [Double], _ report: @Sendable (Int) -> Void
  ) async -> [[Double]] {
    var figures = [[Double]](repeating: Array(repeating: 0, count: targets), count: levels.count)
    await withTaskGroup(of: (target: Int, figures: [Double]).self) { group in
      for target in 0..<targets {
        group.addTask { (target, experiment.figures(target: target, levels: levels)) }
      }
      var done = 0
      for await result in group {
        for (level, figure) in result.figures.enumerated() {
          figures[level][result.target] = figure
        }
        done += 1
        report(done)
      }
    }
    return figures
  }

  private var heading: String {
    let what = experiment == .vec2vec ? "mean distance" : "wrong tokens in %"
    let chosen =
      constants.constants == .asWritten
      ? "mu \(mu), lambda \(lambda)"
      : experiment == .tok2tok
        ? "constants chosen for all prompts of this length"
        : "constants chosen for these \(10 * targets) prompts and no others"
    return """
      \(experiment.rawValue), \(routeName) in binary64, \(chosen), \
      \(targets) targets, seed \(seed)\(noReset ? ", states not reset" : "")
      \(what): median (quartiles)\(compare == nil ? "" : " [the authors' median]")

      """
  }

  private var routeName: String { architecture?.rawValue ?? "\(route.rawValue) path" }

  /// What --json writes.
  func document(_ rows: [NoiseRow]) -> JSONValue {
    [
      "schema": .string(NoiseFile.schema), "experiment": .string(experiment.rawValue),
      "route": .string(architecture?.rawValue ?? route.rawValue),
      "mu": .string(constants.constants == .auto ? "auto" : mu),
      "lambda": .string(constants.constants == .auto ? "auto" : lambda),
      "targets": JSONValue(targets), "length": JSONValue(length), "pairs": JSONValue(pairs),
      "seed": .number("\(seed)"), "resetsStates": .bool(!noReset),
      "rows": .array(rows.flatMap(\.json)),
    ]
  }
}

extension Int {
  /// Small enough for exponents up to 2.
  fileprivate func power(_ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in product * self }
  }
}
