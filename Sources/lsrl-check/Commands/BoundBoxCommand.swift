import Architectures
import ArgumentParser
import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import ExactJSON
import LSRL
import Verification

struct BoundBoxCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "box",
    abstract: "Proves how far a program in floats can be from the exact one, on a box of tokens.",
    discussion: """
      Examples:
        lsrl-check bound box fixtures/programs/more-ones-than-zeros.lsrl --set mu=2 \\
          --box bits.txt --steps 1000
        lsrl-check bound box program.lsrl --box box.txt --steps 20 --lean --format binary32 --json

      The box has a line for each coordinate of a token: its least and its largest value, and maybe \
      which numbers between: reals (read rounded once), floats, or the multiples of a power of \
      two. A bound of 0 means that the float program gives the exact outputs on every sequence of \
      tokens in the box. Exits with 2 where an output may overflow.
      """)

  @OptionGroup var program: ProgramFile
  @OptionGroup var options: BoxOptions
  @OptionGroup var compiler: CompilerOptions

  @Flag(help: "Bound the program's lean path, not the program as it stands.")
  var lean = false

  func validate() throws {
    let architectures = try compiler.architectures()
    guard architectures.count <= 1, !lean || architectures.isEmpty else {
      throw ValidationError("bound takes --lean or one --arch")
    }
  }

  func perform() async throws -> Outcome {
    switch try program.readRunnable() {
    case .layers(let stack):
      guard !lean, try compiler.architectures().isEmpty else {
        throw Failure.badInput("\(program.program): --lean and --arch need a program, found layers")
      }
      return try options.perform(on: try tape(of: stack))
    case .program(let program):
      if let architecture = try compiler.architectures().first {
        return try options.perform(on: tape(of: compiler.stack(of: program, for: architecture)))
      }
      return try options.perform(on: lean ? Tape(program.leanPath) : Tape(program.graph))
    }
  }

  private func tape(of stack: LayerStack) throws -> Tape {
    guard let tape = Tape(stack)?.withPlainConstants else {
      throw Failure.badInput(
        "\(program.program): only programs, linear RNNs and gated linear RNNs are bounded")
    }
    return tape
  }
}

/// What bounding over a box takes, whatever the program comes from.
struct BoxOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The box of tokens.", valueName: "file"))
  var box: String

  @Option(help: ArgumentHelp("How many tokens a sequence has at most.", valueName: "tokens"))
  var steps = 1

  @Option(help: "The format to compute in: binary64, binary32, binary16 or bfloat16.")
  var format = "binary64"

  @Flag(help: "Print JSON.")
  var json = false

  /// Each token has its own line in the answer.
  static let mostSteps = 1_000_000

  mutating func validate() throws {
    _ = try FloatFormat(option: format)
    guard 1...BoxOptions.mostSteps ~= steps else {
      throw ValidationError("--steps must be from 1 to \(BoxOptions.mostSteps)")
    }
  }

  /// Bounds the tape and prints what is proved.
  func perform(on tape: Tape) throws -> Outcome {
    let box = try BoxFile(box).box(dimension: tape.inputDimension)
    let bound = tape.errorBound(over: box, tokens: steps, in: try FloatFormat(option: format))
    guard bound.gap != .contradiction else {
      throw Failure(code: .ourBug, message: "the analysis contradicts itself")
    }
    try StandardOutput.line(json ? bound.json.description : bound.text)
    return bound.gap == nil ? .holds : .undecided
  }
}
