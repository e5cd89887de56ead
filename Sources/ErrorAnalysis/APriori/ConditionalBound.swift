import ExactArithmetic
import LSRL

/// What is proved about the error of an f_ifelse.
public struct ConditionalBound: Sendable {
  /// No guards and values that the question asks about have a larger error; infinite if nothing is
  /// proved.
  public let error: Double

  /// How many boxes were bounded.
  public let boxes: Int

  /// The bound is within a hundredth of the error that was known to occur, or 0.
  public let isTight: Bool

  /// Where errors near the bound may hide, the worst first.
  let worst: [ConditionalBox]
}

extension ConditionalQuestion {
  /// Bounds the error by branch and bound: the box with the largest bound is cut in two, until the
  /// bound is within 1.01 of `witnessed`, an error that is known to occur, or `budget` boxes have
  /// been looked at.
  public func bound(
    reaching witnessed: Rational = 0, budget: Int = 400
  ) throws(BuildError) -> ConditionalBound {
    try bound(reaching: witnessed, budget: budget, rules: AnalysisRules())
  }

  package func bound(
    reaching witnessed: Rational = 0, budget: Int = 400, rules: AnalysisRules
  ) throws(BuildError) -> ConditionalBound {
    let (line, output) = try line()
    let rounded = RoundedLine(line, format, coneLimit: 256)
    var search = ConditionalBranching(
      self, rounded, output, CancellingPairs(line, at: output), rules)
    return search.run(reaching: Directed.up(witnessed), budget: budget)
  }

  /// The boxes to start from, in numbers of the format.
  func boxes(_ rounding: FormatRounding) -> [ConditionalBox] {
    let largest = rounding.down(Directed.down(range))
    let t = Span(low: isOptimized ? 0 : -largest, high: largest)
    let f = isOptimized ? Span(0) : Span(low: -largest, high: largest)
    switch guards {
    case .unitInterval: return [ConditionalBox(c: Span(low: 0, high: 1), t: t, f: f)]
    case .ends: return [0, 1].map { ConditionalBox(c: Span($0), t: t, f: f) }
    }
  }

  func splitter(_ rounding: FormatRounding) -> ConditionalSplitter {
    let inverse = rounding.nearest(mu.reciprocal).value
    let ramp = [0.5 - inverse, 0.5 + inverse].map(rounding.nearest)
    return ConditionalSplitter(
      rounding: rounding, lambda: Double(nearest: lambda), range: Double(nearest: range),
      guardCuts: usesSteps ? [0.5] + ramp : [0.5])
  }
}

/// Branch and bound over the boxes of one question.
private struct ConditionalBranching {
  private struct Entry {
    let error: Double
    let box: ConditionalBox
  }

  private var analysis: BoxAnalysis
  private let output: Int
  private let pairs: CancellingPairs?
  private let columns: ConditionalColumns
  private let splitter: ConditionalSplitter
  private var open: [Entry]
  private var closed: [Entry] = []
  private var count = 0

  init(
    _ question: ConditionalQuestion, _ line: RoundedLine, _ output: Int,
    _ pairs: CancellingPairs?, _ rules: AnalysisRules
  ) {
    analysis = BoxAnalysis(line, rules: rules)
    self.output = output
    self.pairs = pairs
    columns = ConditionalColumns(question.order)
    splitter = question.splitter(line.rounding)
    open = []
    open = question.boxes(line.rounding).compactMap { entry($0, below: .infinity) }
  }

  /// The box with its bound; nil if no error is possible in it. Boxes are never empty, so nothing
  /// is concluded from an analysis that finds one so.
  private mutating func entry(_ box: ConditionalBox, below limit: Double) -> Entry? {
    count += 1
    let isFeasible = analysis.run(box.leaves(columns, analysis.line.rounding))
    var error = limit
    if isFeasible {
      error = min(error, analysis.values[output].error)
      error = min(error, pairs?.error(analysis.values, analysis.line.rounding) ?? error)
    }
    return error > 0 ? Entry(error: error, box: box) : nil
  }

  /// The parts of the box by the cut that leaves the smallest largest bound, then the smallest sum
  /// of bounds; nil if it is not worth cutting.
  private mutating func parts(of whole: Entry) -> [Entry]? {
    var best: (largest: Double, sum: Double, parts: [Entry])?
    for boxes in splitter.cuts(of: whole.box) {
      let parts = boxes.compactMap { entry($0, below: whole.error) }
      let errors = parts.map(\.error)
      let largest = errors.max() ?? 0
      let sum = errors.reduce(0, +)
      if let best, (best.largest, best.sum) <= (largest, sum) { continue }
      best = (largest, sum, parts)
    }
    return best?.parts
  }

  mutating func run(reaching witnessed: Double, budget: Int) -> ConditionalBound {
    let goal = Directed.productDown(witnessed, 1.01)
    while count < budget, let worst = open.indices.max(by: { open[$0].error < open[$1].error }) {
      let entry = open[worst]
      let largestClosed = closed.map(\.error).max() ?? 0
      if entry.error <= max(goal, largestClosed) { break }
      open.swapAt(worst, open.count - 1)
      open.removeLast()
      if let parts = parts(of: entry) { open += parts } else { closed.append(entry) }
    }
    let all = (open + closed).sorted { $0.error > $1.error }
    let error = all.first?.error ?? 0
    return ConditionalBound(
      error: error, boxes: count, isTight: error <= goal || error == 0,
      worst: all.prefix(8).map(\.box))
  }
}
