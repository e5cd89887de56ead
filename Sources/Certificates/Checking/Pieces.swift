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

  /// The ReLUs of a form that go together, the multiple of l itself, and what is left.
  fileprivate struct Group {
    var slope: Rational = 0
    var terms: [(weight: Rational, piece: Piece)] = []
    var rest = Form()
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
  /// form has one; the rest term by term. Nil if there is nothing to be taken together, or no bound
  /// is seen.
  ///
  /// The last ReLUs first: their directions are made of earlier ones.
  mutating func piecewise(_ form: Form) throws(MetLimit) -> Rational? {
    var rest = form
    var sum: Rational = 0
    var isAny = false
    var place = rest.count
    while place > 0 {
      place -= 1
      let last = rest.terms[place].atom
      guard let piece = pieces.pieces[last],
        let group = try group(in: rest, along: piece.direction)
      else { continue }
      guard let least = try least(of: group, over: pieces.directions[piece.direction].range)
      else { return nil }
      rest = group.rest
      sum += least
      isAny = true
      place = rest.terms.prefix(place).lastIndex { $0.atom < last }.map { $0 + 1 } ?? 0
    }
    return isAny ? termwise(rest.terms).map { $0 + sum } : nil
  }

  /// The form's ReLUs along the direction, and a multiple of it; nil if it is one ReLU alone.
  private mutating func group(
    in form: Form, along number: Int
  ) throws(MetLimit) -> Pieces.Group? {
    let direction = pieces.directions[number].form
    let first = direction.terms[0].atom
    guard pieces.sizes[number] > 1 || form.coefficient(of: first) != 0 else { return nil }
    try expenses.work(direction.count + form.count)
    var group = Pieces.Group()
    var rest: [Term] = []
    for term in form.terms {
      if let piece = pieces.pieces[term.atom], piece.direction == number {
        group.terms.append((term.coefficient, piece))
      } else {
        rest.append(term)
      }
    }
    group.rest = Form(ascending: rest)
    let slope = group.rest.coefficient(of: first)
    if slope != 0 {
      let shorter = group.rest.adding(direction, times: -slope)
      if shorter.count < group.rest.count {
        group.rest = shorter
        group.slope = slope
      }
    }
    return group.terms.count == 1 && group.slope == 0 ? nil : group
  }

  private mutating func least(
    of group: Pieces.Group, over range: (lower: Rational?, upper: Rational?)
  ) throws(MetLimit) -> Rational? {
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
