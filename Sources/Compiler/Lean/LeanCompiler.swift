import ExactArithmetic
import LSRL

extension Graph {
  /// The same program as a path, by scheduling its events directly instead of rewriting the graph.
  ///
  /// Everything but ReLU, Multi and LinState is affine, so a program is a set of events between
  /// affine forms. A stage applies one kind of event to the whole current vector. Stages are chosen
  /// as soon as an event is ready: ReLUs first, then Multis, then LinStates.
  ///
  /// Cost: near linear in the terms of all forms and the width of all stages. A form of more than
  /// `longestForm` terms gets a name, so that forms do not grow with the program; two forms of fewer
  /// see whatever they could share or cancel.
  ///
  /// The path means the same as the program on every sequence whose tokens lie in `inputRanges`.
  public func leanPath(inputRanges: [Interval]? = nil, longestForm: Int = 64) -> PathGraph {
    let ranges = inputRanges ?? Array(repeating: .everything, count: inputDimension)
    var schedule = LeanSchedule(
      ProgramForms(self, inputRanges: ranges, longestForm: longestForm))
    return schedule.path()
  }
}

extension Program {
  /// The program as a path; see `Graph.leanPath`.
  public var leanPath: PathGraph { graph.leanPath(inputRanges: inputRanges) }
}

/// Lines the events of a program up.
struct LeanSchedule {
  private var table: AtomTable
  private let events: [Event]
  private var pending: PendingForms

  /// The forms of event k are `formStarts[k]..<formStarts[k + 1]`; the outputs come behind.
  private let formStarts: [Int]

  /// By event: how many of the atoms that it reads are not there yet.
  private var missing: [Int]

  /// By atom: the events that wait for it.
  private var waiting: [[Int]]

  /// The events that could run now, by kind.
  private var ready: [Event.Kind: [Int]] = [:]

  /// The atoms on the current vector.
  private var current: [Atom]

  private var writer: PathWriter
  private let inputDimension: Int

  /// In the order of preference.
  private static let kinds: [Event.Kind] = [.relu, .multiply, .linState]

  init(_ program: ProgramForms) {
    table = program.table
    events = program.liveEvents()
    inputDimension = program.inputDimension
    var forms: [AffineForm] = []
    var starts = [0]
    for event in events {
      forms += event.arguments
      starts.append(forms.count)
    }
    pending = PendingForms(forms + program.outputs, atomCount: table.ranges.count)
    formStarts = starts
    missing = Array(repeating: 0, count: events.count)
    waiting = Array(repeating: [], count: table.ranges.count)
    current = Array(0..<program.inputDimension)
    writer = PathWriter(inputDimension: inputDimension)
    for (index, event) in events.enumerated() {
      let atoms = Set(event.arguments.flatMap { $0.terms.map(\.atom) })
      missing[index] = atoms.count
      for atom in atoms { waiting[atom].append(index) }
      if atoms.isEmpty { ready[event.kind, default: []].append(index) }
    }
    for atom in current { announce(atom) }
  }

  mutating func path() -> PathGraph {
    while let kind = LeanSchedule.kinds.first(where: { ready[$0] != nil }) { writeStage(kind) }
    writer.writeOutputs(Array(pending.forms[(formStarts.last ?? 0)...]))
    do {
      return try PathGraph(inputDimension: inputDimension, steps: writer.steps)
    } catch {
      preconditionFailure("the lean compiler wrote an ill-formed path: \(error)")
    }
  }

  private mutating func writeStage(_ kind: Event.Kind) {
    let indices = (ready.removeValue(forKey: kind) ?? []).sorted()
    let chosen = indices.map { index -> Event in
      var event = events[index]
      let ids = formStarts[index]..<formStarts[index + 1]
      event.arguments = Array(pending.forms[ids])
      for id in ids { pending.finish(id) }
      return event
    }
    let carried = carriedValues()
    writer.write(kind, chosen, carrying: carried)

    let made = chosen.flatMap(\.atoms)
    current = carried.map(\.atom) + made
    for atom in made { announce(atom) }
  }

  /// What must be kept of the current vector: not the atoms, but what is still asked of them. Atoms
  /// that every later form uses in the same proportion are carried as one: a step made of two ReLUs
  /// is one coordinate from then on. Never wider: a bundle costs at most as much as the cheapest
  /// two of its members.
  private mutating func carriedValues() -> [PathWriter.Carried] {
    pending.proportionalGroups(among: current).map { terms in
      if terms.count == 1 {
        let atom = terms[0].atom
        return .init(atom: atom, form: AffineForm(atom: atom), range: table.ranges[atom])
      }
      let form = AffineForm(constant: 0, terms: terms.sorted { $0.atom < $1.atom }).primitive.form
      let range = table.range(of: form)
      let bundle = table.makeAtom(range: range)
      pending.replace(form, by: bundle)
      waiting.append([])
      return .init(atom: bundle, form: form, range: range)
    }
  }

  /// `atom` is there: the events that waited for nothing else are ready. Sums are there at once.
  private mutating func announce(_ atom: Atom) {
    var arrived = [atom]
    while let atom = arrived.popLast() {
      for index in waiting[atom] {
        missing[index] -= 1
        guard missing[index] == 0 else { continue }
        let event = events[index]
        if event.kind == .sum {
          place(event, reading: formStarts[index])
          arrived.append(event.atoms[0])
        } else {
          ready[event.kind, default: []].append(index)
        }
      }
      waiting[atom] = []
    }
  }

  private mutating func place(_ sum: Event, reading id: Int) {
    pending.finish(id)
    writer.place(sum.atoms[0], at: pending.forms[id])
    current.append(sum.atoms[0])
  }
}
