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
/// representation errors, and the exact errors of its products and sums.
final class TightBound<Model: RoundingModel>: BoundEngine {
  private enum Step {
    case affine(TightPart.Affine)
    case gap(group: Int, form: Int)
    case relu(Range<Int>, target: Int)
    case multiply(Range<Int>, target: Int)
  }

  private let steps: [Step]
  private let rows: Block<TightPart.Row>
  private let terms: Block<TightPart.Term>
  private let rectifiers: Block<TightPart.Rectifier>
  private let multipliers: Block<TightPart.Multiplier>
  private let forms: [FormErrors]

  private let values: Block<Double>
  private let locals: Block<Deviation>
  private let atomDeviations: Block<Deviation>
  private let reactions: Block<Deviation>
  private let phases: Block<UInt8>
  private let gaps: Block<Deviation>
  private let atoms: AtomDeviations

  private let inputs: [(register: Int, atom: Int)]
  private let outputs: [(register: Int, form: Int)]
  private let states: [(register: Int, atom: Int?, value: Double, deviation: Deviation)]

  init(_ tape: FlatTape) throws(EngineError) {
    let plan = try TightPlan(tape)
    var steps: [Step] = []
    var rows: [TightPart.Row] = []
    var terms: [TightPart.Term] = []
    var rectifiers: [TightPart.Rectifier] = []
    var multipliers: [TightPart.Multiplier] = []
    for step in plan.steps {
      switch step {
      case .gap(let group, let form): steps.append(.gap(group: group, form: form))
      case .affine(let list, let places, let target, let isUpdate):
        let firstTerm = terms.count
        for row in list {
          terms += row.terms.map(TightBound.term)
          let (offset, deviation) = TightBound.rounded(row.offset)
          rows.append(TightPart.Row(offset: offset, deviation: deviation, end: terms.count))
        }
        let gathers = places.map(TightPart.Gather.init)
        steps.append(
          .affine(
            TightPart.Affine(
              rows: rows.count - list.count..<rows.count, firstTerm: firstTerm, target: target,
              isUpdate: isUpdate, gathers: gathers,
              hasAtoms: gathers.contains { $0 != nil })))
      case .relu(let kinds, let sources, let target):
        let first = rectifiers.count
        rectifiers += zip(kinds, sources).map(TightPart.Rectifier.init)
        steps.append(.relu(first..<rectifiers.count, target: target))
      case .multiply(let kinds, let left, let right, let target):
        let first = multipliers.count
        multipliers += kinds.indices.map { TightPart.Multiplier(kinds[$0], left[$0], right[$0]) }
        steps.append(.multiply(first..<multipliers.count, target: target))
      }
    }
    self.steps = steps
    self.rows = Block(rows, or: TightPart.Row(offset: 0, deviation: .zero, end: 0))
    self.terms = Block(
      terms, or: TightBound.term(FlatTape.Term(weight: 0, register: 0)))
    self.rectifiers = Block(rectifiers, or: TightPart.Rectifier(.passing, 0))
    self.multipliers = Block(
      multipliers, or: TightPart.Multiplier(.scaled(by: 0, constantIsLeft: true), 0, 0))
    forms = plan.forms.map { FormErrors($0) { plan.directions[$0] } }

    let room = tape.registerCount + (tape.states.map(\.initial.count).max() ?? 0)
    values = Block(repeating: 0, count: room)
    locals = Block(repeating: .zero, count: room)
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
        let (value, deviation) = TightBound.rounded(pair.0)
        return (state.target + index, pair.1, value, deviation)
      }
    }
  }

  private let scratch: Int
  private let carried: [(register: Int, atom: Int, form: Int)]

  private static func rounded(_ exact: Rational) -> (value: Double, deviation: Deviation) {
    let value = Model.Number(nearest: exact).double
    return (value, Model.deviation(of: value, from: exact))
  }

  private static func term(_ term: FlatTape.Term) -> TightPart.Term {
    let (weight, deviation) = rounded(term.weight)
    let isWhole = weight.isPowerOfTwo && weight.magnitude >= 1
    return TightPart.Term(
      weight: weight, register: term.register, deviation: deviation,
      factor: Factor(term.weight),
      exactFrom: isWhole
        ? 0 : weight.isPowerOfTwo ? 2 * Model.underflowThreshold : .infinity)
  }

  func reset() {
    for block in [locals, atomDeviations] {
      block.start.update(repeating: .zero, count: block.count)
    }
    for state in states {
      values.start[state.register] = state.value
      if let atom = state.atom { atoms.all[atom] = state.deviation }
    }
  }

  func step(_ tokens: RoundedTokens, at index: Int, into outputs: inout [BoundedValue]) {
    for (place, input) in inputs.enumerated() {
      values.start[input.register] = tokens.values[index + place]
      locals.start[input.register] = .zero
      atoms.all[input.atom] = tokens.deviations[index + place]
    }
    for step in steps {
      switch step {
      case .affine(let affine): run(affine)
      case .gap(let group, let form): atoms.gaps[group] = forms[form].deviation(atoms)
      case .relu(let range, let target): relu(range, target)
      case .multiply(let range, let target): multiply(range, target)
      }
    }
    for output in self.outputs {
      let deviation = forms[output.form].deviation(atoms) + locals.start[output.register]
      outputs.append(
        BoundedValue(value: values.start[output.register], bound: deviation.bound))
    }
    if !carried.isEmpty { carry() }
  }

  /// What states are now is what the next token finds. All deviations are computed before the first
  /// is written, as they depend on what the states were.
  private func carry() {
    for state in carried {
      locals.start[state.register] =
        forms[state.form].deviation(atoms) + locals.start[state.register]
    }
    for state in carried {
      atoms.all[state.atom] = locals.start[state.register]
      locals.start[state.register] = .zero
    }
  }
}

