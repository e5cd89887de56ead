import ExactArithmetic

extension SymbolTable {
  /// Whether `goal` holds for all values of the variables, of which one option of each alternative
  /// is so: shown case by case. False: not shown.
  ///
  /// A case is a choice of options, and then of signs for what is rectified: where g > 0, σ(g) is g,
  /// and where g < 0 it is 0. In each case the goal must be plain. The innermost ReLU is decided
  /// first, so g is always a polynomial in variables; cases that conditions exclude are passed over.
  ///
  /// Why open cases are enough: variables without a chosen value range over intervals of more than
  /// one point, where all is continuous, and zeros of a polynomial other than 0 fill no ball; so the
  /// closures of the finitely many cases cover everything. Where both cases of one g are excluded,
  /// nothing is claimed.
  mutating func isAlways(_ goal: Goal, in modes: Modes, budget: inout Int) throws(TooLarge) -> Bool
  {
    try isSo(goal, modes.alternatives[...], [:], &budget)
  }

  /// Whether `difference` is zero for all values of the variables.
  mutating func isAlwaysZero(
    _ difference: Polynomial, budget: inout Int
  ) throws(TooLarge) -> Bool {
    try isSo(.anyZero([[difference]]), under: Conditions(), &budget)
  }

  // MARK: - Options

  private mutating func isSo(
    _ goal: Goal, _ alternatives: ArraySlice<[[Modes.Assignment]]>, _ chosen: [Int: Polynomial],
    _ budget: inout Int
  ) throws(TooLarge) -> Bool {
    try meter.spend(1)
    if isPlain(goal, under: Conditions()) { return true }
    budget -= 1
    guard budget > 0 else { return false }
    let used = symbolsUsed(by: goal)
    meter.count(alternatives.count / 16)
    let place = alternatives.firstIndex { alternative in
      // An option that changes nothing leaves all to be shown.
      alternative.allSatisfy { option in option.contains { used.contains($0.symbol) } }
        && !alternative.contains { $0.allSatisfy { chosen[$0.symbol] == $0.value } }
    }
    guard let place else { return try isSo(goal, under: Conditions(), &budget) }
    for option in alternatives[place] {
      var chosen = chosen
      var replaced: [Int: Polynomial] = [:]
      var isExcluded = false
      for (symbol, value) in option {
        // In terms of what is left after the options before.
        var before = chosen
        let rest = try rewritten(value, &before, under: Conditions())
        guard let other = chosen[symbol] else {
          chosen[symbol] = rest
          replaced[symbol] = rest
          continue
        }
        // It is both. If one of these is another symbol, that is the other.
        if range(of: other - rest).isNeverZero { isExcluded = true }
        for (twin, value) in [(rest.symbol, other), (other.symbol, rest)] {
          guard let twin, chosen[twin] == nil else { continue }
          chosen[twin] = value
          replaced[twin] = value
          break
        }
      }
      if isExcluded { continue }
      let rest = try rewritten(goal, &replaced, under: Conditions())
      guard try isSo(rest, alternatives[(place + 1)...], chosen, &budget) else { return false }
    }
    return true
  }

  // MARK: - Signs

  private mutating func isSo(
    _ goal: Goal, under conditions: Conditions, _ budget: inout Int
  ) throws(TooLarge) -> Bool {
    try meter.spend(1)
    if isPlain(goal, under: conditions) { return true }
    budget -= 1
    guard budget > 0, let symbol = innermostReLU(of: goal.polynomials),
      case .relu(let inner) = symbols[symbol]
    else { return false }
    var isAny = false
    for isPositive in [true, false] {
      let positive = isPositive ? inner : inner.scaled(by: -1)
      let range = self.range(of: positive, under: conditions)
      guard let narrower = conditions.adding(positive, within: range),
        !isExcluded(narrower)
      else { continue }
      isAny = true
      var replaced = [symbol: isPositive ? inner : Polynomial(0)]
      let rest = try rewritten(goal, &replaced, under: narrower)
      guard try isSo(rest, under: narrower, &budget) else { return false }
    }
    return isAny
  }

