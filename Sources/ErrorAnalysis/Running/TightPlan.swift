import Evaluation
import ExactArithmetic

/// What the tight mode does for each token, found by walking the tape once with affine forms in the
/// place of numbers.
struct TightPlan {
  /// Where the deviation of a row's result is kept.
  enum Place {
    /// Beside the register: what is not explained by the form.
    case local

    /// In an atom: local error, plus A on the old atoms, plus the rest of the form.
    case atom(Int, old: [AtomForm.Term], form: Int)
  }

  enum Relu {
    /// The argument is a form that is never negative: the result is the same form.
    case passing

    /// The argument is this constant.
    case constant

    /// A new atom of argument alpha l + beta, with l the form of the group.
    case atom(Int, group: Int, alpha: Rational)
  }

  enum Product {
    case atom(Int, left: Int, right: Int)

    /// The left factor is a constant, or the right one.
    case scaled(by: Rational, constantIsLeft: Bool)
  }

  enum Step {
    case affine([FlatTape.Row], [Place], target: Int, isUpdate: Bool)
    /// `source` is a register whose form is a multiple of this one, plus a constant.
    case gap(group: Int, form: Int, source: Int)
    case relu([Relu], sources: [Int], target: Int)
    case multiply([Product], left: [Int], right: [Int], target: Int)
  }

  private(set) var steps: [Step] = []

  /// Forms whose deviations are asked for.
  private(set) var forms: [[AtomForm.Term]] = []
  private(set) var outputs: [Int] = []
  private(set) var atomCount = 0
  private(set) var groupCount = 0

  /// For ReLUs.
  private(set) var directions: [Int: (gap: Int, alpha: Rational)] = [:]

  private(set) var inputAtoms: [Int] = []

  /// By state and coordinate; nil for coordinates that nobody remembers.
  private(set) var stateAtoms: [[Int?]] = []

  /// Registers of states that are read before they are written: their atoms stand for what they
  /// were after the last token, and get the deviation of `form` when this token is done.
  private(set) var carried: [(register: Int, atom: Int, form: Int)] = []

  private var registers: [AtomForm]
  private var formIndex: [[AtomForm.Term]: Int] = [:]
  private var groupIndex: [[AtomForm.Term]: Int] = [:]
  private var nonnegative: Set<Int> = []

  /// How many terms forms have had together, and may have.
  private var size = 0
  private static let sizeLimit = 1 << 24

  /// Longer forms end in an atom of their own.
  private static let longestForm = 1 << 10

  init(_ tape: FlatTape) throws(EngineError) {
    registers = Array(repeating: .constant(0), count: tape.registerCount)
    for register in tape.inputs {
      let atom = newAtom()
      inputAtoms.append(atom)
      registers[register] = .atom(atom)
    }
    let early = tape.registersReadEarly
    var oldAtoms: [Int: Int] = [:]
    for register in early.sorted() {
      let atom = newAtom()
      oldAtoms[register] = atom
      registers[register] = .atom(atom)
    }
    var stateSteps: [Int: [Int?]] = [:]
    for step in tape.steps {
      switch step {
      case .affine(let rows, let target):
        try affine(rows, target)
      case .relu(let sources, let target): relu(sources, target)
      case .multiply(let left, let right, let target): multiply(left, right, target)
      case .update(let rows, let target) where early.contains(target):
        try affine(rows, target, isUpdate: true)
      case .update(let rows, let target): stateSteps[target] = try update(rows, target)
      }
    }
    outputs = tape.outputs.map { index(of: registers[$0].terms) }
    stateAtoms = tape.states.map { state in
      stateSteps[state.target] ?? state.initial.indices.map { oldAtoms[state.target + $0] }
    }
    carried = early.sorted().compactMap { register in
      oldAtoms[register].map { (register, $0, index(of: registers[register].terms)) }
    }
  }

  private mutating func newAtom() -> Int {
    atomCount += 1
    return atomCount - 1
  }

  private mutating func index(of form: [AtomForm.Term]) -> Int {
    if let index = formIndex[form] { return index }
    forms.append(form)
    formIndex[form] = forms.count - 1
    return forms.count - 1
  }

  /// The form of a row without its first `skipped` terms.
  private mutating func form(
    of row: FlatTape.Row, skipping skipped: Int
  ) throws(EngineError) -> AtomForm {
    let terms = row.terms.dropFirst(skipped)
    size += terms.reduce(0) { $0 + registers[$1.register].terms.count }
    guard size <= TightPlan.sizeLimit else {
      throw .tooManyNumbers(size, limit: TightPlan.sizeLimit)
    }
    return .sum(row.offset, terms.map { ($0.weight, registers[$0.register]) })
  }

