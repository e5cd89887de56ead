import ExactArithmetic

/// ReLUs whose arguments are parallel, α l + β for one form l, are together a piecewise linear
/// function of l alone: its extremes are at its kinks and at the ends of what l can be. That is how
/// the difference of two ReLUs, a step, is seen to lie between 0 and 1.
struct Pieces {
  /// By ReLU atom: its argument is slope · l + offset.
  struct Piece {
    let direction: Int
    let slope: Rational
    let offset: Rational
  }

  /// l, which has no constant and whose leading coefficient is 1, and what it can be.
  struct Direction {
    let form: Form
    let range: (lower: Rational?, upper: Rational?)
  }

  fileprivate var pieces: [Int: Piece] = [:]
  fileprivate var directions: [Direction] = []
  fileprivate var numbers: [Form: Int] = [:]

  /// Whether there is another ReLU parallel to `atom`.
  func isParallel(_ atom: Int) -> Bool {
    pieces[atom].map { sizes[$0.direction] > 1 } ?? false
  }

  /// By direction, how many ReLUs have it.
  fileprivate var sizes: [Int] = []

  /// The ReLUs of a form that go together, and the multiple of l itself.
  fileprivate struct Group {
    let direction: Int
    var slope: Rational = 0
    var terms: [(weight: Rational, atom: Int, piece: Piece)] = []
  }
}

extension AtomTable {
  /// Keeps what the argument of a new ReLU atom is a multiple of.
  mutating func note(relu atom: Int, of inner: Form) throws(MetLimit) {
    let terms = inner.terms.filter { $0.atom != AtomTable.one }
    guard let lead = terms.first?.coefficient else { return }
    let form = Form(ascending: terms).scaled(by: lead.reciprocal)
    let direction: Int
    if let known = pieces.numbers[form] {
      direction = known
    } else {
      let least = try low(form)
      let most = try low(-form).map { -$0 }
      direction = pieces.directions.count
      pieces.numbers[form] = direction
      pieces.directions.append(.init(form: form, range: (least, most)))
      pieces.sizes.append(0)
      try expenses.store(form)
    }
    pieces.sizes[direction] += 1
    pieces.pieces[atom] = .init(
      direction: direction, slope: lead, offset: inner.coefficient(of: AtomTable.one))
  }

  /// A lower bound of `form`: parallel ReLUs together, with a multiple of their direction where the
  /// form has one; the rest term by term. Nil if there are no such ReLUs, or no bound is seen.
  mutating func piecewise(_ form: Form) throws(MetLimit) -> Rational? {
    let (groups, plain) = groups(of: form)
    if groups.isEmpty { return nil }
    var rest = plain
    var sum: Rational = 0
    for var group in groups {
      let direction = pieces.directions[group.direction]
      try expenses.work(direction.form.count + rest.count + group.terms.count)
      let slope = rest.coefficient(of: direction.form.terms[0].atom)
      if slope != 0 {
        let shorter = rest.adding(direction.form, times: -slope)
        if shorter.count < rest.count {
          rest = shorter
          group.slope = slope
        }
      }
      guard let least = try least(of: group, over: direction.range) else { return nil }
      sum += least
    }
    return termwise(rest.terms).map { $0 + sum }
  }

  /// The form's ReLUs by direction, in the order of the first of each; and the other terms.
  private func groups(of form: Form) -> (groups: [Pieces.Group], rest: Form) {
    var groups: [Pieces.Group] = []
    var places: [Int: Int] = [:]
    var rest: [Term] = []
    for term in form.terms {
      guard let piece = pieces.pieces[term.atom] else {
        rest.append(term)
        continue
      }
      let place = places[piece.direction] ?? groups.count
      if place == groups.count {
        places[piece.direction] = place
        groups.append(.init(direction: piece.direction))
      }
      groups[place].terms.append((term.coefficient, term.atom, piece))
    }
    return (groups, Form(ascending: rest))
  }

  private mutating func least(
    of group: Pieces.Group, over range: (lower: Rational?, upper: Rational?)
  ) throws(MetLimit) -> Rational? {
    if group.terms.count == 1, group.slope == 0 {
      let (weight, atom) = (group.terms[0].weight, group.terms[0].atom)
      return termwise([Term(atom: atom, coefficient: weight)])
    }
    func isInside(_ point: Rational) -> Bool {
      (range.lower.map { $0 <= point } ?? true) && (range.upper.map { point <= $0 } ?? true)
    }
    func value(at point: Rational) -> Rational {
      group.terms.reduce(group.slope * point) {
        $0 + $1.weight * ($1.piece.slope * point + $1.piece.offset).positivePart
      }
    }
    /// The slope far above all kinks, or far below.
    func slope(isUpward: Bool) -> Rational {
      group.terms.reduce(group.slope) { sum, term in
        (term.piece.slope > 0) == isUpward ? sum + term.weight * term.piece.slope : sum
      }
    }
    if range.upper == nil, slope(isUpward: true) < 0 { return nil }
    if range.lower == nil, slope(isUpward: false) > 0 { return nil }
    let kinks = group.terms.map { -$0.piece.offset / $0.piece.slope }.filter(isInside)
    let points = kinks + [range.lower, range.upper].compactMap(\.self)
    try expenses.work(points.count * group.terms.count)
    return points.map(value).min()
  }
}
