/// Guards and values of an f_ifelse, from number to number of the format.
struct ConditionalBox: Sendable {
  var c: Span
  var t: Span
  var f: Span

  subscript(role: ConditionalRole) -> Span {
    get {
      switch role {
      case .c: c
      case .t: t
      case .f: f
      }
    }
    set {
      switch role {
      case .c: c = newValue
      case .t: t = newValue
      case .f: f = newValue
      }
    }
  }

  /// The leaves of the program's line.
  func leaves(_ columns: ConditionalColumns, _ rounding: FormatRounding) -> [Enclosure] {
    var leaves = [Enclosure](repeating: .unknown, count: 3)
    for (column, span) in [(columns.c, c), (columns.t, t), (columns.f, f)] {
      leaves[column] = .floats(
        from: span.low, to: span.high, grid: rounding.grid(from: span.leastMagnitude))
    }
    return leaves
  }

  fileprivate func with(_ role: ConditionalRole, _ low: Double, _ high: Double) -> ConditionalBox {
    var box = self
    box[role] = Span(low: low, high: high)
    return box
  }
}

enum ConditionalRole: CaseIterable { case c, t, f }

/// Cuts boxes where the error changes its nature: values at 0, because then one ReLU of each pair
/// is off; the guard at 1/2 (for steps also at the ends of their ramps), then at the binades of λc
/// and λ(1 − c); values at binades.
struct ConditionalSplitter: Sendable {
  let rounding: FormatRounding
  let lambda: Double
  let range: Double

  /// Where the guard is cut first, ascending.
  let guardCuts: [Double]

  /// Ways to cut `box` into boxes that cover it; the caller takes the best. None if it is not
  /// worth cutting.
  func cuts(of box: ConditionalBox) -> [[ConditionalBox]] {
    for role in ConditionalRole.allCases {
      let span = box[role]
      if span.low < 0, span.high > 0 {
        return [[box.with(role, span.low, 0), box.with(role, 0, span.high)]]
      }
    }
    if let cut = guardCuts.first(where: { box.c.low < $0 && $0 < box.c.high }) {
      return [[box.with(.c, box.c.low, cut), box.with(.c, cut, box.c.high)]]
    }
    let guardWays = guardCut(box.c).flatMap { cutting(box, .c, $0) }
    // Wide guards come first: their width still decides which ReLUs are on.
    if let guardWays, lambda * (box.c.high - box.c.low) > 100 * range { return [guardWays] }
    let valueWays = [ConditionalRole.t, .f].compactMap { role in
      valueCut(box[role]).flatMap { cutting(box, role, $0) }
    }
    return (guardWays.map { [$0] } ?? []) + valueWays
  }

  /// The numbers up to `cut`, and those from the next one on.
  private func cutting(
    _ box: ConditionalBox, _ role: ConditionalRole, _ cut: Double
  ) -> [ConditionalBox]? {
    let span = box[role]
    guard span.low < span.high else { return nil }
    var left = rounding.down(cut)
    if left >= span.high { left = rounding.below(span.high) }
    left = max(left, span.low)
    let right = -rounding.below(-left)
    return [box.with(role, span.low, left), box.with(role, right, span.high)]
  }

  private func guardCut(_ span: Span) -> Double? {
    guard span.low < span.high else { return nil }
    let middle = span.low + (span.high - span.low) / 2
    if span.high <= 0.5 {
      guard span.high * lambda > range / 640 else { return nil }
      return binade(span.low * lambda, span.high * lambda).map { $0 / lambda } ?? middle
    }
    guard (1 - span.low) * lambda > range / 640 else { return nil }
    let low = (1 - span.high) * lambda
    return binade(low, (1 - span.low) * lambda).map { 1 - $0 / lambda } ?? middle
  }

  private func valueCut(_ span: Span) -> Double? {
    guard span.high - span.low > range / 640 else { return nil }
    let middle = span.low + (span.high - span.low) / 2
    if span.low >= 0 { return binade(span.low, span.high) ?? middle }
    return binade(-span.high, -span.low).map { -$0 } ?? middle
  }

  /// The largest power of two between two positive numbers; nil if there is none.
  private func binade(_ low: Double, _ high: Double) -> Double? {
    guard high > 0, high.isFinite else { return nil }
    var power = FormatRounding.power(Int(high.exponent))
    if power == high { power /= 2 }
    return low < power && power < high ? power : nil
  }
}
