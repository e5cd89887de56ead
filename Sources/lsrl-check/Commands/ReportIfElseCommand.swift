import ArgumentParser
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import Reports

struct ReportIfElseCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "ifelse",
    abstract: "Reports the errors of f_ifelse against λ, and the bits that exactness takes.",
    discussion: """
      Examples:
        lsrl-check report ifelse --out ifelse
        lsrl-check report ifelse --format binary16 --lambda 16,64,256 --range 8 --out small

      Each point is a `lsrl-check bound ifelse` with --boxes and --samples as here.
      """)

  @OptionGroup var report: ReportOptions
  @OptionGroup var options: ConditionalOptions

  @Option(help: "Values of λ, with commas.")
  var lambda = "16,1e2,1e3,1e4,1e6,1e8,1e10,1e12"

  @Option(
    name: .customLong("format"),
    help: "A float format; repeatable; binary64 and binary32 unless given.")
  var formats: [FloatFormat] = []

  func validate() throws {
    _ = try lambdas()
  }

  private func lambdas() throws -> [Rational] {
    let values = try lambda.split(separator: ",").map {
      try ConditionalOptions.positive($0, "lambda")
    }
    guard 1...100 ~= values.count else {
      throw ValidationError("--lambda: expected from 1 to 100 numbers, found \(values.count)")
    }
    return values.sorted()
  }

  func perform() async throws -> Outcome {
    try report.folder.check()
    var findings = IfElseFindings(
      range: options.range, mu: options.mu, smallLambda: "\(try smallLambda())",
      seed: options.seed,
      command: ShellLine.command)
    findings.curves = try await curves()
    try addNeeds(to: &findings)
    return try report.write(.ifElse(findings, producer: ReportOptions.producer))
  }

  // MARK: - Errors

  private struct Asked: Sendable {
    let curve: Int
    let point: Int
    let question: ConditionalQuestion
  }

  private func curves() async throws -> [IfElseFindings.Curve] {
    let (mu, range, lambdas) = (
      try options.exactMu(), try options.exactRange(), try lambdas()
    )
    var curves: [IfElseFindings.Curve] = []
    var asked: [Asked] = []
    for format in formats.isEmpty ? [.binary64, .binary32] : formats {
      for guards in ConditionalQuestion.Guards.allCases {
        for variant in ConditionalVariant.allCases {
          for (form, order) in variant.forms {
            for (point, lambda) in lambdas.enumerated() {
              let question = ConditionalQuestion(
                variant: variant, form: form, order: order, lambda: lambda, mu: mu,
                format: format, guards: guards, range: range)
              asked.append(Asked(curve: curves.count, point: point, question: question))
            }
            curves.append(
              IfElseFindings.Curve(
                variant: variant.rawValue, form: form.title(order), format: format.name,
                guards: guards.rawValue,
                points: lambdas.map {
                  .init(lambda: Double(nearest: $0), bound: .infinity, observed: nil)
                }))
          }
        }
      }
    }
    let progress = ProgressLine(total: asked.count, unit: "questions")
    for (done, answer) in try await answers(to: asked, progress).enumerated() {
      let place = asked[done]
      curves[place.curve].points[place.point].bound = answer.bound
      curves[place.curve].points[place.point].observed = answer.observed
    }
    return curves
  }

  private func answers(
    to asked: [Asked], _ progress: ProgressLine
  ) async throws -> [(bound: Double, observed: Double?)] {
    var answers = [(bound: Double, observed: Double?)](
      repeating: (.infinity, nil), count: asked.count)
    let (samples, boxes, seed) = (
      options.samples ?? 2_000, options.boxes ?? 100, options.seed
    )
    try await withThrowingTaskGroup(of: (Int, Double, Double?).self) { group in
      for (index, place) in asked.enumerated() {
        group.addTask {
          let found = try IfElseReport(
            question: place.question, samples: samples, boxes: boxes, seed: seed)
          let error = found.witness.map { Double(nearest: $0.error) }
          return (index, found.bound.error, error)
        }
      }
      var done = 0
      for try await (index, bound, observed) in group {
        answers[index] = (bound, observed)
        done += 1
        progress.update(done)
      }
    }
    progress.finish()
    return answers
  }

  // MARK: - Needs

  /// The least power of two that is at least the range.
  private func smallLambda() throws -> Rational {
    let range = try options.exactRange()
    return Rational.powerOfTwo(range.isPowerOfTwo ? range.binade : range.binade + 1)
  }

  private func addNeeds(to findings: inout IfElseFindings) throws {
    let range = try options.exactRange()
    guard range.isInteger, range <= 1_000_000 else { return }
    let small = try smallLambda()
    let lambdas = (0...15).map { small * Rational.powerOfTwo(2 * $0) }
    for (variant, form, order) in [
      (
        ConditionalVariant.direct, ConditionalQuestion.Form.written,
        ConditionalQuestion.Order.guardFirst
      ),
      (.direct, .fused, .guardFirst), (.direct, .fused, .guardLast),
      (.step, .written, .guardFirst), (.step, .fused, .guardFirst),
      (.multiplicative, .written, .guardFirst),
    ] {
      let question = ConditionalQuestion(
        variant: variant, form: form, order: order, lambda: small, mu: 4, range: range)
      findings.needsByLambda.append(
        IfElseFindings.Need(
          variant: variant.rawValue, form: variant.forms.count > 1 ? form.title(order) : "",
          points: try lambdas.map { lambda in
            var question = question
            question.lambda = lambda
            return BitNeed(constant: Double(nearest: lambda), bits: try question.bits())
          }))
    }
    for variant in [ConditionalVariant.step, .stepOptimized] {
      for (form, order) in variant.forms {
        let question = ConditionalQuestion(
          variant: variant, form: form, order: order, lambda: small, mu: 4, range: range)
        findings.needsByMu.append(
          IfElseFindings.Need(
            variant: variant.rawValue, form: form.title(order),
            points: try (1...12).map { exponent in
              var question = question
              question.mu = Rational.powerOfTwo(exponent)
              return BitNeed(constant: Double(nearest: question.mu), bits: try question.bits())
            }))
      }
    }
  }
}

