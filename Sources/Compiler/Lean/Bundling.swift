import ExactArithmetic

/// What must be kept of the available atoms: not the atoms themselves, but what is still asked of
/// them. Atoms that every later form uses in the same proportion are carried as one value: a step
/// made of two ReLUs is one coordinate from then on.
///
/// Never wider: a bundle costs at most as much as the cheapest two of its members.
struct Bundling {
  /// Rewrites `events` and `outputs` to read the carried values.
  static func carry(
    available isAvailable: (Atom) -> Bool, for events: inout [Event],
    outputs: inout [AffineForm], in table: inout AtomTable
  ) -> [PathWriter.Carried] {
    let uses = usesOfAtoms(isAvailable, events, outputs)
    var groups: [[Use]: [Member]] = [:]
    for (atom, uses) in uses {
      let lead = uses[0].coefficient
      let direction = uses.map { Use(form: $0.form, coefficient: $0.coefficient / lead) }
      groups[direction, default: []].append(Member(atom: atom, coefficient: lead))
    }

    var carried: [PathWriter.Carried] = []
    var replacements: [Atom: Replacement] = [:]
    for members in groups.values.map({ $0.sorted { $0.atom < $1.atom } })
      .sorted(by: { $0[0].atom < $1[0].atom })
    {
      if members.count == 1 {
        let atom = members[0].atom
        carried.append(
          .init(atom: atom, form: AffineForm(atom: atom), range: table.ranges[atom]))
        continue
      }
      let sum = AffineForm(
        constant: 0, terms: members.map { .init(atom: $0.atom, coefficient: $0.coefficient) })
      let (scale, form) = sum.primitive
      let range = table.range(of: form)
      let bundle = table.makeAtom(range: range)
      carried.append(.init(atom: bundle, form: form, range: range))
      for (index, member) in members.enumerated() {
        replacements[member.atom] = Replacement(
          bundle: index == 0 ? bundle : nil, factor: scale / member.coefficient)
      }
    }
    guard !replacements.isEmpty else { return carried }
    for index in events.indices {
      events[index].arguments = events[index].arguments.map { $0.replacing(replacements) }
    }
    outputs = outputs.map { $0.replacing(replacements) }
    return carried
  }

  /// That a form uses an atom, and how often.
  private struct Use: Hashable {
    let form: Int
    let coefficient: Rational
  }

  private struct Member {
    let atom: Atom
    let coefficient: Rational
  }

  /// The first member of a bundle stands for all of it in a form; the others go.
  fileprivate struct Replacement {
    let bundle: Atom?
    let factor: Rational
  }

  private static func usesOfAtoms(
    _ isAvailable: (Atom) -> Bool, _ events: [Event], _ outputs: [AffineForm]
  ) -> [Atom: [Use]] {
    var uses: [Atom: [Use]] = [:]
    var number = 0
    func count(_ forms: [AffineForm]) {
      for form in forms {
        for term in form.terms where isAvailable(term.atom) {
          uses[term.atom, default: []].append(Use(form: number, coefficient: term.coefficient))
        }
        number += 1
      }
    }
    for event in events { count(event.arguments) }
    count(outputs)
    return uses
  }
}

extension AffineForm {
  fileprivate func replacing(_ replacements: [Atom: Bundling.Replacement]) -> AffineForm {
    guard terms.contains(where: { replacements[$0.atom] != nil }) else { return self }
    var replaced: [Term] = []
    for term in terms {
      guard let replacement = replacements[term.atom] else {
        replaced.append(term)
        continue
      }
      if let bundle = replacement.bundle {
        let coefficient = term.coefficient * replacement.factor
        replaced.append(Term(atom: bundle, coefficient: coefficient))
      }
    }
    return AffineForm(constant: constant, terms: replaced.sorted { $0.atom < $1.atom })
  }
}
