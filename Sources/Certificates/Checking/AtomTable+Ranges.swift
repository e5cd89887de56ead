import ExactArithmetic

// What a program computes step by step keeps to bounds that its expanded form does not show: a
// product of two values in [0, 1] does, its dozens of terms do not. So the ranges of values are
// kept, by the direction of their forms, and carried from products through what is affine in them.

/// Ranges of forms, by their directions: without constant, the leading coefficient 1.
struct KnownRanges {
  fileprivate var ranges: [Form: AtomTable.Bounds] = [:]

  var isEmpty: Bool { ranges.isEmpty }
}

/// form = scale · direction + offset.
private struct Line {
  let direction: Form
  let scale: Rational
  let offset: Rational

  /// Nil if there are no two terms besides a constant: atoms have bounds of their own.
  init?(_ form: Form) {
    let hasOffset = form.terms.first?.atom == AtomTable.one
    let terms = form.terms[(hasOffset ? 1 : 0)...]
    guard terms.count > 1, let scale = terms.first?.coefficient else { return nil }
    self.scale = scale
    offset = hasOffset ? form.terms[0].coefficient : 0
    let factor = scale.reciprocal
    direction = Form(
      ascending: terms.map { Term(atom: $0.atom, coefficient: factor * $0.coefficient) })
  }
}

extension AtomTable {
  /// The lower bound of `form` that was kept of its direction.
  func keptLow(_ form: Form) -> Rational? {
    if knownRanges.isEmpty { return nil }
    guard let line = Line(form), let range = knownRanges.ranges[line.direction] else { return nil }
    guard let bound = line.scale > 0 ? range.lower : range.upper else { return nil }
    return line.scale * bound + line.offset
  }

  /// Keeps what is known of a product that was just expanded, if its terms do not show it.
  mutating func keep(product: Form, of left: Form, _ right: Form) throws(MetLimit) {
    if product.count < 2 { return }
    let bounds = try productBounds(left, right)
    try keep(bounds, of: product)
  }

  /// Keeps what is known of Σ entry · value + constant where more is kept of a value than its terms
  /// show. The others are taken together, term by term.
  mutating func keep(
    affine form: Form, _ rows: [(entries: ArraySlice<Matrix.Entry>, values: [Form])],
    plus constant: Rational
  ) throws(MetLimit) {
    if knownRanges.isEmpty || form.count < 2 { return }
    let least = try least(rows, plus: constant, sign: 1)
    let leastNegated = try self.least(rows, plus: constant, sign: -1)
    try keep(Bounds(lower: least, upper: leastNegated.map { -$0 }), of: form)
  }

  /// A lower bound of sign · (Σ entry · value + constant); nil if nothing is kept of any value.
  private mutating func least(
    _ rows: [(entries: ArraySlice<Matrix.Entry>, values: [Form])], plus constant: Rational,
    sign: Rational
  ) throws(MetLimit) -> Rational? {
    var rest = Form(constant: sign * constant)
    var sum: Rational = 0
    var isAny = false
    for row in rows {
      for entry in row.entries {
        let factor = sign * entry.value
        let value = row.values[entry.column]
        try expenses.work(value.count + rest.count)
        if let bound = betterLow(value.scaled(by: factor)) {
          sum += bound
          isAny = true
        } else {
          rest = rest.adding(value, times: factor)
        }
      }
    }
    return isAny ? termwise(rest.terms).map { $0 + sum } : nil
  }

  /// The lower bound that is kept of `form`, if it is better than that of its terms.
  private func betterLow(_ form: Form) -> Rational? {
    guard let kept = keptLow(form) else { return nil }
    guard let direct = termwise(form.terms), direct >= kept else { return kept }
    return nil
  }

  /// Each bound that is better than what is known at once.
  private mutating func keep(_ bounds: Bounds, of form: Form) throws(MetLimit) {
    guard let line = Line(form) else { return }
    try expenses.work(2 * form.count)
    let least = better(bounds.lower, of: form)
    let most = better(bounds.upper.map { -$0 }, of: -form).map { -$0 }
    guard least != nil || most != nil else { return }
    let factor = line.scale.reciprocal
    var ends = [least, most].map { $0.map { ($0 - line.offset) * factor } }
    if line.scale < 0 { ends.reverse() }
    for end in ends { try expenses.require(end) }
    var range = knownRanges.ranges[line.direction] ?? Bounds()
    if knownRanges.ranges[line.direction] == nil { try expenses.store(line.direction) }
    range.lower = ends[0] ?? range.lower
    range.upper = ends[1] ?? range.upper
    knownRanges.ranges[line.direction] = range
  }

  /// `bound`, if it is above the lower bound of the terms of `form` and above that which is kept.
  private func better(_ bound: Rational?, of form: Form) -> Rational? {
    guard let bound else { return nil }
    if let known = termwise(form.terms), known >= bound { return nil }
    if let known = keptLow(form), known >= bound { return nil }
    return bound
  }
}
