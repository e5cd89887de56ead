import ExactArithmetic

/// A polynomial over the rationals.
///
/// Invariant: the last coefficient is not zero; the zero polynomial has none.
struct Polynomial: Hashable {
  /// By ascending degree.
  let coefficients: [Rational]

  init(_ coefficients: [Rational]) {
    let end = coefficients.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
    self.coefficients = Array(coefficients[..<end])
  }

  var isZero: Bool { coefficients.isEmpty }

  /// −1 for zero.
  var degree: Int { coefficients.count - 1 }

  var leading: Rational { coefficients.last ?? 0 }

  func callAsFunction(_ x: Rational) -> Rational {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }

  var derivative: Polynomial {
    Polynomial(coefficients.enumerated().dropFirst().map { Rational($0.offset) * $0.element })
  }

  func scaled(by factor: Rational) -> Polynomial { Polynomial(coefficients.map { $0 * factor }) }

  /// Divided by the magnitude of the leading coefficient, so that signs stay what they are.
  var normalised: Polynomial {
    isZero ? self : scaled(by: max(leading, -leading).reciprocal)
  }

  /// Precondition: `divisor` is not zero.
  func divided(by divisor: Polynomial) -> (quotient: Polynomial, remainder: Polynomial) {
    precondition(!divisor.isZero, "division by the zero polynomial")
    var rest = coefficients
    var quotient = [Rational](repeating: 0, count: max(0, degree - divisor.degree + 1))
    let reciprocal = divisor.leading.reciprocal
    for shift in quotient.indices.reversed() {
      let factor = rest[shift + divisor.degree] * reciprocal
      quotient[shift] = factor
      if factor == 0 { continue }
      for (power, coefficient) in divisor.coefficients.enumerated() {
        rest[shift + power] = rest[shift + power] - factor * coefficient
      }
    }
    return (Polynomial(quotient), Polynomial(rest))
  }

  func greatestCommonDivisor(with other: Polynomial) -> Polynomial {
    var (a, b) = (self, other)
    while !b.isZero { (a, b) = (b, a.divided(by: b).remainder.normalised) }
    return a
  }

  /// A polynomial with the same roots, each of them single.
  var squareFree: Polynomial {
    guard degree > 0 else { return self }
    return divided(by: greatestCommonDivisor(with: derivative)).quotient.normalised
  }
}

/// Counts real roots, exactly.
///
/// Source: C. Sturm, 1829; D. Knuth, *The Art of Computer Programming*, volume 2, section 4.6.1,
/// exercise 22.
struct SturmChain {
  private let chain: [Polynomial]

  /// Precondition: `polynomial` is square-free and not constant.
  init(_ polynomial: Polynomial) {
    var chain = [polynomial, polynomial.derivative.normalised]
    while true {
      let (last, previous) = (chain[chain.count - 1], chain[chain.count - 2])
      let remainder = previous.divided(by: last).remainder
      if remainder.isZero { break }
      chain.append(remainder.normalised.scaled(by: -1))
    }
    self.chain = chain
  }

  /// How many roots are ≤ `bound`.
  func rootCount(upTo bound: Rational) -> Int {
    let below = variations(
      chain.map { $0.degree.isMultiple(of: 2) ? $0.leading.signum : -$0.leading.signum })
    return below - variations(chain.map { $0(bound).signum })
  }

  /// How many real roots there are.
  var rootCount: Int {
    let below = variations(
      chain.map { $0.degree.isMultiple(of: 2) ? $0.leading.signum : -$0.leading.signum })
    return below - variations(chain.map(\.leading.signum))
  }

  private func variations(_ signs: [Int]) -> Int {
    let signs = signs.filter { $0 != 0 }
    return zip(signs, signs.dropFirst()).count { $0 != $1 }
  }
}
