import Evaluation
import ExactArithmetic

extension Tape {
  /// Bounds the errors of all outputs on all sequences of `tokens` tokens in `box`, in `format`:
  /// by intervals, grids and phases, without cutting the box. Precondition: the box has as many
  /// coordinates as a token.
  ///
  /// The program is unrolled as far as `windowLimit` operations go; between windows only the boxes
  /// of the states are remembered, not what ties them to earlier inputs.
  public func errorBound(
    over box: InputBox, tokens: Int, in format: FloatFormat,
    windowLimit: Int = 20_000, coneLimit: Int = 64
  ) -> ProgramBound {
    errorBound(
      over: box, tokens: tokens, in: format, windowLimit: windowLimit, coneLimit: coneLimit,
      rules: AnalysisRules())
  }

  package func errorBound(
    over box: InputBox, tokens: Int, in format: FloatFormat,
    windowLimit: Int = 20_000, coneLimit: Int = 64, rules: AnalysisRules
  ) -> ProgramBound {
    precondition(box.coordinates.count == inputDimension, "the box has other coordinates")
    let rounding = FormatRounding(format)
    let token = box.coordinates.compactMap { $0.enclosure(rounding) }
    guard token.count == inputDimension else {
      return ProgramBound(outputs: [], invariant: nil, gap: .emptyBox)
    }
    let single = WindowAnalysis(self, tokens: 1, format, coneLimit: coneLimit, rules)
    let length = min(max(windowLimit / max(single.operationCount, 1), 1), max(tokens, 1))
    var window =
      length == 1
      ? single : WindowAnalysis(self, tokens: length, format, coneLimit: coneLimit, rules)
    var states = initialStates(rounding)
    var outputs: [[ProgramBound.Output]] = []
    while outputs.count < tokens {
      guard let after = window.run(states, token) else {
        return ProgramBound(outputs: [], invariant: nil, gap: .contradiction)
      }
      outputs += window.outputs
      states = after
    }
    outputs.removeLast(outputs.count - tokens)
    let first = outputs.firstIndex { $0.contains { !$0.error.isFinite } }
    var search = InvariantSearch(single, token: token, rounding)
    return ProgramBound(
      outputs: outputs, invariant: search.run(from: initialStates(rounding)),
      gap: first.map { .unbounded(token: $0) })
  }

  private func initialStates(_ rounding: FormatRounding) -> [Enclosure] {
    states.flatMap(\.initial).map { value in
      InputBox.Coordinate(value, value).enclosure(rounding) ?? .unknown
    }
  }
}

/// A program on the tokens of one window, from given states to the states after it.
struct WindowAnalysis {
  private var analysis: BoxAnalysis
  private let unrolled: UnrolledTape
  private let tokenCount: Int

  init(
    _ tape: Tape, tokens: Int, _ format: FloatFormat, coneLimit: Int, _ rules: AnalysisRules
  ) {
    unrolled = UnrolledTape(tape, tokens: tokens)
    analysis = BoxAnalysis(
      RoundedLine(unrolled.line, format, coneLimit: coneLimit), rules: rules)
    tokenCount = tokens
  }

  var operationCount: Int { unrolled.line.operations.count }

  /// The states after the window, all tokens of which lie in `token`; nil if the analysis finds that
  /// there are none.
  mutating func run(_ states: [Enclosure], _ token: [Enclosure]) -> [Enclosure]? {
    var leaves = states
    for _ in 0..<tokenCount { leaves += token }
    guard analysis.run(leaves) else { return nil }
    return unrolled.statesAfter.joined().map { analysis.values[$0] }
  }

  /// Of the last run, by token.
  var outputs: [[ProgramBound.Output]] {
    unrolled.outputs.map { places in
      places.map { place in
        let value = analysis.values[place]
        // + 0 for −0, which is no other number but looks like one.
        return ProgramBound.Output(
          error: value.error, low: value.exact.low + 0, high: value.exact.high + 0)
      }
    }
  }
}

/// Looks for boxes of the states that one token maps into themselves.
///
/// Boxes grow from the initial states: first by what one token makes of them, then by leaps to the
/// next power of two, so that a limit is reached or passed.
private struct InvariantSearch {
  private var window: WindowAnalysis
  private let token: [Enclosure]
  private let rounding: FormatRounding

  init(_ window: WindowAnalysis, token: [Enclosure], _ rounding: FormatRounding) {
    self.window = window
    self.token = token
    self.rounding = rounding
  }

  mutating func run(from initial: [Enclosure]) -> [ProgramBound.Output]? {
    var states = initial
    for round in 0..<200 {
      guard let after = window.run(states, token) else { return nil }
      guard after.allSatisfy(\.error.isFinite) else { return nil }
      if zip(states, after).allSatisfy({ $0.contains($1) }) {
        return window.outputs[0]
      }
      states = zip(states, after).map { old, new in
        let hull = old.joined(new)
        return round < 8 ? hull : hull.widened(from: old, rounding)
      }
    }
    return nil
  }
}

extension Enclosure {
  fileprivate func contains(_ other: Enclosure) -> Bool {
    exact.low <= other.exact.low && other.exact.high <= exact.high
      && float.low <= other.float.low && other.float.high <= float.high
      && other.error <= error && grid <= other.grid
  }

  fileprivate func joined(_ other: Enclosure) -> Enclosure {
    Enclosure(
      exact: exact.joined(other.exact), float: float.joined(other.float),
      error: max(error, other.error), grid: min(grid, other.grid))
  }

  /// This, with every bound that has moved from `old` moved on to a power of two.
  fileprivate func widened(from old: Enclosure, _ rounding: FormatRounding) -> Enclosure {
    func leap(_ value: Double, _ old: Double) -> Double {
      guard value != old, value != 0 else { return value }
      let power = FormatRounding.power(min(Int(value.exponent) + 1, 1023))
      return value > 0 ? power : -power
    }
    var wide = self
    wide.exact = Span(
      low: exact.low < old.exact.low ? min(leap(exact.low, old.exact.low), exact.low) : exact.low,
      high: exact.high > old.exact.high
        ? max(leap(exact.high, old.exact.high), exact.high) : exact.high)
    let low = float.low < old.float.low ? leap(float.low, old.float.low) : float.low
    let high = float.high > old.float.high ? leap(float.high, old.float.high) : float.high
    wide.float = Span(
      low: low > 0 ? 0 : rounding.down(low), high: high < 0 ? 0 : rounding.up(high))
    wide.error = error > old.error ? leap(error, old.error) : error
    if grid < old.grid { wide.grid = max(min(grid, 0), rounding.minimumExponent) }
    return wide
  }
}

extension Span {
  fileprivate func joined(_ other: Span) -> Span {
    Span(low: min(low, other.low), high: max(high, other.high))
  }
}
