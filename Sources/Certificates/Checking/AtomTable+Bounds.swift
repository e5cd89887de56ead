import ExactArithmetic

// How a form is seen to be bounded below: term by term, perhaps after parts have been taken out that
// are bounded below themselves. Which parts is a search, and what it finds is only ever used as a sum
// of bounds; the same search as in `proofs/checker/Search.v`, so that the verdicts agree.

extension AtomTable {
  /// A lower bound of `form`: the best one of termwise, termwise after regrouping, and the same of
  /// what is left when known facts are taken out.
  mutating func low(_ form: Form) throws(MetLimit) -> Rational? {
    let least = try factless(form)
    guard let afterFacts = try afterFacts(form) else { return least }
    return least.map { max($0, afterFacts) } ?? afterFacts
  }

  /// The best one of termwise, termwise after regrouping, and piecewise.
  mutating func factless(_ form: Form) throws(MetLimit) -> Rational? {
    try expenses.work(form.count)
    let bounds = [termwise(form.terms), try regrouped(form), try piecewise(form)]
    return bounds.compactMap(\.self).max()
  }

  /// Termwise after regrouping; nil if nothing is regrouped, or no bound is seen.
  private mutating func regrouped(_ form: Form) throws(MetLimit) -> Rational? {
    let flipped = try self.flipped(form)
    if let grouped = try grouped(flipped ?? form) { return grouped }
    return flipped.flatMap { termwise($0.terms) }
  }

  /// Each term at its least.
  func termwise(_ terms: [Term]) -> Rational? {
    var sum: Rational = 0
    for term in terms {
      let isPositive = term.coefficient > 0
      guard let bound = isPositive ? lower[term.atom] : upper[term.atom] else { return nil }
      if bound != 0 { sum += term.coefficient * bound }
    }
    return sum
  }

  /// The form with c g for c ReLU(g), c > 0, wherever that makes it shorter: what is taken out is
  /// c ReLU(−g). ReLUs in ascending order; nil if there is none such.
  private mutating func flipped(_ form: Form) throws(MetLimit) -> Form? {
    var current: Form?
    for term in form.terms where term.coefficient > 0 {
      guard case .relu(let inner) = atoms[term.atom] else { continue }
      try expenses.work(inner.count)
      let flipping = current ?? form
      guard AtomTable.flipShortens(flipping, inner, times: term.coefficient) else { continue }
      try expenses.work(flipping.count)
      current =
        flipping
        .adding(Form(atom: term.atom), times: -term.coefficient)
        .adding(inner, times: term.coefficient)
    }
    return current
  }

  /// Whether `form` − c r + c `inner` has fewer terms, r being one of them.
  private static func flipShortens(_ form: Form, _ inner: Form, times factor: Rational) -> Bool {
    var growth = -1
    for term in inner.terms {
      let present = form.coefficient(of: term.atom)
      if present == 0 {
        growth += 1
      } else if present == -(factor * term.coefficient) {
        growth -= 1
      }
    }
    return growth < 0
  }

  /// The termwise bound after taking out, for factors a ≥ 0 of products with negative coefficients
  /// in ascending order, everything that a multiplies, where that is bounded below by 0.
  ///
  /// Nil if nothing is taken out; else the bound, nil inside if there is none.
  private mutating func grouped(_ form: Form) throws(MetLimit) -> Rational?? {
    var candidates: [Int] = []
    for term in form.terms where term.coefficient < 0 {
      if let pair = factors[term.atom] { candidates += [pair.left, pair.right] }
    }
    candidates.removeAll { (lower[$0] ?? -1) < 0 }
    if candidates.isEmpty { return nil }
    candidates.sort()

    let multiples = self.multiples(of: candidates, in: form)
    var isTaken = [Bool](repeating: false, count: form.count)
    var taken: Rational = 0
    var isAny = false
    for (position, candidate) in candidates.enumerated()
    where position == 0 || candidates[position - 1] != candidate {
      guard let least = lower[candidate], let places = multiples[candidate] else { continue }
      try expenses.work(places.count)
      let cofactor = self.cofactor(of: candidate, in: form, at: places.filter { !isTaken[$0] })
      guard let leastCofactor = termwise(cofactor.terms), leastCofactor >= 0 else { continue }
      for place in places { isTaken[place] = true }
      taken += least * leastCofactor
      isAny = true
    }
    guard isAny else { return nil }
    let rest = form.terms.indices.filter { !isTaken[$0] }.map { form.terms[$0] }
    return .some(termwise(rest).map { $0 + taken })
  }

  /// Where in `form` each of the atoms is, alone or in a product with another.
  private func multiples(of candidates: [Int], in form: Form) -> [Int: [Int]] {
    var multiples: [Int: [Int]] = [:]
    for candidate in candidates { multiples[candidate] = [] }
    for (place, term) in form.terms.enumerated() {
      multiples[term.atom]?.append(place)
      guard let pair = factors[term.atom] else { continue }
      multiples[pair.left]?.append(place)
      if pair.right != pair.left { multiples[pair.right]?.append(place) }
    }
    return multiples
  }

  /// The sum of what `atom` multiplies at the places.
  private func cofactor(of atom: Int, in form: Form, at places: [Int]) -> Form {
    var sums: [Int: Rational] = [:]
    for place in places {
      let term = form.terms[place]
      let other: Int
      if term.atom == atom {
        other = AtomTable.one
      } else if let pair = factors[term.atom] {
        other = pair.left == atom ? pair.right : pair.left
      } else {
        continue
      }
      sums[other, default: 0] += term.coefficient
    }
    let terms = sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }
    return Form(ascending: terms.map { Term(atom: $0.key, coefficient: $0.value) })
  }
}