  private mutating func affine(
    _ rows: [FlatTape.Row], _ target: Int, isUpdate: Bool = false
  ) throws(EngineError) {
    var forms: [AtomForm] = []
    var places: [Place] = []
    for row in rows {
      let form = try form(of: row, skipping: 0)
      if form.terms.count <= TightPlan.longestForm {
        places.append(.local)
        forms.append(form)
      } else {
        let atom = newAtom()
        places.append(.atom(atom, old: [], form: index(of: form.terms)))
        forms.append(.atom(atom))
      }
    }
    registers.replaceSubrange(target..<target + rows.count, with: forms)
    steps.append(.affine(rows, places, target: target, isUpdate: isUpdate))
  }

  /// A state that is read after its update only. Coordinates that no row remembers are affine in
  /// the current token, and keep their form; the others are atoms. Returns these.
  private mutating func update(
    _ rows: [FlatTape.Row], _ target: Int
  ) throws(EngineError) -> [Int?] {
    let remembered = Set(rows.flatMap { $0.terms.prefix($0.oldCount).map(\.register) })
    var forms: [AtomForm] = []
    for row in rows { forms.append(try form(of: row, skipping: row.oldCount)) }
    let atoms = rows.indices.map { index -> Int? in
      let isPlain =
        rows[index].oldCount == 0 && !remembered.contains(target + index)
        && forms[index].terms.count <= TightPlan.longestForm
      return isPlain ? nil : newAtom()
    }
    var places: [Place] = []
    for (index, row) in rows.enumerated() {
      guard let atom = atoms[index] else {
        places.append(.local)
        registers[target + index] = forms[index]
        continue
      }
      let old = row.terms.prefix(row.oldCount).compactMap { term in
        atoms[term.register - target].map {
          AtomForm.Term(atom: $0, coefficient: term.weight)
        }
      }
      precondition(old.count == row.oldCount, "a remembered coordinate without an atom")
      places.append(.atom(atom, old: old, form: self.index(of: forms[index].terms)))
      registers[target + index] = .atom(atom)
    }
    steps.append(.affine(rows, places, target: target, isUpdate: true))
    return atoms
  }

  private mutating func relu(_ sources: [Int], _ target: Int) {
    let arguments = sources.map { registers[$0] }
    let kinds = zip(arguments, sources).map { form, source -> Relu in
      guard let (alpha, terms) = form.direction else { return .constant }
      let isPassing =
        form.constant >= 0
        && form.terms.allSatisfy { $0.coefficient > 0 && nonnegative.contains($0.atom) }
      if isPassing { return .passing }
      let atom = newAtom()
      nonnegative.insert(atom)
      let group = group(of: terms, source)
      directions[atom] = (group, alpha)
      return .atom(atom, group: group, alpha: alpha)
    }
    for (index, (kind, argument)) in zip(kinds, arguments).enumerated() {
      switch kind {
      case .passing: registers[target + index] = argument
      case .constant: registers[target + index] = .constant(argument.constant.positivePart)
      case .atom(let atom, _, _): registers[target + index] = .atom(atom)
      }
    }
    steps.append(.relu(kinds, sources: sources, target: target))
  }

  /// The gap of a group is computed before its first ReLU: all that it depends on is known then,
  /// and stays as it is until the next token.
  private mutating func group(of terms: [AtomForm.Term], _ source: Int) -> Int {
    if let group = groupIndex[terms] { return group }
    let group = groupCount
    groupCount += 1
    groupIndex[terms] = group
    steps.append(.gap(group: group, form: index(of: terms), source: source))
    return group
  }

  private mutating func multiply(_ left: [Int], _ right: [Int], _ target: Int) {
    let factors = zip(left, right).map { (registers[$0], registers[$1]) }
    var results: [AtomForm] = []
    let kinds = factors.map { left, right -> Product in
      if left.terms.isEmpty {
        results.append(right.scaled(by: left.constant))
        return .scaled(by: left.constant, constantIsLeft: true)
      }
      if right.terms.isEmpty {
        results.append(left.scaled(by: right.constant))
        return .scaled(by: right.constant, constantIsLeft: false)
      }
      let atom = newAtom()
      results.append(.atom(atom))
      return .atom(atom, left: index(of: left.terms), right: index(of: right.terms))
    }
    registers.replaceSubrange(target..<target + kinds.count, with: results)
    steps.append(.multiply(kinds, left: left, right: right, target: target))
  }
}
