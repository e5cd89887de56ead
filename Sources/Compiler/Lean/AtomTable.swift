import ExactArithmetic
import LSRL

/// Something that must be computed by a node of its own: it stands between affine forms.
struct Event: Sendable {
  enum Kind: Hashable, Sendable {
    case relu, multiply, linState

    /// No stage: a long sum that is given a name. It is there when all that it reads is there.
    case sum
  }

  let kind: Kind

  /// What it reads: one form for a ReLU or a sum; two for a Multi; for a LinState B x + b, a form
  /// for each coordinate.
  var arguments: [AffineForm]

  /// The atoms that it makes, one for each coordinate.
  let atoms: [Atom]

  /// For a LinState: A and s0.
  let recurrence: Matrix
  let initial: [Rational]

  /// The nodes of the source that it computes, for messages.
  var origins: [NodeID]
}

/// The atoms and events of a program, each once: what is equal is shared (hash-consing).
struct AtomTable {
  private(set) var ranges: [Interval] = []
  private(set) var events: [Event] = []

  /// For ReLU atoms: their argument, split into direction and offset; see `PiecewiseSource`.
  private(set) var sources: [PiecewiseSource?] = []

  private var known: [Key: Int] = [:]
  private var directions: [[AffineForm.Term]: Int] = [:]
  private(set) var directionRanges: [Interval] = []

  private enum Key: Hashable {
    case relu(AffineForm)
    case multiply(AffineForm, AffineForm)
    case linState(recurrence: Matrix, fed: [AffineForm], initial: [Rational])
    case sum(AffineForm)
  }

  /// Forms of more terms are named. Where each value adds to the one before it, as on a ladder of
  /// skip connections, forms over everything made so far would grow with the square of the program.
  private let longestForm: Int

  init(longestForm: Int) { self.longestForm = longestForm }

  /// An atom that no event makes: an input coordinate, or something named by the caller.
  mutating func makeAtom(range: Interval) -> Atom {
    ranges.append(range.limited)
    sources.append(nil)
    return ranges.count - 1
  }

  /// σ(form), as a form: decided by the range where that is possible, else a positive multiple of
  /// an atom.
  mutating func relu(_ form: AffineForm, origin: NodeID) -> AffineForm {
    if form.isConstant { return AffineForm(constant: form.constant.positivePart) }
    let range = range(of: form)
    if range.isNonnegative { return form }
    if range.isNonpositive { return .zero }
    let (scale, primitive) = form.primitive
    let event = event(.relu(primitive), origin: origin) { table in
      let atom = table.makeAtom(range: table.range(of: primitive).positivePart)
      table.sources[atom] = table.source(of: primitive)
      return Event(
        kind: .relu, arguments: [primitive], atoms: [atom], recurrence: .zero(0, 0), initial: [],
        origins: [])
    }
    return AffineForm(atom: events[event].atoms[0]).scaled(by: scale)
  }

  /// left · right, as a form.
  mutating func product(_ left: AffineForm, _ right: AffineForm, origin: NodeID) -> AffineForm {
    if left.isConstant { return right.scaled(by: left.constant) }
    if right.isConstant { return left.scaled(by: right.constant) }
    let (leftScale, leftPrimitive) = left.primitive
    let (rightScale, rightPrimitive) = right.primitive
    let swapped = Key.multiply(rightPrimitive, leftPrimitive)
    let key = known[swapped] == nil ? Key.multiply(leftPrimitive, rightPrimitive) : swapped
    let event = event(key, origin: origin) { table in
      let range = table.range(of: leftPrimitive) * table.range(of: rightPrimitive)
      let square = leftPrimitive == rightPrimitive ? range.positivePart : range
      return Event(
        kind: .multiply, arguments: [leftPrimitive, rightPrimitive],
        atoms: [table.makeAtom(range: square)], recurrence: .zero(0, 0), initial: [], origins: [])
    }
    return AffineForm(atom: events[event].atoms[0]).scaled(by: leftScale * rightScale)
  }

  /// The atoms of s ← A s + `fed`.
  mutating func state(
    recurrence: Matrix, fed: [AffineForm], initial: [Rational], origin: NodeID
  ) -> [Atom] {
    let key = Key.linState(recurrence: recurrence, fed: fed, initial: initial)
    let event = event(key, origin: origin) { table in
      let ranges = LinState.ranges(
        recurrence: recurrence, initial: initial, fed: fed.map { table.range(of: $0) })
      return Event(
        kind: .linState, arguments: fed, atoms: ranges.map { table.makeAtom(range: $0) },
        recurrence: recurrence, initial: initial, origins: [])
    }
    return events[event].atoms
  }

