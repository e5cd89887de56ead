/// The numbers from `low` to `high`; bounds may be infinite.
struct Span: Hashable, Sendable {
  var low: Double
  var high: Double

  static let everything = Span(low: -.infinity, high: .infinity)

  init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  init(_ point: Double) { self.init(low: point, high: point) }

  var isPoint: Bool { low == high }
  var isZero: Bool { low == 0 && high == 0 }
  var isEmpty: Bool { !(low <= high) }

  var largestMagnitude: Double { max(-low, high) }

  /// The least magnitude of a member.
  var leastMagnitude: Double { low > 0 ? low : high < 0 ? -high : 0 }

  mutating func meet(low: Double, high: Double) {
    if low > self.low { self.low = low }
    if high < self.high { self.high = high }
  }
}

/// What is known of one value of a program, for all inputs of a box: where it lies exactly, where
/// its float lies, how far the two are apart.
struct Enclosure: Hashable, Sendable {
  /// Of the rational program's value; bounds are rounded outward.
  var exact: Span

  /// Of the float; its bounds are numbers of the format, unless infinite.
  var float: Span

  /// ≥ |float − exact|; infinite if the float may be infinite or no number.
  var error: Double

  /// The float is a multiple of 2^`grid`.
  var grid: Int

  /// The grid of 0.
  static let everyGrid = 1 << 20

  static let unknown = Enclosure(
    exact: .everything, float: .everything, error: .infinity, grid: -everyGrid)

  /// A float that is what it should be, anywhere between two numbers of the format.
  static func floats(from low: Double, to high: Double, grid: Int) -> Enclosure {
    let span = Span(low: low, high: high)
    return Enclosure(exact: span, float: span, error: 0, grid: span.isZero ? everyGrid : grid)
  }
}

extension Enclosure {
  /// Lets the three facts sharpen each other. False if they contradict: there is no such input.
  ///
  /// Floats are snapped inward to numbers of the format; exact bounds are rounded outward.
  mutating func settle(_ rounding: FormatRounding, _ rules: AnalysisRules) -> Bool {
    if exact.isEmpty || float.isEmpty { return false }
    guard error.isFinite else {
      float = .everything
      return true
    }
    let gap = max(
      Directed.sumUp(float.high, -exact.low), Directed.sumUp(exact.high, -float.low))
    if gap < error { error = max(gap, 0) }
    exact.meet(
      low: Directed.sumDown(float.low, -error), high: Directed.sumUp(float.high, error))
    // Tight sums: the least double that is not below, the largest that is not above.
    meetFloat(
      low: Directed.sumUp(exact.low, -error), high: Directed.sumDown(exact.high, error),
      rounding, rules)
    guard !exact.isEmpty, !float.isEmpty else { return false }
    if float.isPoint { grid = max(grid, dyadicExponent(float.low)) }
    return true
  }

  /// The float lies within these bounds, so within the numbers of the format between them.
  mutating func meetFloat(
    low: Double, high: Double, _ rounding: FormatRounding, _ rules: AnalysisRules
  ) {
    float.meet(
      low: low > float.low && rules.snapsToFloats ? rounding.up(low) : low,
      high: high < float.high && rules.snapsToFloats ? rounding.down(high) : high)
  }
}

/// Which of the rules of the analysis are in force. All are sound only together; tests take one
/// away and see the result refuted, or out of reach of what it should reach.
package struct AnalysisRules: Sendable {
  /// ReLUs look at inputs whose float argument is positive, not only at those whose exact one is.
  package var looksAtFloatPhase = true

  /// What the error of rounding is multiplied with.
  package var roundingErrorScale = 1.0

  /// Bounds on floats move inward to numbers of the format.
  package var snapsToFloats = true

  package init() {}
}
