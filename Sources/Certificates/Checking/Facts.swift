import ExactArithmetic

/// Forms of which a lower bound is known that their terms do not show: the product of two forms, for
/// example, is not negative if they are not, but its terms may be of either sign once it is
/// expanded.
struct Facts {
  struct Fact {
    /// Its last coefficient is 1 or −1. At least two terms.
    let form: Form
    fileprivate(set) var least: Rational
  }

  private(set) var all: [Fact] = []
  private var numbers: [Form: Int] = [:]

  /// By the last atom of the form, in the order in which they were noted.
  private var byLastAtom: [Int: [Int]] = [:]

  /// The facts whose forms end with `atom`.
  func ending(with atom: Int) -> [Int] { byLastAtom[atom] ?? [] }

  /// Returns whether it is new, or better than what was known.
  fileprivate mutating func note(_ form: Form, least: Rational) -> Bool {
    guard form.count > 1, let last = form.terms.last else { return false }
    let factor = last.coefficient.magnitude.reciprocal
    let normal = form.scaled(by: factor)
    if let number = numbers[normal] {
      guard all[number].least < factor * least else { return false }
      all[number].least = factor * least
      return true
    }
    numbers[normal] = all.count
    byLastAtom[last.atom, default: []].append(all.count)
    all.append(Fact(form: normal, least: factor * least))
    return true
  }
}

extension AtomTable {
  /// Keeps what is known of a form.
  mutating func note(_ form: Form, within bounds: Bounds) throws(MetLimit) {
    if let least = bounds.lower {
      try expenses.require(least)
      if facts.note(form, least: least) { try expenses.store(form) }
    }
    if let most = bounds.upper {
      try expenses.require(most)
      if facts.note(-form, least: -most) { try expenses.store(form) }
    }
  }

  /// Where a factor is a sum of remembered values and others, of which either part is not negative:
  /// notes the products of the parts with the other factor too. In a GRU that adds up products,
  /// h + P Q is (1 − P) h + P (h + Q).
  mutating func noteParts(of sum: Form, times factor: Form) throws(MetLimit) {
    let isRemembered = sum.terms.map { term in
      switch atoms[term.atom] {
      case .source, .target: true
      case .one, .input, .relu, .product: false
      }
    }
    guard isRemembered.contains(true), isRemembered.contains(false),
      let least = try low(factor), least >= 0
    else { return }
    for part in [true, false] {
      let terms = sum.terms.indices.filter { isRemembered[$0] == part }.map { sum.terms[$0] }
      let form = Form(ascending: terms)
      guard let leastOfPart = try low(form), leastOfPart >= 0 else { continue }
      let product = try expanded(form, factor)
      try note(product, within: Bounds(lower: least * leastOfPart))
    }
  }

  /// A lower bound of `form` after taking out multiples of facts: from the last term to the first,
  /// of the facts that end with its atom the one that leaves the fewest terms, and fewer than
  /// before; among equals the one that was noted first. The best bound of all stages; nil if nothing
  /// is taken out or no stage has a bound.
  mutating func afterFacts(_ form: Form) throws(MetLimit) -> Rational? {
    var rest = form
    var taken: Rational = 0
    var best: Rational?
    var place = form.count - 1
    while place >= 0 {
      guard let step = try bestFact(for: rest, at: place) else {
        place -= 1
        continue
      }
      rest = step.rest
      taken += step.least
      if let least = try factless(rest) { best = max(best ?? least + taken, least + taken) }
      place = min(place, rest.count) - 1
    }
    return best
  }

  /// What is left of `form` without a multiple of the best fact that ends with the atom at `place`,
  /// and the bound of that multiple.
  private mutating func bestFact(
    for form: Form, at place: Int
  ) throws(MetLimit) -> (rest: Form, least: Rational)? {
    let term = form.terms[place]
    let factor = term.coefficient.magnitude
    var best: (rest: Form, least: Rational)?
    for number in facts.ending(with: term.atom) {
      let fact = facts.all[number]
      let limit = best?.rest.count ?? form.count
      // What has far more terms than the form cannot leave fewer.
      guard let last = fact.form.terms.last, (last.coefficient > 0) == (term.coefficient > 0),
        fact.form.count < form.count + limit
      else { continue }
      try expenses.work(fact.form.count + form.count)
      let rest = form.adding(fact.form, times: -factor)
      if rest.count < limit { best = (rest, factor * fact.least) }
    }
    return best
  }
}
