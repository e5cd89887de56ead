import Evaluation
import ExactArithmetic
import LSRL

/// A tape over grids: one step of all runs at once, whose tokens and states lie in given sets.
///
/// What the slots hold are exact affine forms over the step's atoms, so nothing is lost where
/// values are only added, copied and cancelled. Sums are looked at in the tape's order of operations:
/// each product, and each sum from the offset on.
struct GridMachine {
  private let tape: Tape
  private var slots: [[GridForm]]
  private var scope: GridScope
  private let rules: GridRules
  private var needs = ExactnessNeeds()
  private let looksAtSums: Bool
  private let limits: ExactnessLimits
  private var work = 0
  private var step = 0

  /// By state of the tape: the sets of its coordinates before the next step.
  private(set) var states: [[GridValue]]

  /// `looksAtSums`: whether needs are wanted; without, only values are followed.
  init(
    _ tape: Tape, lookingAtSums looksAtSums: Bool, limits: ExactnessLimits, rules: GridRules
  ) {
    self.tape = tape
    self.rules = rules
    scope = GridScope(rules)
    self.looksAtSums = looksAtSums
    self.limits = limits
    slots = Array(repeating: [], count: tape.slotSizes.count)
    states = tape.states.map { $0.initial.map { GridValue($0) } }
  }

  /// What all steps so far need, and before the first what weights and initial states need.
  var needsSoFar: ExactnessNeeds { needs }

  mutating func forgetNeeds() { needs = ExactnessNeeds() }

  mutating func set(_ states: [[GridValue]]) { self.states = states }

  /// One step. The states move on; the outputs are returned as forms, to be read by `scope`.
  mutating func run(
    step: Int, inputs: [GridValue]
  ) throws(ExactnessLimit) -> (outputs: [GridForm], scope: GridScope) {
    self.step = step
    work += scope.work
    scope = GridScope(rules)
    slots[tape.inputSlot] = inputs.map { scope.atom($0) }
    for (coordinate, value) in inputs.enumerated() {
      note(value, nil, .input(coordinate: coordinate))
    }
    for (state, values) in zip(tape.states, states) {
      slots[state.slot] = values.map { scope.atom($0) }
    }
    for (position, instruction) in tape.instructions.enumerated() {
      let result = value(of: instruction, at: position)
      for form in result { try admit(form) }
      slots[instruction.slot] = result
    }
    for (index, state) in tape.states.enumerated() {
      states[index] = slots[state.slot].map { scope.value(of: $0) }
    }
    return (read(tape.output), scope)
  }

  private func read(_ source: Tape.Source) -> [GridForm] {
    source.pieces.flatMap { slots[$0.slot][$0.range] }
  }

  private mutating func note(
    _ numbers: GridValue, _ instruction: Int?, _ part: ExactnessPlace.Part
  ) {
    needs.note(
      numbers, at: ExactnessPlace(step: step, instruction: instruction, part: part))
  }

  private func admit(_ form: GridForm) throws(ExactnessLimit) {
    // An atom has the coefficient 1, however large its values are.
    let bits = form.terms.reduce(form.largestBitCount) {
      max($0, scope.values[$1.atom].bitCount)
    }
    guard bits <= limits.bits else { throw .tooManyBits(limit: limits.bits) }
    guard work + scope.work <= limits.work else { throw .tooMuchWork(limit: limits.work) }
  }
}

// MARK: - Instructions

extension GridMachine {
  private mutating func value(
    of instruction: Tape.Instruction, at position: Int
  ) -> [GridForm] {
    switch instruction {
    case .affine(let map, let source, _):
      let vector = read(source)
      return (0..<map.outputDimension).map { row in
        var sum = RowSum(row: row, instruction: position, offset: map.offset[row])
        add(map.matrix, to: &sum, vector, isLast: true)
        return sum.form
      }
    case .relu(let source, _): return read(source).map { scope.relu($0) }
    case .multiply(let left, let right, _):
      return zip(read(left), read(right)).enumerated().map { coordinate, factors in
        let product = scope.product(factors.0, factors.1)
        look(at: product, position, .factor(coordinate: coordinate))
        return product
      }
    case .update(let state, let source, let slot):
      return updated(state, old: slots[slot], reading: read(source), position)
    case .keep(let source, _): return read(source)
    case .constant(let constants, _): return constants.map { GridForm($0.number) }
    }
  }

