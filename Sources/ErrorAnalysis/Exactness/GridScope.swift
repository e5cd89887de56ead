import ExactArithmetic

/// The atoms of one step and what is known of each: its set of values, and for a ReLU of what
/// linear form it is a function.
///
/// Forms are evaluated with ReLUs of one linear form l taken together: Σ cₖ ReLU(αₖ l + βₖ) is
/// piecewise linear in l alone, and is evaluated at the values that l can take. On each linear
/// piece these give an arithmetic progression. So a step, whose ramp lies between two neighbouring
/// values of its source, is seen to be 0 or 1, whatever its slope.
struct GridScope {
  /// ReLU(± l + offset), for the linear form l of a direction.
  struct Kink: Hashable, Sendable {
    let direction: Int
    let isRising: Bool
    let offset: Rational
  }

  private let rules: GridRules
  private(set) var values: [GridValue] = []
  private var kinks: [Kink?] = []

  private var directions: [[GridForm.Term]: Int] = [:]
  private var directionValues: [GridValue] = []

  /// By atom: the direction that it is, if some ReLU reads it and nothing else.
  private var soleDirections: [Int: Int] = [:]

  private var relus: [Kink: Int] = [:]

  /// By atom: what an unbent ReLU is.
  private var arguments: [GridForm?] = []

  private var products: [[GridForm]: Int] = [:]

  /// Terms and points looked at so far.
  private(set) var work = 0

  init(_ rules: GridRules) { self.rules = rules }

  mutating func atom(_ value: GridValue) -> GridForm {
    if let point = value.point { return GridForm(point) }
    return GridForm(atom: append(value, nil))
  }

  private mutating func append(_ value: GridValue, _ kink: Kink?) -> Int {
    values.append(value)
    kinks.append(kink)
    arguments.append(nil)
    return values.count - 1
  }

  /// max(0, form).
  ///
  /// A ReLU that never bends is a name for its argument: where it meets a ReLU of the same linear
  /// form that does bend, as the rising half of a step does, they are taken together; elsewhere it
  /// stands for its argument, and cancels with what that came from.
  mutating func relu(_ form: GridForm) -> GridForm {
    let value = value(of: form)
    if let point = value.point { return GridForm(point.positivePart) }
    if value.isNonpositive { return .zero }
    let isUnbent = value.isNonnegative
    let plain = settled(form, keeping: [])
    guard let lead = plain.terms.first?.coefficient else {
      return GridForm(plain.constant.positivePart)
    }
    let direction = direction(of: form, plain, lead)
    let scale = lead.magnitude
    let kink = Kink(direction: direction, isRising: lead.signum > 0, offset: plain.constant / scale)
    if let known = relus[kink] { return GridForm(atom: known, times: scale) }
    let atom = append(value.scaled(by: scale.reciprocal).positivePart, kink)
    if isUnbent { arguments[atom] = form.scaled(by: scale.reciprocal) }
    relus[kink] = atom
    return GridForm(atom: atom, times: scale)
  }

  /// The linear form l, where form = lead · l + constant. It is told by `plain`, the form with
  /// unbent ReLUs replaced, so that equal forms have one direction; but evaluated as it stands.
  private mutating func direction(
    of form: GridForm, _ plain: GridForm, _ lead: Rational
  ) -> Int {
    let linear = GridForm(0, plain.terms).scaled(by: lead.reciprocal)
    if let known = directions[linear.terms] { return known }
    directions[linear.terms] = directionValues.count
    if linear.terms.count == 1 { soleDirections[linear.terms[0].atom] = directionValues.count }
    let argument = GridForm(form.constant - plain.constant, form.terms)
    directionValues.append(value(of: argument).scaled(by: lead.reciprocal))
    return directionValues.count - 1
  }

  /// The form with unbent ReLUs replaced by their arguments, except in the directions `kept`.
  private mutating func settled(_ form: GridForm, keeping kept: Set<Int>) -> GridForm {
    func isReplaced(_ term: GridForm.Term) -> Bool {
      guard arguments[term.atom] != nil, let kink = kinks[term.atom] else { return false }
      return !kept.contains(kink.direction)
    }
    var form = form
    while form.terms.contains(where: isReplaced) {
      var next = GridForm(form.constant, form.terms.filter { !isReplaced($0) })
      for term in form.terms where isReplaced(term) {
        if let argument = arguments[term.atom] { next.add(argument, times: term.coefficient) }
      }
      work += 1 + form.terms.count + next.terms.count
      form = next
    }
    return form
  }

