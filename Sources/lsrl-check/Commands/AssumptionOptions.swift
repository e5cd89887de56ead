import ArgumentParser
import ErrorAnalysis
import ExactArithmetic
import LSRL

/// What is assumed of tokens where all runs are looked at together.
struct AssumptionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What tokens are: declared, integers, or a range such as 0..9 or 0..1:1/4.",
      discussion: """
        declared: what the program's Input says by range and step. integers: whole numbers in the \
        declared range. lowest..highest: whole numbers in this range; with :step multiples of it. \
        Write --inputs=-1..1 if it starts with a minus.
        """, valueName: "set"))
  var inputs = InputAssumption.declared

  @Option(
    help: ArgumentHelp(
      "Look at sequences of at most this many tokens; without, of any length.",
      valueName: "tokens"))
  var steps: Int?

  func validate() throws {
    if let steps, steps < 1 { throw ValidationError("--steps must be positive") }
  }

  var horizon: Horizon { steps.map(Horizon.steps) ?? .everyLength }

  /// The set of each coordinate of a token.
  func sets(of program: Program, _ name: String) throws -> [GridValue] {
    try zip(program.inputRanges, program.inputSteps).enumerated().map { coordinate, declared in
      let (range, step) = inputs.set(range: declared.0, step: declared.1)
      guard let lower = range.lower, let upper = range.upper else {
        throw Failure.badInput(
          "\(name): expected a range for coordinate \(coordinate) of the tokens, found none: "
            + "declare Input(…, range=[lowest, highest]), or say --inputs lowest..highest")
      }
      guard let set = GridValue(from: lower, to: upper, spacing: step) else {
        throw Failure.badInput(
          "\(name): expected tokens that there are, found multiples of \(step ?? 0) in \(range)")
      }
      return set
    }
  }
}

/// The value of `--inputs`.
enum InputAssumption: ExpressibleByArgument, Hashable {
  case declared
  case integers
  case grid(Interval, step: Rational)

  init?(argument: String) {
    switch argument {
    case "declared": self = .declared
    case "integers": self = .integers
    default:
      let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
      guard let bounds = parts.first?.ranges(of: ".."), bounds.count == 1,
        let lower = try? Rational(parsing: String(parts[0][..<bounds[0].lowerBound])),
        let upper = try? Rational(parsing: String(parts[0][bounds[0].upperBound...])),
        lower <= upper
      else { return nil }
      var step: Rational = 1
      if parts.count == 2 {
        guard let given = try? Rational(parsing: parts[1]), given > 0 else { return nil }
        step = given
      }
      self = .grid(Interval(lower, upper), step: step)
    }
  }

  var defaultValueDescription: String { "declared" }

  func set(range: Interval, step: Rational?) -> (Interval, Rational?) {
    switch self {
    case .declared: (range, step)
    case .integers: (range, 1)
    case .grid(let range, let step): (range, step)
    }
  }
}