// MARK: - Rows

extension TightBound {
  private func run(_ affine: TightPart.Affine) {
    compute(affine, affine.isUpdate ? scratch : affine.target)
    if affine.hasAtoms { gather(affine, affine.isUpdate ? scratch : affine.target) }
    guard affine.isUpdate else { return }
    let count = affine.rows.count
    (values.start + affine.target).update(from: values.start + scratch, count: count)
    (locals.start + affine.target).update(from: locals.start + scratch, count: count)
  }

  /// Moves deviations from registers to atoms. All of them are computed before the first is
  /// written: they depend on the old ones.
  private func gather(_ affine: TightPart.Affine, _ target: Int) {
    for (index, gather) in affine.gathers.enumerated() {
      guard let gather else { continue }
      var deviation = locals.start[target + index] + forms[gather.form].deviation(atoms)
      for (atom, factor) in gather.old { deviation = deviation + factor.times(atoms.all[atom]) }
      locals.start[target + index] = deviation
    }
    for (index, gather) in affine.gathers.enumerated() {
      guard let gather else { continue }
      atoms.all[gather.atom] = locals.start[target + index]
      locals.start[target + index] = .zero
    }
  }

  private func compute(_ affine: TightPart.Affine, _ target: Int) {
    let values = values.start
    let locals = locals.start
    let rows = rows.start
    let terms = terms.start
    var place = affine.firstTerm
    var target = target
    for index in affine.rows {
      let row = rows[index]
      var sum = row.offset
      var deviation = row.deviation
      while place < row.end {
        let term = terms + place
        place &+= 1
        let weight = term.pointee.weight
        let x = values[term.pointee.register]
        let local = locals[term.pointee.register]
        // Nothing times a finite weight adds nothing: the sum is never −0.
        if x == 0, local.isZero, weight.magnitude < .infinity { continue }
        if !local.isZero { deviation = deviation + term.pointee.factor.times(local) }
        if !term.pointee.deviation.isZero {
          deviation = deviation + term.pointee.deviation.scaled(by: x)
        }
        let product = Model.Number.round(weight * x)
        let next = Model.Number.round(sum + product)
        if product.magnitude < term.pointee.exactFrom {
          let lost = Model.productDeviation(weight, x, product)
          if !lost.isZero { deviation = deviation + lost }
        }
        let lost = Model.sumDeviation(sum, product, next)
        if !lost.isZero { deviation = deviation + lost }
        sum = next
      }
      values[target] = sum
      locals[target] =
        sum.magnitude < .infinity ? deviation : Model.deviation(ofNonFinite: sum)
      target &+= 1
    }
  }
}

