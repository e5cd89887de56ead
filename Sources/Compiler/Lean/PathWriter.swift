import ExactArithmetic
import LSRL

/// Writes a path stage by stage, and knows where on the current vector each value lies.
///
/// A stage applies one kind of event to the whole vector, so every value that is needed later must
/// pass through it: through a LinState as a coordinate with A = 0 and B = 1; through a Multi as
/// x · 1; through a ReLU as one coordinate if it is known not to be negative, as x⁺ − x⁻ otherwise.
struct PathWriter {
  /// A value to keep, as a form over the atoms that lie on the current vector, and the atom that
  /// will stand for it.
  struct Carried {
    let atom: Atom
    let form: AffineForm
    let range: Interval
  }

  private(set) var steps: [PathGraph.Step] = []

  /// The dimension of the current vector.
  private var width: Int

  /// Each available atom over the coordinates of the current vector.
  private var places: [Atom: [Matrix.Entry]] = [:]

  init(inputDimension: Int) {
    width = inputDimension
    for atom in 0..<inputDimension { places[atom] = [.init(column: atom, value: 1)] }
  }

  mutating func write(_ kind: Event.Kind, _ events: [Event], carrying carried: [Carried]) {
    switch kind {
    case .relu: writeReLU(events, carried)
    case .multiply: writeMultiply(events, carried)
    case .linState: writeLinState(events, carried)
    case .sum: preconditionFailure("a sum is no stage")
    }
  }

  /// `sum`, of atoms on the current vector and without a constant, has the name `atom` from now on.
  mutating func place(_ atom: Atom, at sum: AffineForm) {
    places[atom] = Array(map(of: [sum]).matrix.row(0))
  }

  /// Reads the outputs off the current vector.
  mutating func writeOutputs(_ outputs: [AffineForm]) {
    let map = map(of: outputs)
    if map != .identity(width) { steps.append(.init(.linear(map))) }
    width = outputs.count
  }
}

// MARK: - Stages

extension PathWriter {
  private mutating func writeReLU(_ events: [Event], _ carried: [Carried]) {
    var rows = ReLURows()
    var next: [Atom: [Matrix.Entry]] = [:]
    for event in events {
      let (scale, primitive) = event.arguments[0].primitive
      next[event.atoms[0]] = [.init(column: rows.coordinate(of: primitive), value: scale)]
    }
    for value in carried {
      let (scale, primitive) = value.form.primitive
      var place: [Matrix.Entry] = []
      if !value.range.isNonpositive {
        place.append(.init(column: rows.coordinate(of: primitive), value: scale))
      }
      if !value.range.isNonnegative {
        let negated = rows.coordinate(of: primitive.scaled(by: -1))
        place.append(.init(column: negated, value: -scale))
      }
      next[value.atom] = place.sorted { $0.column < $1.column }
    }
    appendLinear(rows.forms)
    steps.append(.init(.relu))
    finishStage(next, width: rows.forms.count)
  }

  private mutating func writeMultiply(_ events: [Event], _ carried: [Carried]) {
    let one = AffineForm(constant: 1)
    let left = events.map { $0.arguments[0] } + carried.map(\.form)
    let right = events.map { $0.arguments[1] } + carried.map { _ in one }
    appendLinear(left + right)
    steps.append(.init(.multiply, origins: origins(of: events, carried)))
    finishStage(atoms: events.map { $0.atoms[0] } + carried.map(\.atom))
  }

  private mutating func writeLinState(_ events: [Event], _ carried: [Carried]) {
    let recurrence = Matrix.blockDiagonal(
      events.map(\.recurrence) + [.zero(carried.count, carried.count)])
    let state = LinState(
      recurrence: recurrence,
      input: map(of: events.flatMap(\.arguments) + carried.map(\.form)),
      initial: events.flatMap(\.initial) + carried.map { _ in 0 })
    steps.append(.init(.linState(state), origins: origins(of: events, carried)))
    finishStage(atoms: events.flatMap(\.atoms) + carried.map(\.atom))
  }

  private func origins(of events: [Event], _ carried: [Carried]) -> [NodeID?] {
    events.flatMap { event in event.atoms.map { _ in event.origins.first } }
      + carried.map { _ in nil }
  }

  private mutating func appendLinear(_ forms: [AffineForm]) {
    let map = map(of: forms)
    if map != .identity(width) { steps.append(.init(.linear(map))) }
  }

  private mutating func finishStage(atoms: [Atom]) {
    var next: [Atom: [Matrix.Entry]] = [:]
    for (coordinate, atom) in atoms.enumerated() {
      next[atom] = [.init(column: coordinate, value: 1)]
    }
    finishStage(next, width: atoms.count)
  }

  private mutating func finishStage(_ next: [Atom: [Matrix.Entry]], width: Int) {
    places = next
    self.width = width
  }

  /// The forms over the current vector. Precondition: their atoms lie on it.
  private func map(of forms: [AffineForm]) -> AffineMap {
    var sums = [Rational](repeating: 0, count: width)
    let rows = forms.map { form in
      var columns: [Int] = []
      for term in form.terms {
        guard let place = places[term.atom] else {
          preconditionFailure("atom \(term.atom) was not carried")
        }
        for entry in place {
          sums[entry.column] += term.coefficient * entry.value
          columns.append(entry.column)
        }
      }
      columns.sort()
      return columns.reduce(into: [Matrix.Entry]()) { row, column in
        if row.last?.column != column { row.append(.init(column: column, value: sums[column])) }
        sums[column] = 0
      }
    }
    return AffineMap(
      Matrix(columnCount: width, rows: rows), offset: forms.map(\.constant))
  }
}

/// The rows of a ReLU stage, equal ones once.
private struct ReLURows {
  private(set) var forms: [AffineForm] = []
  private var coordinates: [AffineForm: Int] = [:]

  mutating func coordinate(of form: AffineForm) -> Int {
    if let coordinate = coordinates[form] { return coordinate }
    coordinates[form] = forms.count
    forms.append(form)
    return forms.count - 1
  }
}
