import ExactArithmetic

/// What the fast mode's loops run over: rows sorted by what can happen in them, so that nothing is
/// looked at that depends on weights alone.
enum FastPart {
  /// Which terms a row has. Weights of the first three are in the format.
  enum Kind: UInt8, CaseIterable {
    /// One term, ±2^k with k ≥ 0, and the offset 0: nothing is rounded.
    case scaled

    /// Weights ±2^k, k ≥ 0: products are exact, sums are not.
    case powers

    /// Any weights, and what underflows in a product is no more than what is added for the bound's
    /// own rounding. So in binary64 only.
    case plain

    /// Anything else.
    case general
  }

  struct Term: BitwiseCopyable {
    /// The weight and its magnitude: factors of a value and of its error.
    let pair: SIMD2<Double>

    /// u, or 0 for powers of two.
    let productUnit: Double
    let register: Int
  }

  /// What only terms of rows of the kind `general` need.
  struct Rest: BitwiseCopyable {
    /// |weight − exact weight|.
    let deviation: Double

    /// Products below it may have underflowed.
    let threshold: Double
  }

  struct Row: BitwiseCopyable {
    let offset: Double
    let deviation: Double
    let end: Int
    let target: Int

    /// What the rounded sum is multiplied by, and what is added first.
    let widening: Double
    let slack: Double
  }

  /// Rows of one kind, with consecutive terms.
  struct Run: BitwiseCopyable {
    let kind: Kind
    let rows: Places
    let firstTerm: Int
  }
}

/// Rows under construction.
struct FastRows<Model: RoundingModel> {
  private(set) var rows: [FastPart.Row] = []
  private(set) var terms: [FastPart.Term] = []
  private(set) var rests: [FastPart.Rest] = []

  static func rounded(_ exact: Rational) -> (value: Double, error: Double) {
    let value = Model.Number(nearest: exact).double
    return (value, Model.deviation(of: value, from: exact).bound)
  }

  /// The rows that write the registers from `target` on. They read none that they write, so they
  /// may come in any order.
  mutating func append(_ list: [FlatTape.Row], to target: Int) -> [FastPart.Run] {
    let sorted = list.enumerated().map { (kind: kind(of: $0.element), place: $0.offset) }
    return FastPart.Kind.allCases.compactMap { kind in
      let places = sorted.filter { $0.kind == kind }.map(\.place)
      guard !places.isEmpty else { return nil }
      let (firstRow, firstTerm) = (rows.count, terms.count)
      for place in places { append(list[place], kind, to: target + place) }
      return FastPart.Run(kind: kind, rows: Places(firstRow..<rows.count), firstTerm: firstTerm)
    }
  }

  private mutating func append(_ row: FlatTape.Row, _ kind: FastPart.Kind, to target: Int) {
    for term in row.terms { append(term) }
    let (offset, deviation) = FastRows.rounded(row.offset)
    let roundings = Double(row.terms.count + 8)
    rows.append(
      FastPart.Row(
        offset: offset, deviation: deviation, end: terms.count, target: target,
        widening: (1 + roundings * 0x1p-51).nextUp,
        slack: roundings * 8 * Double.leastNonzeroMagnitude))
  }

  private mutating func append(_ term: FlatTape.Term) {
    let (weight, deviation) = FastRows.rounded(term.weight)
    let isPower = weight.isPowerOfTwo
    // A power of two that is no fraction keeps every digit; others may push some below eta.
    let threshold = Model.underflowThreshold * (isPower ? 2 : 1)
    terms.append(
      FastPart.Term(
        pair: SIMD2(weight, weight.magnitude), productUnit: isPower ? 0 : Model.productUnit,
        register: term.register))
    rests.append(
      FastPart.Rest(
        deviation: deviation, threshold: isPower && weight.magnitude >= 1 ? 0 : threshold))
  }

  private func kind(of row: FlatTape.Row) -> FastPart.Kind {
    var kind = FastPart.Kind.powers
    for term in row.terms {
      let (weight, deviation) = FastRows.rounded(term.weight)
      guard deviation == 0, weight.isFinite, weight != 0 else { return .general }
      if weight.isPowerOfTwo {
        if weight.magnitude < 1 { return .general }
      } else {
        if Model.isShort { return .general }
        kind = .plain
      }
    }
    let isScaled = kind == .powers && row.terms.count == 1 && row.offset == 0
    return isScaled ? .scaled : kind
  }
}
