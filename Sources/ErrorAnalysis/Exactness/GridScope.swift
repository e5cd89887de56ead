import ExactArithmetic

/// The atoms of one step and what is known of each: its set of values, and for a ReLU of what
/// linear form it is a function.
///
/// Forms are evaluated with ReLUs of one linear form l taken together: Σ cₖ ReLU(αₖ l + βₖ) is
/// piecewise linear in l alone, and is evaluated at the values that l can take. On each linear piece
/// these give an arithmetic progression. So a step, whose ramp lies between two neighbouring values
/// of its source, is seen to be 0 or 1, whatever its slope.
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
    return values.count - 1
  }

  /// max(0, form) of each.
  ///
  /// What is known not to be negative stays as it is, so that it still cancels with what it came
  /// from; unless it belongs with a ReLU that bends, as the rising half of a step does.
  mutating func relu(_ forms: [GridForm]) -> [GridForm] {
    let values = forms.map { value(of: $0) }
    var bent: Set<Int> = []
    for (form, value) in zip(forms, values) where !value.isNonnegative && !value.isNonpositive {
      bent.insert(direction(of: form))
    }
    return zip(forms, values).map { form, value in
      if let point = value.point { return GridForm(point.positivePart) }
      if value.isNonpositive { return .zero }
      if value.isNonnegative, !bent.contains(direction(of: form)) { return form }
      return bend(form, value)
    }
  }

  private mutating func bend(_ form: GridForm, _ value: GridValue) -> GridForm {
    let lead = form.terms[0].coefficient
    let scale = lead.magnitude
    let kink = Kink(
      direction: direction(of: form), isRising: lead.signum > 0, offset: form.constant / scale)
    if let known = relus[kink] { return GridForm(atom: known, times: scale) }
    let atom = append(value.scaled(by: scale.reciprocal).positivePart, kink)
    relus[kink] = atom
    return GridForm(atom: atom, times: scale)
  }

  /// The linear part of the form, up to a factor.
  private mutating func direction(of form: GridForm) -> Int {
    let lead = form.terms[0].coefficient
    let linear = GridForm(0, form.terms).scaled(by: lead.reciprocal)
    if let known = directions[linear.terms] { return known }
    directions[linear.terms] = directionValues.count
    if linear.terms.count == 1 { soleDirections[linear.terms[0].atom] = directionValues.count }
    directionValues.append(value(of: linear))
    return directionValues.count - 1
  }

  /// left · right.
  mutating func product(_ left: GridForm, _ right: GridForm) -> GridForm {
    if left.isConstant { return right.scaled(by: left.constant) }
    if right.isConstant { return left.scaled(by: right.constant) }
    if let known = products[[left, right]] ?? products[[right, left]] {
      return GridForm(atom: known)
    }
    let value =
      left == right ? value(of: left).squared : rules.product(value(of: left), value(of: right))
    let form = atom(value)
    if let term = form.terms.first { products[[left, right]] = term.atom }
    return form
  }
}

// MARK: - Evaluating

extension GridScope {
  /// A set that contains every value of the form.
  mutating func value(of form: GridForm) -> GridValue {
    work += 1 + form.terms.count
    var sum = GridValue(form.constant)
    var groups: [(direction: Int, terms: [GridForm.Term])] = []
    for term in form.terms {
      let direction = kinks[term.atom]?.direction ?? soleDirections[term.atom]
      guard let direction, form.terms.count > 1 else {
        sum = sum + values[term.atom].scaled(by: term.coefficient)
        continue
      }
      if let place = groups.firstIndex(where: { $0.direction == direction }) {
        groups[place].terms.append(term)
      } else {
        groups.append((direction, [term]))
      }
    }
    for (direction, terms) in groups {
      sum = sum + (terms.count == 1
        ? values[terms[0].atom].scaled(by: terms[0].coefficient)
        : value(of: terms, along: directionValues[direction]))
    }
    return sum
  }

  /// Σ cₖ ReLU(± l + βₖ), and multiples of l itself, for l in `domain`.
  private mutating func value(of terms: [GridForm.Term], along domain: GridValue) -> GridValue {
    let pieces = terms.map { Piece(coefficient: $0.coefficient, kink: kinks[$0.atom]) }
    work += terms.count * (2 * terms.count + 2)
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