// MARK: - ReLUs and products

extension TightBound {
  private func relu(_ range: Range<Int>, _ target: Int) {
    var target = target
    for index in range {
      let rectifier = rectifiers.start + index
      let x = values.start[rectifier.pointee.source]
      let local = locals.start[rectifier.pointee.source]
      values.start[target] = x <= 0 ? 0 : x
      switch rectifier.pointee.kind {
      case .atom:
        locals.start[target] = .zero
        relu(rectifier.pointee, x, local)
      case .constant: locals.start[target] = local.throughReLU(of: x)
      case .passing:
        // The form is ≥ 0 at the atoms' floats, too. Where x < 0 became 0, the loss lies between
        // that of x and none.
        locals.start[target] =
          x >= 0 || local.isZero || local.isUnknown
          ? local
          : Deviation(
            lower: min(0, (local.center - local.radius).nextDown),
            upper: max(0, (local.center + local.radius).nextUp))
      }
      target &+= 1
    }
  }

  @inline(__always)
  private func relu(_ rectifier: TightPart.Rectifier, _ x: Double, _ local: Deviation) {
    let atom = rectifier.atom
    let gap = atoms.gaps[rectifier.group]
    if gap.isZero && local.isZero {
      atoms.all[atom] = .zero
      atoms.local[atom] = .zero
      atoms.phases[atom] = x > 0 ? AtomDeviations.Phase.on : AtomDeviations.Phase.off
      return
    }
    let whole = rectifier.alpha.times(gap) + local
    if whole.isUnknown || local.isUnknown {
      atoms.all[atom] = .unknown
      atoms.local[atom] = .unknown
      atoms.phases[atom] = AtomDeviations.Phase.unsure
      return
    }
    atoms.all[atom] = whole.throughReLU(of: x)
    atoms.local[atom] = local.throughReLU(of: x)
    // The arguments of the form at exact and at float atoms.
    let exact = whole.exact(of: x)
    let float = local.exact(of: x)
    atoms.phases[atom] =
      min(exact.lower, float.lower) >= 0
      ? AtomDeviations.Phase.on
      : max(exact.upper, float.upper) <= 0
        ? AtomDeviations.Phase.off : AtomDeviations.Phase.unsure
  }

  private func multiply(_ range: Range<Int>, _ target: Int) {
    var target = target
    for index in range {
      let multiplier = multipliers.start + index
      let (left, right) = (multiplier.pointee.left, multiplier.pointee.right)
      let (a, b) = (values.start[left], values.start[right])
      let (localA, localB) = (locals.start[left], locals.start[right])
      let product = Model.Number.round(a * b)
      let isFinite = product.magnitude < .infinity
      let rounding =
        isFinite
        ? Model.productDeviation(a, b, product) : Model.deviation(ofNonFinite: product)
      var local = Deviation.zero
      switch multiplier.pointee.kind {
      case .atom:
        let errorA = forms[multiplier.pointee.leftForm].deviation(atoms) + localA
        let errorB = forms[multiplier.pointee.rightForm].deviation(atoms) + localB
        var error = errorB.scaled(by: a) + errorA.scaled(by: b) + rounding
        if !errorA.isZero && !errorB.isZero {
          error = error + Deviation(0, errorA.bound.upward(times: errorB.bound))
        }
        atoms.all[multiplier.pointee.atom] = isFinite ? error : rounding
      // With the constant a: âb̂ − a b̂' for the form b' of b at its atoms' floats is
      // a (b̂ − b') + b̂ (â − a), and rounding.
      case .constantLeft:
        local = multiplier.pointee.constant.times(localB) + localA.scaled(by: b) + rounding
      case .constantRight:
        local = multiplier.pointee.constant.times(localA) + localB.scaled(by: a) + rounding
      }
      values.start[target] = product
      locals.start[target] = isFinite ? local : rounding
      target &+= 1
    }
  }
}