extension ConditionalVariant {
  /// Products have no constants to fold.
  fileprivate var forms: [(ConditionalQuestion.Form, ConditionalQuestion.Order)] {
    switch self {
    case .multiplicative, .multiplicativeOptimized: [(.written, .guardFirst)]
    case .direct, .optimized, .step, .stepOptimized:
      [(.written, .guardFirst), (.fused, .guardFirst), (.fused, .guardLast)]
    }
  }

  fileprivate var isForOneValue: Bool {
    switch self {
    case .optimized, .stepOptimized, .multiplicativeOptimized: true
    case .direct, .step, .multiplicative: false
    }
  }
}

extension ConditionalQuestion.Form {
  fileprivate func title(_ order: ConditionalQuestion.Order) -> String {
    self == .written ? "written" : "fused \(order.rawValue)"
  }
}

extension ConditionalQuestion {
  /// Bits that exactness takes for guards 0 and 1 and whole values; nil if none are known to be
  /// enough.
  fileprivate func bits() throws -> Int? {
    func set(_ lower: Rational, _ upper: Rational) throws -> GridValue {
      guard let set = GridValue(from: lower, to: upper, spacing: 1) else {
        throw Failure(code: .ourBug, message: "no whole number from \(lower) to \(upper)")
      }
      return set
    }
    let c = try set(0, 1)
    let t = try set(variant.isForOneValue ? 0 : -range, range)
    let f = try variant.isForOneValue ? set(0, 0) : t
    do {
      let exactness = try Exactness(
        Tape(try program().graph), inputs: order == .guardFirst ? [c, t, f] : [t, f, c],
        horizon: .steps(1))
      return exactness.needs.precision
    } catch let error as BuildError {
      throw Failure(code: .ourBug, message: "\(error)")
    } catch is ExactnessLimit {
      return nil
    }
  }
}
