import CouplingSearch
import ExactArithmetic

/// A polynomial over the symbols of a `SymbolTable`.
struct Polynomial: Hashable {
  /// The numbers of the symbols that are multiplied, ascending, each as often as it is a factor;
  /// empty for the constant term.
  typealias Monomial = [Int]

  /// None is 0.
  private(set) var terms: [Monomial: Rational]

  init(_ constant: Rational) { terms = constant == 0 ? [:] : [[]: constant] }

  init(symbol: Int) { terms = [[symbol]: 1] }

  var isZero: Bool { terms.isEmpty }
  var offset: Rational { terms[[]] ?? 0 }

  /// The number, if it is one.
  var constant: Rational? { terms.isEmpty ? 0 : terms.count == 1 ? terms[[]] : nil }

  /// Of the terms that are not constant the one that comes first.
  var leading: (monomial: Monomial, coefficient: Rational)? {
    let first = terms.keys.lazy.filter { !$0.isEmpty }
      .min { $0.lexicographicallyPrecedes($1) }
    return first.flatMap { monomial in terms[monomial].map { (monomial, $0) } }
  }

  mutating func add(_ factor: Rational, _ monomial: Monomial) {
    let sum = (terms[monomial] ?? 0) + factor
    terms[monomial] = sum == 0 ? nil : sum
  }

  func adding(_ other: Polynomial, times factor: Rational) -> Polynomial {
    if factor == 0 { return self }
    var sum = self
    for (monomial, coefficient) in other.terms { sum.add(factor * coefficient, monomial) }
    return sum
  }

  func scaled(by factor: Rational) -> Polynomial { Polynomial(0).adding(self, times: factor) }

  /// Every term times every term.
  func expanded(times other: Polynomial) -> Polynomial {
    var product = Polynomial(0)
    for (left, factor) in terms {
      for (right, other) in other.terms {
        product.add(factor * other, (left + right).sorted())
      }
    }
    return product
  }

  static func - (left: Polynomial, right: Polynomial) -> Polynomial {
    left.adding(right, times: -1)
  }
}

extension [Polynomial] {
  /// The combination of these.
  func combined(_ combination: AffineHull.Combination) -> Polynomial {
    combination.terms.reduce(Polynomial(combination.constant)) { sum, term in
      sum.adding(self[term.quantity], times: term.coefficient)
    }
  }
}
