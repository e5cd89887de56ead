import ArgumentParser
import ErrorAnalysis
import ExactArithmetic
import ExactJSON
import LSRL
import PropertyTesting

struct BoundIfElseCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "ifelse",
    abstract: "Proves how far f_ifelse in floats can be from the exact one.",
    discussion: """
      Examples:
        lsrl-check bound ifelse --lambda 1e10
        lsrl-check bound ifelse --variant step --guard 0,1 --form fused --format binary32 --json
        lsrl-check bound ifelse --form fused --order guard-last --lambda 16 --mu 4

      The guard c and the values t, f are floats, |t|, |f| ≤ --range; the optimized variants are \
      those for f = 0 and t ≥ 0. Boxes of inputs are cut until the bound is within 1.01 of the \
      largest error that a search found, or until --boxes have been looked at. The same --seed \
      gives the same answer.
      """)

  @Option(
    help: ArgumentHelp(
      "direct, optimized, step, step_optimized, multiplicative or multiplicative_optimized."))
  var variant = "direct"

  @Option(help: "written: the equation operation by operation; fused: linears folded.")
  var form = ConditionalQuestion.Form.written

  @Option(help: "Which columns come first in a fused row: guard-first or guard-last.")
  var order = ConditionalQuestion.Order.guardFirst

  @Option(help: ArgumentHelp("λ, exact.", valueName: "number"))
  var lambda = "1e10"

  @OptionGroup var options: ConditionalOptions

  @Option(help: "The format to compute in: binary64, binary32, binary16 or bfloat16.")
  var format = "binary64"

  @Option(
    name: .customLong("guard"),
    help: ArgumentHelp("0,1 for a guard that is 0 or 1; 0..1 for all between.", valueName: "set"))
  var guards = ConditionalQuestion.Guards.unitInterval

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    _ = try question()
  }

  private func question() throws -> ConditionalQuestion {
    guard let variant = ConditionalVariant(rawValue: variant) else {
      let known = ConditionalVariant.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--variant \(variant): expected one of \(known)")
    }
    return ConditionalQuestion(
      variant: variant, form: form, order: order,
      lambda: try ConditionalOptions.positive(lambda, "lambda"), mu: try options.exactMu(),
      format: try FloatFormat(option: format), guards: guards,
      range: try options.exactRange())
  }

  func perform() async throws -> Outcome {
    let report = try IfElseReport(
      question: try question(), samples: options.samples ?? 8_000, boxes: options.boxes ?? 400,
      seed: options.seed)
    try StandardOutput.line(json ? report.json.description : report.text)
    return report.bound.error.isFinite ? .holds : .undecided
  }
}

extension ConditionalQuestion.Form: ExpressibleByArgument {}
extension ConditionalQuestion.Order: ExpressibleByArgument {}
extension ConditionalQuestion.Guards: ExpressibleByArgument {}

extension FloatFormat {
  /// The format of this name.
  init(option name: String) throws {
    guard let format = FloatFormat.catalogue.first(where: { $0.name == name }) else {
      let known = FloatFormat.catalogue.map(\.name).joined(separator: ", ")
      throw ValidationError("--format \(name): expected one of \(known)")
    }
    self = format
  }
}