  /// s ← A s + B x + b. A coordinate that remembers nothing stays a form; others become atoms, so
  /// that forms do not grow.
  private mutating func updated(
    _ state: LinState, old: [GridForm], reading vector: [GridForm], _ position: Int
  ) -> [GridForm] {
    (0..<state.dimension).map { row in
      var sum = RowSum(row: row, instruction: position, offset: state.input.offset[row])
      let readsInput = !state.input.matrix.row(row).isEmpty
      add(state.recurrence, to: &sum, old, isLast: !readsInput)
      sum.firstColumn = state.dimension
      add(state.input.matrix, to: &sum, vector, isLast: true)
      if state.recurrence.row(row).isEmpty { return sum.form }
      return scope.atom(scope.value(of: sum.form))
    }
  }

  /// A row's sum under way.
  private struct RowSum {
    let row: Int
    let instruction: Int
    var form: GridForm

    /// The number of the matrix's first column.
    var firstColumn = 0

    init(row: Int, instruction: Int, offset: Rational) {
      self.row = row
      self.instruction = instruction
      form = GridForm(offset)
    }
  }

  /// `isLast`: nothing is added behind this matrix's row.
  private mutating func add(
    _ matrix: Matrix, to sum: inout RowSum, _ vector: [GridForm], isLast: Bool
  ) {
    let entries = rules.columns(matrix.row(sum.row))
    for (position, entry) in entries.enumerated() {
      let column = sum.firstColumn + entry.column
      let operand = vector[entry.column]
      if entry.value.magnitude != 1 {
        look(
          at: operand.scaled(by: entry.value), sum.instruction,
          .product(row: sum.row, column: column))
      }
      sum.form.add(operand, times: entry.value)
      look(
        at: sum.form, sum.instruction, .sum(row: sum.row, column: column),
        isLast: isLast && position == entries.count - 1)
    }
  }

  private mutating func look(
    at form: GridForm, _ instruction: Int, _ part: ExactnessPlace.Part, isLast: Bool = true
  ) {
    guard looksAtSums, rules.isRounded(part, isLast) else { return }
    note(scope.value(of: form), instruction, part)
  }

  /// Weights, offsets and initial states: they are rounded whether or not they matter.
  mutating func lookAtWeights() {
    for state in tape.states {
      for (coordinate, value) in state.initial.enumerated() {
        needs.note(
          GridValue(value),
          at: .init(
            step: nil, instruction: nil,
            part: .initialState(slot: state.slot, coordinate: coordinate)))
      }
    }
    for (position, instruction) in tape.instructions.enumerated() {
      switch instruction {
      case .affine(let map, _, _): look(at: map, position, firstColumn: 0)
      case .update(let state, _, _):
        look(at: AffineMap(state.recurrence), position, firstColumn: 0)
        look(at: state.input, position, firstColumn: state.dimension)
      case .constant(let constants, _):
        for (row, constant) in constants.enumerated() {
          needs.note(
            GridValue(constant.number),
            at: .init(step: nil, instruction: position, part: .offset(row: row)))
        }
      case .relu, .multiply, .keep: break
      }
    }
  }

  private mutating func look(at map: AffineMap, _ position: Int, firstColumn: Int) {
    func place(_ part: ExactnessPlace.Part) -> ExactnessPlace {
      ExactnessPlace(step: nil, instruction: position, part: part)
    }
    for (row, entries) in map.matrix.rows.enumerated() {
      needs.note(GridValue(map.offset[row]), at: place(.offset(row: row)))
      for entry in entries {
        needs.note(
          GridValue(entry.value),
          at: place(.weight(row: row, column: firstColumn + entry.column)))
      }
    }
  }
}
