extension BoxAnalysis {
  /// Sharpens what the value at `place` reads by what is known of the value. False if nothing is
  /// left.
  func spread(_ place: Int, in values: inout [Enclosure]) -> Bool {
    let instruction = line.instructions[place]
    let value = values[place]
    switch instruction.kind {
    case .leaf, .constant, .product: return true
    case .sum:
      return spread(value, toTerm: instruction.left, beside: instruction.right, in: &values)
        && spread(value, toTerm: instruction.right, beside: instruction.left, in: &values)
    case .scale:
      return spread(value, to: instruction.right, scaledBy: instruction.left, in: &values)
    case .relu:
      let argument = instruction.left
      let isPositive = (value.exact.low > 0, value.float.low > 0)
      values[argument].exact.meet(
        low: isPositive.0 ? value.exact.low : -.infinity, high: value.exact.high)
      values[argument].float.meet(
        low: isPositive.1 ? value.float.low : -.infinity, high: value.float.high)
      return values[argument].settle(line.rounding, rules)
    }
  }

  /// The results before rounding that round to floats in `span`.
  private func unrounded(_ span: Span) -> Span {
    Span(
      low: Directed.sumDown(span.low, -line.rounding.reach(of: span.low)),
      high: Directed.sumUp(span.high, line.rounding.reach(of: span.high)))
  }

  private func spread(
    _ value: Enclosure, toTerm place: Int, beside other: Int, in values: inout [Enclosure]
  ) -> Bool {
    let rest = values[other]
    let exact = value.exact.minus(rest.exact)
    let sum = unrounded(value.float)
    var term = values[place]
    term.exact.meet(low: exact.low, high: exact.high)
    term.meetFloat(
      low: Directed.sumUp(sum.low, -rest.float.high),
      high: Directed.sumDown(sum.high, -rest.float.low), line.rounding, rules)
    guard term.settle(line.rounding, rules) else { return false }
    values[place] = term
    return true
  }

  private func spread(
    _ value: Enclosure, to place: Int, scaledBy index: Int, in values: inout [Enclosure]
  ) -> Bool {
    let weight = line.weights[index]
    guard weight.exact.isPoint, weight.rounded != 0, weight.exact.low != 0 else { return true }
    var factor = values[place]
    let product = unrounded(value.float)
    let isPositive = weight.rounded > 0
    let ends = isPositive ? value.exact : Span(low: value.exact.high, high: value.exact.low)
    factor.exact.meet(
      low: Directed.quotientDown(ends.low, weight.exact.low),
      high: Directed.quotientUp(ends.high, weight.exact.low))
    let floatEnds = isPositive ? product : Span(low: product.high, high: product.low)
    factor.meetFloat(
      low: -Directed.largestBelow(quotient: -floatEnds.low, weight.rounded),
      high: Directed.largestBelow(quotient: floatEnds.high, weight.rounded), line.rounding, rules)
    guard factor.settle(line.rounding, rules) else { return false }
    values[place] = factor
    return true
  }
}