  /// The form as it is evaluated: of its ReLUs only those stay that bend, and those that belong
  /// with them.
  private mutating func settled(_ form: GridForm) -> GridForm {
    guard form.terms.contains(where: { arguments[$0.atom] != nil }) else { return form }
    var kept = bentDirections(of: form)
    while true {
      let settled = settled(form, keeping: kept)
      // What an argument brings in may bend too, and make others stay.
      let bent = bentDirections(of: settled)
      if bent.isSubset(of: kept) { return settled }
      kept.formUnion(bent)
    }
  }

  private func bentDirections(of form: GridForm) -> Set<Int> {
    Set(form.terms.compactMap { arguments[$0.atom] == nil ? kinks[$0.atom]?.direction : nil })
  }

  /// left · right.
  mutating func product(_ left: GridForm, _ right: GridForm) -> GridForm {
    if left.isConstant { return right.scaled(by: left.constant) }
    if right.isConstant { return left.scaled(by: right.constant) }
    if let known = products[[left, right]] ?? products[[right, left]] {
      return GridForm(atom: known)
    }
    let product = rules.product(value(of: left), value(of: right))
    let form = atom(left == right ? product.positivePart : product)
    if let term = form.terms.first { products[[left, right]] = term.atom }
    return form
  }
}

// MARK: - Evaluating

extension GridScope {
  /// A set that contains every value of the form.
  mutating func value(of form: GridForm) -> GridValue {
    let form = settled(form)
    work += 1 + form.terms.count
    var sum = GridValue(form.constant)
    guard form.terms.count > 1 else {
      return form.terms.reduce(sum) { $0 + values[$1.atom].scaled(by: $1.coefficient) }
    }
    let bent = bentDirections(of: form)
    var groups: [(direction: Int, members: [(atom: Int, piece: Piece)])] = []
    for term in form.terms {
      let (direction, kink) = group(of: term.atom, among: bent)
      guard let direction else {
        sum = sum + values[term.atom].scaled(by: term.coefficient)
        continue
      }
      let member = (term.atom, Piece(coefficient: term.coefficient, kink: kink))
      if let place = groups.firstIndex(where: { $0.direction == direction }) {
        groups[place].members.append(member)
      } else {
        groups.append((direction, [member]))
      }
    }
    for (direction, members) in groups {
      let (atom, piece) = members[0]
      sum =
        sum
        + (members.count == 1
          ? values[atom].scaled(by: piece.coefficient)
          : value(of: members.map(\.piece), along: directionValues[direction]))
    }
    return sum
  }

  /// What linear form the atom is a function of, if that may matter: as the form itself where a
  /// ReLU of the form bends, else as a ReLU.
  private func group(
    of atom: Int, among bent: Set<Int>
  ) -> (direction: Int?, kink: Kink?) {
    if let sole = soleDirections[atom], bent.contains(sole) { return (sole, nil) }
    return (kinks[atom]?.direction, kinks[atom])
  }

  /// Σ cₖ ReLU(± l + βₖ), and multiples of l itself, for l in `domain`.
  private mutating func value(of pieces: [Piece], along domain: GridValue) -> GridValue {
    work += pieces.count * (2 * pieces.count + 2)
    func sum(at l: Rational) -> Rational { pieces.reduce(0) { $0 + $1.value(at: l) } }
    let cuts = rules.cuts(pieces.compactMap(\.cut), domain)
    guard let spacing = domain.spacing else {
      let ends = ([domain.lower, domain.upper] + cuts).map(sum)
      return .known(from: ends.min() ?? 0, to: ends.max() ?? 0, spacing: nil)
    }
    var first = domain.lower
    var range: GridValue?
    for cut in cuts + [domain.upper] {
      let last = cut.roundedDown(to: spacing)
      guard first <= last else { continue }
      let ends = (sum(at: first), sum(at: last))
      let difference = first < last ? sum(at: first + spacing) - ends.0 : 0
      let progression = GridValue.known(
        from: min(ends.0, ends.1), to: max(ends.0, ends.1),
        spacing: GridValue.commonSpacing(ends.0, difference.magnitude).map(\.magnitude))
      range = range.map { $0.union(progression) } ?? progression
      first = last + spacing
    }
    return range ?? GridValue(sum(at: domain.lower))
  }

  /// c · ReLU(± l + β), or c · l.
  private struct Piece {
    let coefficient: Rational
    let kink: Kink?

    func value(at l: Rational) -> Rational {
      guard let kink else { return coefficient * l }
      return coefficient * ((kink.isRising ? l : -l) + kink.offset).positivePart
    }

    /// Where the slope changes.
    var cut: Rational? { kink.map { $0.isRising ? -$0.offset : $0.offset } }
  }
}