  /// The form, or the same by the name of a sum if it is long.
  mutating func named(_ form: AffineForm, origin: NodeID) -> AffineForm {
    guard form.terms.count > longestForm else { return form }
    var (scale, sum) = AffineForm(constant: 0, terms: form.terms).primitive
    if sum.terms[0].coefficient < 0 { (scale, sum) = (-scale, sum.scaled(by: -1)) }
    let event = event(.sum(sum), origin: origin) { table in
      Event(
        kind: .sum, arguments: [sum], atoms: [table.makeAtom(range: table.range(of: sum))],
        recurrence: .zero(0, 0), initial: [], origins: [])
    }
    let term = AffineForm.Term(atom: events[event].atoms[0], coefficient: scale)
    return AffineForm(constant: form.constant, terms: [term])
  }

  private mutating func event(
    _ key: Key, origin: NodeID, make: (inout AtomTable) -> Event
  ) -> Int {
    if let index = known[key] {
      events[index].origins.append(origin)
      return index
    }
    var event = make(&self)
    event.origins = [origin]
    events.append(event)
    known[key] = events.count - 1
    return events.count - 1
  }
}

// MARK: - Ranges

/// A ReLU's argument as α · l + β, where l is a linear form shared by all ReLUs of the same
/// direction. Sums of such ReLUs are piecewise linear in l alone: that is what makes a step, the
/// difference of two ReLUs, provably lie between 0 and 1.
struct PiecewiseSource: Sendable {
  let direction: Int
  let slope: Rational
  let offset: Rational
}

extension AtomTable {
  private mutating func source(of form: AffineForm) -> PiecewiseSource {
    let lead = form.terms[0].coefficient
    let direction = AffineForm(constant: 0, terms: form.terms).scaled(by: lead.reciprocal)
    if directions[direction.terms] == nil {
      directions[direction.terms] = directionRanges.count
      directionRanges.append(plainRange(of: direction).limited)
    }
    return PiecewiseSource(
      direction: directions[direction.terms] ?? 0, slope: lead, offset: form.constant)
  }

  /// A sound enclosure of the form's value. ReLU atoms of one direction are taken together.
  func range(of form: AffineForm) -> Interval {
    var range = Interval(form.constant)
    var groups: [Int: [AffineForm.Term]] = [:]
    for term in form.terms {
      if let source = sources[term.atom] {
        groups[source.direction, default: []].append(term)
      } else {
        range += ranges[term.atom].scaled(by: term.coefficient)
      }
    }
    for (direction, terms) in groups {
      range +=
        terms.count == 1
        ? ranges[terms[0].atom].scaled(by: terms[0].coefficient)
        : self.range(ofGroup: terms, over: directionRanges[direction])
    }
    return range.limited
  }

  private func plainRange(of form: AffineForm) -> Interval {
    form.terms.reduce(Interval(form.constant)) { range, term in
      range + ranges[term.atom].scaled(by: term.coefficient)
    }
  }

  /// Σ kᵢ σ(αᵢ l + βᵢ) for l in `domain`: linear between its kinks, so its extremes lie at kinks
  /// and ends, unless it grows for ever.
  private func range(ofGroup terms: [AffineForm.Term], over domain: Interval) -> Interval {
    let kinked = terms.compactMap { term in
      sources[term.atom].map { (weight: term.coefficient, source: $0) }
    }
    func value(at l: Rational) -> Rational {
      kinked.reduce(0) { $0 + $1.weight * ($1.source.slope * l + $1.source.offset).positivePart }
    }
    let kinks = kinked.map { -$0.source.offset / $0.source.slope }.filter(domain.contains)
    let ends = [domain.lower, domain.upper].compactMap(\.self)
    let values = (kinks + ends).map(value)
    guard var range = values.first.map({ Interval($0) }) else { return .everything }
    for value in values { range = range.union(Interval(value)) }

    if domain.upper == nil {
      range = range.extended(alongSlope: slope(of: kinked, isUpward: true))
    }
    if domain.lower == nil {
      range = range.extended(alongSlope: -slope(of: kinked, isUpward: false))
    }
    return range
  }

  /// The slope in l far above all kinks, or far below.
  private func slope(
    of kinked: [(weight: Rational, source: PiecewiseSource)], isUpward: Bool
  ) -> Rational {
    kinked.reduce(0) { sum, term in
      (term.source.slope > 0) == isUpward ? sum + term.weight * term.source.slope : sum
    }
  }
}

extension Interval {
  /// What can be reached by walking for ever in a direction in which values change with `slope`.
  fileprivate func extended(alongSlope slope: Rational) -> Interval {
    if slope > 0 { return Interval(lower, nil) }
    return slope < 0 ? Interval(nil, upper) : self
  }
}
