import Evaluation
import ExactArithmetic

/// The running bound in its tight mode.
///
/// Every number is an exact affine form of atoms, evaluated at the atoms' floats, plus a local
/// deviation: what the rows in between have lost. So
///
///     x̂ − x = Σ c (deviation of the atom) + local deviation
///
/// where the first part is bounded by `FormErrors`, and the second follows each row: its weights'
/// representation errors, and the exact errors of its products and sums. `Mark`s tell where there
/// is nothing to follow.
final class TightBound<Model: RoundingModel>: BoundEngine {
  private let steps: Block<TightParts<Model>.Step>
  let rows: Block<TightPart.Row>
  let terms: Block<TightPart.Term>

  /// By term: what a row needs in which nothing is lost.
  let lanes: Block<TightPart.Lane>
  let gathers: Block<TightPart.Gather>
  let olds: Block<FormErrors.Single>
  let rectifiers: Block<TightPart.Rectifier>
  let multipliers: Block<TightPart.Multiplier>
  let forms: FormErrors

  let values: Block<Double>
  let locals: Block<Deviation>
  let marks: Block<UInt64>
  private let atomDeviations: Block<Deviation>
  private let reactions: Block<Deviation>
  private let phases: Block<UInt8>
  private let gaps: Block<Deviation>
  let atoms: AtomDeviations

  /// A state is computed here, beside the old one, then copied over it.
  let scratch: Int

  private let inputs: [(register: Int, atom: Int)]
  private let outputs: [(register: Int, form: Int)]
  private let states: [(register: Int, atom: Int?, value: Double, deviation: Deviation)]
  private let carried: [(register: Int, atom: Int, form: Int)]

  init(_ tape: FlatTape) throws(EngineError) {
    let plan = try TightPlan(tape)
    let parts = TightParts<Model>(plan)
    steps = Block(parts.steps, or: .gap(group: 0, form: 0, source: 0))
    let grid = RowGrid(weights: [], offset: 0, areExact: false, Model.Number.format)
    rows = Block(parts.rows, or: TightPart.Row(offset: 0, deviation: .zero, end: 0, grid: grid))
    let filler = TightParts<Model>.term(FlatTape.Term(weight: 0, register: 0))
    terms = Block(parts.terms, or: filler)
    lanes = Block(
      parts.terms.map { TightPart.Lane(weight: $0.weight, register: $0.register) },
      or: TightPart.Lane(weight: 0, register: 0))
    gathers = Block(parts.gathers, or: TightPart.Gather(row: 0, atom: 0, old: .none, form: 0))
    olds = Block(parts.olds, or: FormErrors.Single(AtomForm.Term(atom: 0, coefficient: 0)))
    rectifiers = Block(parts.rectifiers, or: TightPart.Rectifier(.passing, 0))
    multipliers = Block(
      parts.multipliers, or: TightPart.Multiplier(.scaled(by: 0, constantIsLeft: true), 0, 0))
    forms = FormErrors(plan.forms) { plan.directions[$0] }

    let room = tape.registerCount + (tape.states.map(\.initial.count).max() ?? 0)
    values = Block(repeating: 0, count: room)
    locals = Block(repeating: .zero, count: room)
    marks = Block(repeating: 0, count: room)
    atomDeviations = Block(repeating: .zero, count: plan.atomCount)
    reactions = Block(repeating: .zero, count: plan.atomCount)
    phases = Block(repeating: 0, count: plan.atomCount)
    gaps = Block(repeating: .zero, count: plan.groupCount)
    atoms = AtomDeviations(
      all: atomDeviations.start, local: reactions.start, phases: phases.start, gaps: gaps.start)
    scratch = tape.registerCount
    carried = plan.carried

    inputs = zip(tape.inputs, plan.inputAtoms).map { ($0, $1) }
    outputs = zip(tape.outputs, plan.outputs).map { ($0, $1) }
    states = zip(tape.states, plan.stateAtoms).flatMap { state, atoms in
      zip(state.initial, atoms).enumerated().map { index, pair in
        let (value, deviation) = TightParts<Model>.rounded(pair.0)
        return (state.target + index, pair.1, value, deviation)
      }
    }
  }

  func reset() {
    for block in [locals, atomDeviations] {
      block.start.update(repeating: .zero, count: block.count)
    }
    marks.start.update(repeating: 0, count: marks.count)
    for state in states {
      values.start[state.register] = state.value
      marks.start[state.register] = Mark.of(state.value)
      guard let atom = state.atom else { continue }
      set(atom, to: state.deviation, of: state.register)
    }
  }

  /// The whole deviation of a register whose form is this atom.
  @inline(__always)
  func set(_ atom: Int, to deviation: Deviation, of register: Int) {
    atoms.all[atom] = deviation
    locals.start[register] = .zero
    marks.start[register] =
      Mark.of(values.start[register]) | (deviation.isZero ? 0 : Mark.uncertain)
  }

  func step(_ tokens: RoundedTokens, at index: Int, into outputs: inout [BoundedValue]) {
    for (place, input) in inputs.enumerated() {
      values.start[input.register] = tokens.values[index + place]
      set(input.atom, to: tokens.deviations[index + place], of: input.register)
    }
    for place in 0..<steps.count {
      switch steps.start[place] {
      case .affine(let affine): run(affine)
      case .gap(let group, let form, let source):
        atoms.gaps[group] = deviation(ofForm: form, at: source)
      case .relu(let range, let target): relu(range, target)
      case .multiply(let range, let target): multiply(range, target)
      }
    }
    for output in self.outputs {
      let deviation =
        deviation(ofForm: output.form, at: output.register) + locals.start[output.register]
      outputs.append(
        BoundedValue(value: values.start[output.register], bound: deviation.bound))
    }
    if !carried.isEmpty { carry() }
  }

  /// The deviation of a form from its atoms', which are those of the register's form.
  @inline(__always)
  func deviation(ofForm form: Int, at register: Int) -> Deviation {
    marks.start[register] & Mark.uncertain == 0 ? .zero : forms.deviation(form, atoms)
  }

  /// What states are now is what the next token finds. All deviations are computed before the first
  /// is written, as they depend on what the states were.
  private func carry() {
    for state in carried {
      locals.start[state.register] =
        deviation(ofForm: state.form, at: state.register) + locals.start[state.register]
    }
    for state in carried {
      set(state.atom, to: locals.start[state.register], of: state.register)
    }
  }
}
