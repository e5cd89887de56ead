import ExactArithmetic

/// A number of a tape as an exact affine combination of atoms: inputs, ReLUs, products and states.
/// What ReLUs and products do to errors depends on values; what rows do does not.
struct AtomForm: Hashable {
  struct Term: Hashable {
    let atom: Int
    let coefficient: Rational
  }

  /// By ascending atom, none of them zero.
  let terms: [Term]
  let constant: Rational

  static func atom(_ atom: Int) -> AtomForm {
    AtomForm(terms: [Term(atom: atom, coefficient: 1)], constant: 0)
  }

  static func constant(_ value: Rational) -> AtomForm { AtomForm(terms: [], constant: value) }

  /// constant + Σ factor · form.
  static func sum(
    _ constant: Rational, _ parts: some Sequence<(factor: Rational, form: AtomForm)>
  ) -> AtomForm {
    var sums: [Int: Rational] = [:]
    var constant = constant
    for (factor, form) in parts {
      constant += factor * form.constant
      for term in form.terms { sums[term.atom, default: 0] += factor * term.coefficient }
    }
    let terms = sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }
      .map { Term(atom: $0.key, coefficient: $0.value) }
    return AtomForm(terms: terms, constant: constant)
  }

  func scaled(by factor: Rational) -> AtomForm { .sum(0, [(factor, self)]) }

  /// alpha and the terms of l, if this is alpha · l + constant with l's first coefficient 1; nil
  /// for constants. Forms with the same l are proportional.
  var direction: (alpha: Rational, terms: [Term])? {
    guard let alpha = terms.first?.coefficient else { return nil }
    let inverse = alpha.reciprocal
    return (
      alpha, terms.map { Term(atom: $0.atom, coefficient: $0.coefficient * inverse) }
    )
  }
}
