import ExactArithmetic

/// Too many terms or symbols: nothing is claimed.
struct TooLarge: Error {}

/// The symbols of polynomials, with enclosures of their values. Equal symbols have one number; what
/// a symbol is made of has lower numbers.
struct SymbolTable {
  enum Symbol: Hashable {
    case variable(Int)

    /// The first coefficient of what is rectified is 1.
    case relu(Polynomial)

    /// A product that would have too many terms.
    case product(Polynomial, Polynomial)
  }

  /// Terms of a polynomial, and symbols.
  static let limits = (terms: 1_000, symbols: 20_000)

  /// Products of more terms than that are not expanded.
  let expansion: Int

  /// What may still be done.
  let meter: WorkMeter

  init(meter: WorkMeter = WorkMeter(1_000_000), expansion: Int = 1_024) {
    self.meter = meter
    self.expansion = expansion
  }

  private(set) var symbols: [Symbol] = []
  private var ranges: [Interval] = []
  private var numbers: [Symbol: Int] = [:]

  /// A new variable; a number, where that is all that it can be.
  mutating func variable(within range: Interval) throws(TooLarge) -> Polynomial {
    if let point = range.point { return Polynomial(point) }
    return try polynomial(.variable(symbols.count), range)
  }

  private mutating func polynomial(
    _ symbol: Symbol, _ range: Interval
  ) throws(TooLarge) -> Polynomial {
    if let number = numbers[symbol] { return Polynomial(symbol: number) }
    guard symbols.count < SymbolTable.limits.symbols else { throw TooLarge() }
    numbers[symbol] = symbols.count
    symbols.append(symbol)
    ranges.append(range.limited)
    return Polynomial(symbol: symbols.count - 1)
  }

  /// Σ entries · values + offset; a variable in its range, if that has too many terms.
  mutating func affine(
    _ entries: some Sequence<Matrix.Entry>, of values: [Polynomial], plus offset: Polynomial
  ) throws(TooLarge) -> Polynomial {
    var sum = offset
    for entry in entries {
      try meter.spend(1 + values[entry.column].terms.count)
      sum.add(values[entry.column], times: entry.value)
    }
    guard sum.terms.count > SymbolTable.limits.terms else { return sum }
    return try variable(within: range(of: sum))
  }

  mutating func product(
    _ left: Polynomial, _ right: Polynomial
  ) throws(TooLarge) -> Polynomial {
    try meter.spend(1 + min(left.terms.count * right.terms.count, expansion))
    if left.terms.count * right.terms.count <= expansion {
      return left.expanded(times: right)
    }
    let range = self.range(of: left) * self.range(of: right)
    if let point = range.point { return Polynomial(point) }
    if numbers[.product(right, left)] != nil { return try polynomial(.product(right, left), range) }
    return try polynomial(.product(left, right), range)
  }

  /// σ of the polynomial, under conditions: a symbol only if its sign is not known.
  mutating func relu(
    _ inner: Polynomial, under conditions: Conditions = Conditions()
  ) throws(TooLarge) -> Polynomial {
    try meter.spend(inner.terms.count)
    let range = factoredRange(of: inner, under: conditions)
    if range.isNonnegative { return inner }
    if range.isNonpositive { return Polynomial(0) }
    guard let leading = inner.leading else { return Polynomial(max(0, inner.offset)) }
    let scale = leading.coefficient.magnitude
    let normal = inner.scaled(by: leading.coefficient.reciprocal)
    let rectified = try polynomial(.relu(normal), self.range(of: normal).positivePart)
    // σ(−g) = σ(g) − g.
    let signed = leading.coefficient > 0 ? rectified : rectified - normal
    return signed.scaled(by: scale)
  }
}

extension SymbolTable {
  /// An enclosure of the values of a polynomial where the conditions hold.
  func range(of polynomial: Polynomial, under conditions: Conditions = Conditions()) -> Interval {
    meter.count(polynomial.terms.count)
    var sum = Interval(polynomial.offset)
    for (monomial, coefficient) in polynomial.terms where !monomial.isEmpty {
      sum = (sum + range(of: monomial, conditions).scaled(by: coefficient)).limited
    }
    return conditions.range(of: polynomial, knowing: sum)
  }

