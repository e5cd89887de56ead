import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

/// Error bounds: how near they come to what occurs, and what they cost.
struct BoundSuite {
  let stopwatch: Stopwatch

  /// Listing 2.
  let program: Workload

  /// Random programs with tokens.
  let corpus: [CorpusCase]
  let peers: Peers

  func rows() throws -> [Row] {
    var rows = try written() + fused()
    if !corpus.isEmpty { rows += try tightness() }
    rows += try GappaComparison(peers: peers, stopwatch: stopwatch).rows()
    return rows + (try costs())
  }

  // MARK: - f_ifelse, before any input

  /// λ = 10^10, |t|, |f| ≤ 10, binary64.
  private func question(
    _ form: ConditionalQuestion.Form, _ guards: ConditionalQuestion.Guards
  ) -> ConditionalQuestion {
    ConditionalQuestion(form: form, guards: guards)
  }

  private static let sizes = "direct, λ 10^10, |t|, |f| ≤ 10, binary64"

  private func written() throws -> [Row] {
    let question = question(.written, .unitInterval)
    let ends = self.question(.written, .ends)
    let error = try question.bound().error
    let seconds = try stopwatch.seconds { _ = try question.bound() }
    return [
      Row(
        "bound of f_ifelse as written, guard in [0, 1]", sizes: BoundSuite.sizes,
        Figure([error * 1e15]), unit: "e-15", goal: Row.Goal(.atMost, floor: 2)),
      Row(
        "time of that bound", sizes: BoundSuite.sizes, seconds.map { 1_000 * $0 }, unit: "ms",
        goal: Row.Goal(.atMost, floor: 10)),
      Row(
        "bound of f_ifelse as written, guard 0 or 1", sizes: BoundSuite.sizes,
        Figure([try ends.bound().error]), unit: "", goal: Row.Goal(.atMost, floor: 0)),
    ]
  }

  private func fused() throws -> [Row] {
    try ConditionalQuestion.Order.allCases.map { order in
      var question = question(.fused, .unitInterval)
      question.order = order
      var random = SplitMix64(seed: 1)
      let error = try question.witness(using: &random)?.error ?? 0
      let bound = try question.bound(reaching: error).error
      return Row(
        "bound of f_ifelse fused, \(order.rawValue), over the worst error found",
        sizes: "\(BoundSuite.sizes), 8000 samples", Figure([bound / Double(nearest: error)]),
        unit: "x", goal: Row.Goal(.atMost, floor: 1.01))
    }
  }

  // MARK: - Running bounds

  /// bound / error over all outputs of the corpus that are not exact.
  private func tightness() throws -> [Row] {
    var ratios: [Double] = []
    var violations = 0
    for run in corpus {
      let source = Tape(run.program.graph)
      let exact = try ExactEngine(source).run(run.tokens).flatMap(\.self)
      for tape in [source, Tape(run.program.leanPath)] {
        let bound = try RunningBound(tape, format: .binary64, mode: .tight)
        for (value, truth) in zip(try bound.run(run.tokens).flatMap(\.self), exact) {
          if !value.holds(for: truth) { violations += 1 }
          if let ratio = value.overestimate(of: truth) { ratios.append(ratio) }
        }
      }
    }
    let sorted = ratios.sorted()
    guard let most = sorted.last else { return [] }
    let sizes = "\(corpus.count) random programs, as written and lean, \(ratios.count) outputs"
    func row(_ name: String, _ part: Double, _ floor: Double) -> Row {
      let place = min(sorted.count - 1, Int(part * Double(sorted.count)))
      return Row(
        "tight bound over error, \(name)", sizes: sizes, Figure([sorted[place]]), unit: "x",
        goal: Row.Goal(.atMost, floor: floor))
    }
    return [
      row("median", 0.5, 1.1), row("90th percentile", 0.9, 2),
      Row("tight bound over error, largest", sizes: sizes, Figure([most]), unit: "x"),
      Row(
        "outputs beyond their bounds", sizes: sizes, Figure([Double(violations)]), unit: "",
        goal: Row.Goal(.atMost, floor: 0)),
    ]
  }

  /// Time with bounds over that of the float engine on the same sequence.
  private func costs() throws -> [Row] {
    let tape = Tape(program.path)
    let engine = try FloatEngine<Double>(tape)
    let batch = try SequenceBatch(
      dimension: tape.inputDimension, [program.tokens.map { $0.map(Double.init(nearest:)) }])
    // Both right after each other, again and again: what else the machine does then slows both.
    let once = Stopwatch(repetitions: 1, least: stopwatch.least)
    return try [(BoundMode.fast, 4.0), (.tight, 10.0)].flatMap { mode, floor in
      let bound = try RunningBound(tape, format: .binary64, mode: mode)
      let tokens = try bound.rounded(program.tokens)
      let samples = try (0..<stopwatch.repetitions).map { _ in
        let plain = try once.seconds { _ = try engine.run(batch) }.median
        return (plain: plain, bounded: once.seconds { _ = bound.run(tokens) }.median)
      }
      return [
        Row(
          "\(program.name) with \(mode.rawValue) bounds, over plain binary64",
          sizes: program.sizes, Figure(samples.map { $0.bounded / $0.plain }), unit: "x",
          goal: Row.Goal(.atMost, floor: floor)),
        Row(
          "\(program.name), products bounded, \(mode.rawValue)", sizes: program.sizes,
          Figure(samples.map { Double(program.productCount) / $0.bounded / 1e6 }),
          unit: "million/s"),
      ]
    }
  }
}
