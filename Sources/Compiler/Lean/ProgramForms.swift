import ExactArithmetic
import LSRL

/// A program taken apart: its events, and its outputs as affine forms over their atoms.
struct ProgramForms {
  private(set) var table: AtomTable
  private(set) var outputs: [AffineForm] = []
  let inputDimension: Int

  private var accumulator = FormAccumulator()

  init(_ graph: Graph, inputRanges: [Interval], longestForm: Int = 64) {
    table = AtomTable(longestForm: longestForm)
    inputDimension = graph.inputDimension
    var values: [[AffineForm]] = []
    values.reserveCapacity(graph.nodes.count)
    for node in graph.nodes {
      let vector =
        node.inputs.count == 1
        ? values[graph.position(of: node.inputs[0])]
        : node.inputs.flatMap { values[graph.position(of: $0)] }
      values.append(value(of: node, reading: vector, inputRanges: inputRanges))
    }
    outputs = values[values.count - 1]
  }

  private mutating func value(
    of node: Node, reading vector: [AffineForm], inputRanges: [Interval]
  ) -> [AffineForm] {
    switch node.operation {
    case .input: return inputRanges.map { AffineForm(atom: table.makeAtom(range: $0)) }
    case .concat: return vector
    case .slice(let range): return Array(vector[range])
    case .linear(let map): return apply(map, to: vector, origin: node.id)
    case .relu: return vector.map { table.relu($0, origin: node.id) }
    case .multiply:
      let half = vector.count / 2
      return (0..<half).map {
        table.product(vector[$0], vector[half + $0], origin: node.id)
      }
    case .linState(let state):
      return states(
        of: state, fed: apply(state.input, to: vector, origin: node.id), origin: node.id)
    }
  }

  private mutating func apply(
    _ map: AffineMap, to vector: [AffineForm], origin: NodeID
  ) -> [AffineForm] {
    (0..<map.outputDimension).map { row in
      let entries = map.matrix.row(row)
      if entries.count == 1, let entry = entries.first, map.offset[row] == 0 {
        return vector[entry.column].scaled(by: entry.value)
      }
      for entry in entries { accumulator.add(vector[entry.column], times: entry.value) }
      accumulator.add(map.offset[row])
      return table.named(accumulator.take(), origin: origin)
    }
  }

  /// A coordinate whose row of A is zero remembers nothing: its value is what it is fed. It stays
  /// in the state only if another coordinate asks for its last value.
  private mutating func states(
    of state: LinState, fed: [AffineForm], origin: NodeID
  ) -> [AffineForm] {
    var isRemembered = (0..<state.dimension).map { !state.recurrence.row($0).isEmpty }
    for row in state.recurrence.rows {
      for entry in row { isRemembered[entry.column] = true }
    }
    let kept = isRemembered.indices.filter { isRemembered[$0] }
    guard !kept.isEmpty else { return fed }
    let atoms = table.state(
      recurrence: state.recurrence.restricted(to: kept), fed: kept.map { fed[$0] },
      initial: kept.map { state.initial[$0] }, origin: origin)
    var values = fed
    for (atom, coordinate) in zip(atoms, kept) where !state.recurrence.row(coordinate).isEmpty {
      values[coordinate] = AffineForm(atom: atom)
    }
    return values
  }
}

// MARK: - What is needed

extension ProgramForms {
  /// The events that the outputs depend on, in an order in which each comes after what it reads.
  /// LinStates lose the coordinates that nobody asks for.
  func liveEvents() -> [Event] {
    var isNeeded = [Bool](repeating: false, count: table.ranges.count)
    func need(_ forms: [AffineForm]) {
      for form in forms { for term in form.terms { isNeeded[term.atom] = true } }
    }
    need(outputs)
    var live: [Event] = []
    for event in table.events.reversed() {
      guard let reduced = event.reduced(to: { isNeeded[$0] }) else { continue }
      need(reduced.arguments)
      live.append(reduced)
    }
    return live.reversed()
  }
}

extension Event {
  /// The event without the coordinates that are not needed; nil if none is.
  fileprivate func reduced(to isNeeded: (Atom) -> Bool) -> Event? {
    guard kind == .linState else { return isNeeded(atoms[0]) ? self : nil }
    var isKept = atoms.map(isNeeded)
    var pending = isKept.indices.filter { isKept[$0] }
    while let coordinate = pending.popLast() {
      for entry in recurrence.row(coordinate) where !isKept[entry.column] {
        isKept[entry.column] = true
        pending.append(entry.column)
      }
    }
    let kept = isKept.indices.filter { isKept[$0] }
    if kept.isEmpty { return nil }
    return Event(
      kind: kind, arguments: kept.map { arguments[$0] }, atoms: kept.map { atoms[$0] },
      recurrence: recurrence.restricted(to: kept), initial: kept.map { initial[$0] },
      origins: origins)
  }
}