  /// As `range`, also with symbols taken out of the terms that they are in: (x − 1) h is never
  /// positive, for x up to 1 and h from 0, though x h − h might be anything. Only if signs are not
  /// known without.
  func factoredRange(of polynomial: Polynomial, under conditions: Conditions) -> Interval {
    let plain = range(of: polynomial, under: conditions)
    if plain.isNonnegative || plain.isNonpositive || polynomial.terms.count > 40 { return plain }
    var counts: [Int: Int] = [:]
    for monomial in polynomial.terms.keys {
      for symbol in Set(monomial) { counts[symbol, default: 0] += 1 }
    }
    guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value > 1
    else { return plain }
    let symbol = most.key
    var (factor, rest) = (Polynomial(0), Polynomial(0))
    for (monomial, coefficient) in polynomial.terms {
      if let place = monomial.firstIndex(of: symbol) {
        var others = monomial
        others.remove(at: place)
        factor.add(coefficient, others)
      } else {
        rest.add(coefficient, monomial)
      }
    }
    let base = conditions.range(of: Polynomial(symbol: symbol), knowing: ranges[symbol])
    let product = base * factoredRange(of: factor, under: conditions)
    let other = (product + factoredRange(of: rest, under: conditions)).limited
    return Interval(greatest(plain.lower, other.lower), least(plain.upper, other.upper))
  }

  func range(of monomial: Polynomial.Monomial, _ conditions: Conditions) -> Interval {
    var product = Interval(1)
    var place = 0
    while place < monomial.count {
      let symbol = monomial[place]
      let base = conditions.range(of: Polynomial(symbol: symbol), knowing: ranges[symbol])
      var power = base
      var exponent = 1
      while place + exponent < monomial.count, monomial[place + exponent] == symbol {
        power = power * base
        exponent += 1
      }
      if exponent.isMultiple(of: 2), !power.isNonnegative {
        power = Interval(0, power.upper)
      }
      product = product * power
      place += exponent
    }
    return product
  }
}

/// That some polynomials are positive: for each direction, a polynomial without a constant whose
/// first coefficient is 1, an open interval.
struct Conditions {
  private var known: [Polynomial: Interval] = [:]

  /// All that are positive.
  private(set) var positive: [Polynomial] = []

  /// What is known of a polynomial that is in `range` anyway.
  func range(of polynomial: Polynomial, knowing range: Interval) -> Interval {
    guard !known.isEmpty, let leading = polynomial.leading,
      let direction = known[polynomial.direction(leading.coefficient)]
    else { return range }
    let other = direction.scaled(by: leading.coefficient) + Interval(polynomial.offset)
    return Interval(greatest(range.lower, other.lower), least(range.upper, other.upper))
  }

  /// With the condition that `polynomial`, which is in `range` anyway, is positive; nil if that is
  /// nowhere so.
  func adding(_ polynomial: Polynomial, within range: Interval) -> Conditions? {
    if range.isNonpositive { return nil }
    guard let leading = polynomial.leading else { return self }
    let direction = polynomial.direction(leading.coefficient)
    let bound = -polynomial.offset / leading.coefficient
    let old = known[direction] ?? .everything
    let isLower = leading.coefficient > 0
    let lower = isLower ? greatest(old.lower, bound) : old.lower
    let upper = isLower ? old.upper : least(old.upper, bound)
    if let lower, let upper, lower >= upper { return nil }
    var conditions = self
    conditions.known[direction] = Interval(lower, upper)
    conditions.positive.append(polynomial)
    return conditions
  }
}

private func greatest(_ left: Rational?, _ right: Rational?) -> Rational? {
  guard let left, let right else { return left ?? right }
  return max(left, right)
}

private func least(_ left: Rational?, _ right: Rational?) -> Rational? {
  guard let left, let right else { return left ?? right }
  return min(left, right)
}

extension Polynomial {
  fileprivate func direction(_ leading: Rational) -> Polynomial {
    var direction = scaled(by: leading.reciprocal)
    direction.add(-direction.offset, [])
    return direction
  }
}
