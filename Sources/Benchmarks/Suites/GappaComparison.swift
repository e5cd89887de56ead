import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

/// Bounds before any input, ours and Gappa's, of the same operations on the same ranges, beside the
/// largest error found.
struct GappaComparison {
  let peers: Peers
  let stopwatch: Stopwatch

  func rows() throws -> [Row] {
    let conditionals = try ConditionalVariant.allCases.flatMap { variant in
      try ConditionalQuestion.Guards.allCases.flatMap { try rows(variant, $0) }
    }
    return try conditionals + GappaComparison.programs.flatMap(rows)
  }

  private func rows(
    _ name: String, sizes: String, bound: Double, error: Double, seconds: Figure,
    _ answers: [Peers.GappaAnswer?]
  ) -> [Row] {
    var bounds = [Row.Peer("largest error found", Figure([error]))]
    var times: [Row.Peer] = []
    let found = answers.compactMap(\.self)
    if found.count == answers.count, let most = found.map(\.bound).max() {
      bounds.insert(Row.Peer("Gappa", Figure([most])), at: 0)
      times.append(
        Row.Peer("Gappa", Figure([1_000 * found.reduce(0) { $0 + $1.seconds }])))
    }
    return [
      Row(
        "bound of \(name)", sizes: sizes, Figure([bound]), unit: "", peers: bounds,
        goal: Row.Goal(.notAbove(["Gappa"]), floor: 1)),
      Row(
        "time of that bound", sizes: sizes, seconds.map { 1_000 * $0 }, unit: "ms", peers: times),
    ]
  }

  // MARK: - f_ifelse

  /// As written, λ = 10^10, μ = 1000, |t|, |f| ≤ 10.
  private func rows(
    _ variant: ConditionalVariant, _ guards: ConditionalQuestion.Guards
  ) throws -> [Row] {
    let question = ConditionalQuestion(variant: variant, guards: guards)
    var random = SplitMix64(seed: 1)
    let error = try question.witness(using: &random)?.error ?? 0
    let bound = try question.bound(reaching: error).error
    let once = Stopwatch(repetitions: stopwatch.repetitions, least: .zero)
    let seconds = try once.seconds { _ = try question.bound(reaching: error) }
    let tape = Tape(try question.program().graph)
    let answers = question.boxesForOthers.map { ranges in
      GappaFile(tape, ranges: ranges, format: question.format)
        .flatMap { peers.gappa($0.text(output: 0)) }
    }
    return rows(
      "f_ifelse \(variant.rawValue) as written, guard \(guards.rawValue)",
      sizes: "λ 10^10, μ 1000, |t|, |f| ≤ 10, binary64, 8000 samples", bound: bound,
      error: Double(nearest: error), seconds: seconds, answers)
  }

  // MARK: - Scalar programs

  private struct ScalarCase {
    let name: String
    let expression: String
    let range: String
    let dimension: Int
  }

  private static let programs = [
    ScalarCase(
      name: "f_step", expression: "f_step(x, mu=1000)", range: "[-1, 1]", dimension: 1),
    ScalarCase(
      name: "f_and", expression: "f_and(x[0:1], x[1:2], mu=1000)", range: "[0, 1]", dimension: 2),
    ScalarCase(
      name: "a sum of thirds", expression: "Linear(x, A=[[1/3, 2/7, -3/10]], b=[1/10])",
      range: "[-10, 10]", dimension: 3),
    ScalarCase(
      name: "x (1 - x)",
      expression: "Multi(Concat([x, Linear(x, A=[[-1]], b=[1])]))", range: "[0, 1]", dimension: 1),
    ScalarCase(
      name: "|x - y|",
      expression: "Linear(ReLU(Linear(x, A=[[1, -1], [-1, 1]])), A=[[1, 1]])", range: "[-10, 10]",
      dimension: 2),
  ]

  private func rows(_ subject: ScalarCase) throws -> [Row] {
    let text = """
      ForEach:
        x = Input(dim=\(subject.dimension), range=\(subject.range))
        return \(subject.expression)
      """
    let program = try Program(parsing: text, file: "\(subject.name).lsrl")
    let tape = Tape(program.graph)
    let ranges = program.inputRanges
    let box = InputBox(
      ranges.map { InputBox.Coordinate($0.lower ?? 0, $0.upper ?? 0, .floats) })
    let seconds = stopwatch.seconds {
      _ = tape.errorBound(over: box, tokens: 1, in: .binary64)
    }
    let answer = GappaFile(tape, ranges: ranges, format: .binary64)
      .flatMap { peers.gappa($0.text(output: 0)) }
    return rows(
      subject.name, sizes: "x in \(subject.range), binary64, 8000 samples",
      bound: tape.errorBound(over: box, tokens: 1, in: .binary64).error,
      error: try largestError(tape, ranges), seconds: seconds, [answer])
  }

  /// Over floats in the ranges, of all binades down to 2^-16.
  private func largestError(_ tape: Tape, _ ranges: [Interval]) throws -> Double {
    var random = SplitMix64(seed: 1)
    let tokens = (0..<8_000).map { _ in
      ranges.map { range -> Double in
        let (low, high) = (Double(nearest: range.lower ?? 0), Double(nearest: range.upper ?? 0))
        let value = Double.random(in: low...high, using: &random)
        let scale = Double(
          sign: .plus, exponent: -Int.random(in: 0...16, using: &random), significand: 1)
        return Bool.random(using: &random) ? value : max(low, value * scale)
      }
    }
    let floats = try FloatEngine<Double>(tape).run(
      SequenceBatch(dimension: tape.inputDimension, tokens.map { [$0] }))
    let exact = try ExactEngine(tape).run(
      sequences: tokens.map { [$0.map { Rational(exactly: $0) ?? 0 }] })
    var largest: Rational = 0
    for index in tokens.indices {
      for (float, truth) in zip(floats[index].joined(), exact[index].joined()) {
        guard let float = Rational(exactly: float) else { continue }
        largest = max(largest, (float - truth).magnitude)
      }
    }
    return Double(nearest: largest)
  }
}

extension ConditionalQuestion {
  /// What c, t and f may be, in the order of the columns; a box for each guard if it is 0 or 1.
  fileprivate var boxesForOthers: [[Interval]] {
    let isOptimized = [.optimized, .stepOptimized, .multiplicativeOptimized].contains(variant)
    let t = isOptimized ? Interval(0, range) : Interval(-range, range)
    let f = isOptimized ? Interval(0) : Interval(-range, range)
    let guards = self.guards == .ends ? [Interval(0), Interval(1)] : [Interval(0, 1)]
    return guards.map { order == .guardFirst ? [$0, t, f] : [t, f, $0] }
  }
}
