import ExactArithmetic

// How a form is seen to be bounded below: term by term, perhaps after parts have been taken out
// that are bounded below themselves. Which parts is a search, and what it finds is only ever used
// as a sum of bounds. `proofs/README.md` describes it, so that all checkers search alike.

extension AtomTable {
  /// A lower bound of `form`: the best of
  ///
  /// 0. what is kept of its direction;
  /// 1. termwise;
  /// 2. termwise after flips of positive multiples of ReLUs, and groups;
  /// 3. termwise after known products are taken out, none, one, or more, then flips of multiples of
  ///    either sign in descending order, and groups;
  /// 4. parallel ReLUs together, after the same products.
  mutating func low(_ form: Form) throws(MetLimit) -> Rational? {
    try expenses.work(form.count)
    let direct = termwise(form.terms)
    let kept = keptLow(form)
    if direct == nil, try hasLastingGap(form) { return kept }
    var best = direct
    func improve(_ bound: Rational?) {
      guard let bound else { return }
      best = best.map { max($0, bound) } ?? bound
    }
    improve(kept)
    improve(try bound(ofGroupsIn: self.flipped(form) ?? form))

    let stages = try withoutProducts(form)
    for stage in stages {
      let flipped = try flippedDescending(stage)
      let bound = try self.bound(ofGroupsIn: flipped?.form ?? stage)
      improve(bound.map { $0 + (flipped?.taken ?? 0) })
    }
    for stage in stages { improve(try piecewise(stage)) }
    return best
  }

  private mutating func bound(ofGroupsIn form: Form) throws(MetLimit) -> Rational? {
    try grouped(form) ?? termwise(form.terms)
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

  /// Whether the form has a term without the bound that is needed, and no regrouping takes it out:
  /// it is in no product, is no ReLU that may have others parallel to it, and is in no ReLU that a
  /// flip could cancel it with. Looks at the last such term only. Saves looking for flips in long
  /// forms; flips after flips are missed, rarely.
  private mutating func hasLastingGap(_ form: Form) throws(MetLimit) -> Bool {
    let gap = form.terms.lastIndex { term in
      let bound = term.coefficient > 0 ? lower[term.atom] : upper[term.atom]
      return bound == nil && factors[term.atom] == nil && !isFactor[term.atom]
        && !isInKnownProduct[term.atom] && !pieces.isParallel(term.atom)
    }
    guard let gap else { return false }
    try expenses.work(form.count)
    let term = form.terms[gap]
    if case .relu(let inner) = atoms[term.atom] {
      try expenses.work(4 * inner.count)
      if AtomTable.flipShortens(form, inner, times: term.coefficient) { return false }
    }
    let mayChange = form.terms.contains { knownProducts[$0.atom] != nil }
    return !mayChange
      && !form.terms[(gap + 1)...].contains { later in
        guard case .relu(let inner) = atoms[later.atom] else { return false }
        return inner.coefficient(of: term.atom) != 0
      }
  }

  /// The form with c g for c ReLU(g), c > 0, wherever that makes it shorter: what is taken out is
  /// c ReLU(−g) ≥ 0. The form's ReLUs in ascending order; nil if there is none such.
  private mutating func flipped(_ form: Form) throws(MetLimit) -> Form? {
    var flipped: Form?
    for term in form.terms where term.coefficient > 0 {
      flipped = try self.flipped(flipped ?? form, at: term.atom, term.coefficient) ?? flipped
    }
    return flipped
  }

  /// The same for c of either sign, ReLUs in descending order: for c < 0, what is taken out is at
  /// least c max(0, −b), where g is at least b termwise. Also gives the least that is taken out.
  private mutating func flippedDescending(
    _ form: Form
  ) throws(MetLimit) -> (form: Form, taken: Rational)? {
    var flipped: (form: Form, taken: Rational)?
    for term in form.terms.reversed() {
      guard case .relu(let inner) = atoms[term.atom] else { continue }
      let current = flipped?.form ?? form
      let factor = current.coefficient(of: term.atom)
      guard factor != 0, let next = try self.flipped(current, at: term.atom, factor) else {
        continue
      }
      var taken: Rational = 0
      if factor < 0 {
        guard let least = termwise(inner.terms) else { continue }
        taken = factor * max(0, -least)
      }
      flipped = (next, (flipped?.taken ?? 0) + taken)
    }
    return flipped
  }

  /// The form with c g for c times `atom`, c being its coefficient, if the atom is ReLU(g) and that
  /// makes it shorter.
  private mutating func flipped(
    _ form: Form, at atom: Int, _ factor: Rational
  ) throws(MetLimit) -> Form? {
    guard case .relu(let inner) = atoms[atom] else { return nil }
    try expenses.work(4 * inner.count)
    guard AtomTable.flipShortens(form, inner, times: factor) else { return nil }
    try expenses.work(form.count)
    return form.adding(Form(atom: atom), times: -factor).adding(inner, times: factor)
  }

  /// Whether `form` − c r + c `inner` has fewer terms, r being one of them.
  private static func flipShortens(_ form: Form, _ inner: Form, times factor: Rational) -> Bool {
    var growth = -1
    for term in inner.terms {
      let present = form.coefficient(of: term.atom)
      if present.signum == 0 {
        growth += 1
      } else if present.signum != term.coefficient.signum,
        present == -(factor * term.coefficient)
      {
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
