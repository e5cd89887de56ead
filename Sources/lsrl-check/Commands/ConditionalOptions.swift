import ArgumentParser
import ErrorAnalysis
import ExactArithmetic

/// What is asked of f_ifelse, by `bound ifelse` of one λ and by `report ifelse` of many.
struct ConditionalOptions: ParsableArguments {
  @Option(help: ArgumentHelp("μ, exact.", valueName: "number"))
  var mu = "1000"

  @Option(help: ArgumentHelp("How large |t| and |f| are at most.", valueName: "number"))
  var range = "10"

  @Option(
    help: ArgumentHelp(
      "How many boxes to bound at most for each λ: 400 unless given, 100 in reports.",
      valueName: "count"))
  var boxes: Int?

  @Option(
    help: ArgumentHelp(
      "How many inputs to try for each λ: 8000 unless given, 2000 in reports.",
      valueName: "count"))
  var samples: Int?

  @Option(help: "What the searches start from.")
  var seed: UInt64 = 1

  func validate() throws {
    _ = (try exactMu(), try exactRange())
    guard 1...1_000_000 ~= boxes ?? 1, 1...100_000_000 ~= samples ?? 1 else {
      throw ValidationError("--boxes and --samples must be from 1 to 1000000 and 100000000")
    }
  }

  func exactMu() throws -> Rational { try ConditionalOptions.positive(mu, "mu") }
  func exactRange() throws -> Rational { try ConditionalOptions.positive(range, "range") }

  /// Beyond 10^100 there is nothing to learn, and much to compute.
  static func positive(_ text: some StringProtocol, _ name: String) throws -> Rational {
    let limit = Rational(10).raised(to: 100)
    guard let value = try? Rational(parsing: String(text)), value > 0, value <= limit,
      value.reciprocal <= limit
    else { throw ValidationError("--\(name) \(text): expected a number from 1e-100 to 1e100") }
    return value
  }
}