  private func isPlain(_ goal: Goal, under conditions: Conditions) -> Bool {
    switch goal {
    case .anyZero(let options): return options.contains { $0.allSatisfy(\.isZero) }
    case .nonnegative(let polynomial): return isNonnegative(polynomial, under: conditions)
    case .zeroOrNonnegative(let zero, let polynomial):
      return zero.isZero || isNonnegative(polynomial, under: conditions)
    }
  }

  private func isNonnegative(_ polynomial: Polynomial, under conditions: Conditions) -> Bool {
    let negative = polynomial.scaled(by: -1)
    let range = range(of: negative, under: conditions)
    guard let contrary = conditions.adding(negative, within: range) else { return true }
    return !conditions.positive.isEmpty && isExcluded(contrary)
  }

  /// What the polynomials are made of, and what that is made of.
  private func symbolsUsed(by goal: Goal) -> Set<Int> {
    var seen: Set<Int> = []
    var waiting = goal.polynomials.flatMap { $0.terms.keys.joined() }
    while let symbol = waiting.popLast() {
      guard seen.insert(symbol).inserted else { continue }
      switch symbols[symbol] {
      case .variable: continue
      case .relu(let inner): waiting += inner.terms.keys.joined()
      case .product(let left, let right):
        waiting += left.terms.keys.joined()
        waiting += right.terms.keys.joined()
      }
    }
    meter.count(seen.count)
    return seen
  }

  /// The first of all ReLUs that the polynomials are made of. Nothing in it is another.
  private func innermostReLU(of polynomials: [Polynomial]) -> Int? {
    symbolsUsed(by: .anyZero([polynomials])).lazy.filter { symbol in
      if case .relu = symbols[symbol] { true } else { false }
    }.min()
  }

  // MARK: - Replacing

  private mutating func rewritten(
    _ goal: Goal, _ replaced: inout [Int: Polynomial], under conditions: Conditions
  ) throws(TooLarge) -> Goal {
    switch goal {
    case .anyZero(let options):
      var rest: [[Polynomial]] = []
      for option in options {
        var polynomials: [Polynomial] = []
        for polynomial in option {
          let value = try rewritten(polynomial, &replaced, under: conditions)
          polynomials.append(value)
          // Nothing can make this option so any more.
          if let constant = value.constant, constant != 0 { break }
        }
        if let constant = polynomials.last?.constant, constant != 0 { continue }
        rest.append(polynomials.filter { !$0.isZero })
      }
      return .anyZero(rest)
    case .nonnegative(let polynomial):
      return .nonnegative(try rewritten(polynomial, &replaced, under: conditions))
    case .zeroOrNonnegative(let zero, let polynomial):
      return .zeroOrNonnegative(
        try rewritten(zero, &replaced, under: conditions),
        try rewritten(polynomial, &replaced, under: conditions))
    }
  }

  /// The polynomial with symbols replaced, and then those that are made of them. `replaced` grows.
  private mutating func rewritten(
    _ polynomial: Polynomial, _ replaced: inout [Int: Polynomial], under conditions: Conditions
  ) throws(TooLarge) -> Polynomial {
    var sum = Polynomial(0)
    for (monomial, coefficient) in polynomial.terms {
      var product = Polynomial(coefficient)
      for symbol in monomial {
        product = try self.product(product, try value(of: symbol, &replaced, conditions))
      }
      sum.add(product, times: 1)
      try meter.spend(1 + product.terms.count)
      guard sum.terms.count <= SymbolTable.limits.terms else { throw TooLarge() }
    }
    return sum
  }

  private mutating func value(
    of symbol: Int, _ replaced: inout [Int: Polynomial], _ conditions: Conditions
  ) throws(TooLarge) -> Polynomial {
    if let value = replaced[symbol] { return value }
    let value: Polynomial
    switch symbols[symbol] {
    case .variable: value = Polynomial(symbol: symbol)
    case .relu(let inner):
      value = try relu(try rewritten(inner, &replaced, under: conditions), under: conditions)
    case .product(let left, let right):
      value = try product(
        try rewritten(left, &replaced, under: conditions),
        try rewritten(right, &replaced, under: conditions))
    }
    replaced[symbol] = value
    return value
  }
}

extension Interval {
  fileprivate var isNeverZero: Bool { !contains(Rational(0)) }
}
