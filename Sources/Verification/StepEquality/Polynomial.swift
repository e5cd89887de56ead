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
    guard let place = terms.index(forKey: monomial) else {
      if factor != 0 { terms[monomial] = factor }
      return
    }
    let sum = terms.values[place] + factor
    if sum == 0 { terms.remove(at: place) } else { terms.values[place] = sum }
  }

  mutating func add(_ other: Polynomial, times factor: Rational) {
    if factor == 0 { return }
    for (monomial, coefficient) in other.terms { add(factor * coefficient, monomial) }
  }

  func adding(_ other: Polynomial, times factor: Rational) -> Polynomial {
    var sum = self
    sum.add(other, times: factor)
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
    combination.terms.reduce(into: Polynomial(combination.constant)) { sum, term in
      sum.add(self[term.quantity], times: term.coefficient)
    }
  }
}
