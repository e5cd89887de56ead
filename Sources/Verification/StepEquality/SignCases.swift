import ExactArithmetic

extension SymbolTable {
  /// Whether `difference` is zero for all values of the variables: shown case by case. False: not
  /// shown.
  ///
  /// A case is a choice of signs for what is rectified: where g > 0, σ(g) is g, and where g < 0 it
  /// is 0. In each case what is left must be the polynomial 0. The innermost ReLU is decided first,
  /// so g is always a polynomial in variables; cases that conditions exclude are passed over.
  ///
  /// Why open cases are enough: variables range over intervals of more than one point, where both
  /// sides are continuous, and zeros of a polynomial other than 0 fill no ball; so the closures of
  /// the cases cover everything. Where both cases of one g are excluded, nothing is claimed.
  mutating func isAlwaysZero(
    _ difference: Polynomial, budget: inout Int
  ) throws(TooLarge) -> Bool {
    try isZero(difference, under: Conditions(), &budget)
  }

  private mutating func isZero(
    _ difference: Polynomial, under conditions: Conditions, _ budget: inout Int
  ) throws(TooLarge) -> Bool {
    if difference.isZero { return true }
    budget -= 1
    guard budget > 0, let symbol = innermostReLU(of: difference),
      case .relu(let inner) = symbols[symbol]
    else { return false }
    var isAny = false
    for isPositive in [true, false] {
      let positive = isPositive ? inner : inner.scaled(by: -1)
      let range = self.range(of: positive, under: conditions)
      guard let narrower = conditions.adding(positive, within: range) else { continue }
      isAny = true
      var replaced = [symbol: isPositive ? inner : Polynomial(0)]
      let rest = try rewritten(difference, &replaced, under: narrower)
      guard try isZero(rest, under: narrower, &budget) else { return false }
    }
    return isAny
  }

  /// The first of all ReLUs that the polynomial is made of. Nothing in it is another.
  private func innermostReLU(of polynomial: Polynomial) -> Int? {
    var least: Int?
    var seen: Set<Int> = []
    var waiting = Array(polynomial.terms.keys.joined())
    while let symbol = waiting.popLast() {
      guard seen.insert(symbol).inserted else { continue }
      switch symbols[symbol] {
      case .variable: continue
      case .relu(let inner):
        least = min(least ?? symbol, symbol)
        waiting += inner.terms.keys.joined()
      case .product(let left, let right):
        waiting += left.terms.keys.joined()
        waiting += right.terms.keys.joined()
      }
    }
    return least
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
      sum = sum.adding(product, times: 1)
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
