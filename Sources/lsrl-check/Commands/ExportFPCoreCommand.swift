import ArgumentParser
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL

struct ExportFPCoreCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-fpcore",
    abstract: "Writes a program's outputs as FPCore, for other analysers of floats.",
    discussion: """
      Examples:
        lsrl-check export-fpcore fixtures/programs/more-ones-than-zeros.lsrl
        lsrl-check export-fpcore program.lsrl --route lean --format binary32 --out program.fpcore
        lsrl-check export-fpcore program.lsrl --box box.txt --steps 3

      One FPCore 2.0 expression for each coordinate of the output after --steps tokens from the \
      initial state, in exactly the order of operations of our engines: each row from its offset \
      on, columns ascending, multiply, then add. In floats it gives the engine's bits; in real \
      numbers it is the exact program. Preconditions are the ranges that the program declares, or \
      the --box.
      """)

  @OptionGroup var program: ProgramFile
  @OptionGroup var compiler: CompilerOptions

  @Option(help: "What to write: the program itself, its lean path, or its path by the rules.")
  var route: BoundProgramCommand.PathRoute?

  @Option(help: ArgumentHelp("The format: binary64, binary32, binary16 or bfloat16."))
  var format = FloatFormat.binary64

  @Option(help: ArgumentHelp("How many tokens are read.", valueName: "tokens"))
  var steps = 1

  @Option(
    help: ArgumentHelp("The ranges of a token's coordinates, as for `bound`.", valueName: "file"))
  var box: String?

  @Option(help: ArgumentHelp("Write to FILE instead of the terminal.", valueName: "file"))
  var out: String?

  func validate() throws {
    let architectures = try compiler.architectures()
    guard architectures.count + (route == nil ? 0 : 1) <= 1 else {
      throw ValidationError("export-fpcore takes one --arch, or one --route")
    }
    guard 1...1_000 ~= steps else { throw ValidationError("--steps must be from 1 to 1000") }
  }

  func perform() async throws -> Outcome {
    let runnable = try program.readRunnable()
    let subject = try BoundSubject(
      runnable, of: program, compiler, route: route, architecture: compiler.architectures().first)
    let file: FPCoreFile
    do {
      file = try FPCoreFile(
        subject.tape, named: program.program, tokens: steps,
        ranges: try ranges(runnable, subject.tape.inputDimension), format: format)
    } catch let error as EngineError {
      throw Failure.badInput("\(program.program): \(error)")
    }
    guard let out else {
      try StandardOutput.line(file.text)
      return .holds
    }
    try OutputFile.write(file.text, to: out)
    return .holds
  }

  private func ranges(_ runnable: Runnable, _ dimension: Int) throws -> [Interval] {
    if let box {
      return try BoxFile(box).box(dimension: dimension).coordinates.map {
        Interval($0.low, $0.high)
      }
    }
    switch runnable {
    case .program(let program): return program.inputRanges
    case .layers: return Array(repeating: .everything, count: dimension)
    }
  }
}
