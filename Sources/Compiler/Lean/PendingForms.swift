import ExactArithmetic

/// The forms that still have to be read: arguments of events that wait, and the outputs. Knows, of
/// each atom, which of them use it and in what proportion.
struct PendingForms {
  private(set) var forms: [AffineForm]
  private var isPending: [Bool]

  /// By atom: forms that have used it; some may be done.
  private var users: [[Int]]

  /// By atom: how many pending forms use it.
  private(set) var useCounts: [Int]

  private var fingerprints: [Fingerprint]

  init(_ forms: [AffineForm], atomCount: Int) {
    self.forms = forms
    isPending = Array(repeating: true, count: forms.count)
    users = Array(repeating: [], count: atomCount)
    useCounts = Array(repeating: 0, count: atomCount)
    fingerprints = Array(repeating: Fingerprint(), count: atomCount)
    for (id, form) in forms.enumerated() {
      for term in form.terms {
        users[term.atom].append(id)
        useCounts[term.atom] += 1
        fingerprints[term.atom].add(term.coefficient, at: id)
      }
    }
  }

  /// The form has been read.
  mutating func finish(_ id: Int) {
    isPending[id] = false
    for term in forms[id].terms {
      useCounts[term.atom] -= 1
      fingerprints[term.atom].add(-term.coefficient, at: id)
    }
  }

  /// Of `atoms`, the groups of those that all pending forms use in the same proportion, each
  /// ascending and with the coefficients of one form that uses it; in the order of their first
  /// members. An atom that nothing pending uses is in none.
  mutating func proportionalGroups(among atoms: [Atom]) -> [[AffineForm.Term]] {
    var places: [UInt64: Int] = [:]
    var candidates: [[Atom]] = []
    for atom in atoms where useCounts[atom] > 0 {
      let key = fingerprints[atom].direction
      if let place = places[key] {
        candidates[place].append(atom)
      } else {
        places[key] = candidates.count
        candidates.append([atom])
      }
    }
    var groups: [[AffineForm.Term]] = []
    for candidate in candidates { groups += confirmed(candidate) }
    return groups
  }

  /// Equal fingerprints are as good as never an accident; should they be one, the atoms stay apart.
  private mutating func confirmed(_ group: [Atom]) -> [[AffineForm.Term]] {
    let alone = group.map { [AffineForm.Term(atom: $0, coefficient: 1)] }
    guard group.count > 1 else { return alone }
    let ids = pendingUsers(of: group[0])
    var proportion: [Rational] = []
    for id in ids {
      let coefficients = group.map { forms[id].coefficient(of: $0) }
      if proportion.isEmpty { proportion = coefficients }
      let factor = coefficients[0] / proportion[0]
      guard zip(coefficients, proportion).allSatisfy({ $0 == $1 * factor }) else { return alone }
    }
    guard group.allSatisfy({ useCounts[$0] == ids.count }) else { return alone }
    return [zip(group, proportion).map { AffineForm.Term(atom: $0, coefficient: $1) }]
  }

  /// `bundle`, a new atom, takes the place of `sum`, a multiple of which all pending forms use that
  /// use one of its atoms.
  mutating func replace(_ sum: AffineForm, by bundle: Atom) {
    let members = Set(sum.terms.map(\.atom))
    let lead = sum.terms[0]
    users.append([])
    useCounts.append(0)
    fingerprints.append(Fingerprint())
    precondition(users.count == bundle + 1, "bundle \(bundle) is not the next atom")
    for id in pendingUsers(of: lead.atom) {
      let factor = forms[id].coefficient(of: lead.atom) / lead.coefficient
      var terms = forms[id].terms.filter { !members.contains($0.atom) }
      terms.append(.init(atom: bundle, coefficient: factor))  // the largest atom so far
      forms[id] = AffineForm(constant: forms[id].constant, terms: terms)
      users[bundle].append(id)
      useCounts[bundle] += 1
      fingerprints[bundle].add(factor, at: id)
    }
    for atom in members {
      users[atom] = []
      useCounts[atom] = 0
    }
  }

  private mutating func pendingUsers(of atom: Atom) -> [Int] {
    users[atom].removeAll { !isPending[$0] }
    return users[atom]
  }
}

extension AffineForm {
  /// Zero if the form does not use the atom.
  func coefficient(of atom: Atom) -> Rational {
    var (low, high) = (0, terms.count)
    while low < high {
      let middle = (low + high) / 2
      if terms[middle].atom < atom { low = middle + 1 } else { high = middle }
    }
    return low < terms.count && terms[low].atom == atom ? terms[low].coefficient : 0
  }
}

/// Two random linear functions of an atom's column of coefficients, modulo a prime. Columns that
/// are proportional have them in the same ratio, and keeping them up to date costs nothing per
/// stage, however many forms use an atom.
private struct Fingerprint {
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  private var known: UInt64?

  mutating func add(_ coefficient: Rational, at form: Int) {
    let value = coefficient.residue(modulo: Prime.modulus)
    first = Prime.sum(first, Prime.product(value, Prime.random(2 * UInt64(form))))
    second = Prime.sum(second, Prime.product(value, Prime.random(2 * UInt64(form) + 1)))
    known = nil
  }

  /// The same for proportional columns.
  var direction: UInt64 {
    mutating get {
      if let known { return known }
      let ratio = Prime.product(second, Prime.reciprocal(first))
      known = ratio
      return ratio
    }
  }
}
