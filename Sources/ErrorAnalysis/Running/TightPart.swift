import ExactArithmetic

/// What the tight mode's loops run over: the plan's parts with their numbers prepared.
enum TightPart {
  /// A product of a row in which nothing is lost.
  struct Lane: BitwiseCopyable {
    let weight: Double
    let register: Int
  }

  struct Term: BitwiseCopyable {
    let weight: Double
    let register: Int

    /// The weight's own deviation, and the exact weight.
    let deviation: Deviation
    let factor: Factor

    /// Products of at least this size are exact; infinite if they need not be.
    let exactFrom: Double
  }

  struct Row: BitwiseCopyable {
    let offset: Double
    let deviation: Deviation
    let end: Int
    let grid: RowGrid
  }

  /// How the deviation of a row's result moves to an atom.
  struct Gather: BitwiseCopyable {
    let row: Int
    let atom: Int
    let old: Places
    let form: Int
  }

  /// Rows, and which of them make atoms.
  struct Affine: BitwiseCopyable {
    let rows: Places
    let firstTerm: Int
    let target: Int
    let isUpdate: Bool
    let gathers: Places
  }

  struct Rectifier: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable { case passing, constant, atom }
    let kind: Kind
    let source: Int
    var atom = 0
    var group = 0
    var alpha = Factor(0)

    init(_ relu: TightPlan.Relu, _ source: Int) {
      self.source = source
      switch relu {
      case .passing: kind = .passing
      case .constant: kind = .constant
      case .atom(let atom, let group, let alpha):
        kind = .atom
        self.atom = atom
        self.group = group
        self.alpha = Factor(alpha)
      }
    }
  }

  struct Multiplier: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable { case atom, constantLeft, constantRight }
    let kind: Kind
    let left: Int
    let right: Int
    var atom = 0
    var leftForm = 0
    var rightForm = 0
    var constant = Factor(0)

    init(_ product: TightPlan.Product, _ left: Int, _ right: Int) {
      self.left = left
      self.right = right
      switch product {
      case .atom(let atom, let leftForm, let rightForm):
        kind = .atom
        self.atom = atom
        self.leftForm = leftForm
        self.rightForm = rightForm
      case .scaled(let factor, let isLeft):
        kind = isLeft ? .constantLeft : .constantRight
        constant = Factor(factor)
      }
    }
  }
}

/// The parts of a tape's tight mode, laid end to end.
struct TightParts<Model: RoundingModel> {
  enum Step: BitwiseCopyable {
    case affine(TightPart.Affine)
    case gap(group: Int, form: Int, source: Int)
    case relu(Places, target: Int)
    case multiply(Places, target: Int)
  }

  private(set) var steps: [Step] = []
  private(set) var rows: [TightPart.Row] = []
  private(set) var terms: [TightPart.Term] = []
  private(set) var gathers: [TightPart.Gather] = []
  private(set) var olds: [FormErrors.Single] = []
  private(set) var rectifiers: [TightPart.Rectifier] = []
  private(set) var multipliers: [TightPart.Multiplier] = []

  init(_ plan: TightPlan) {
    for step in plan.steps {
      switch step {
      case .gap(let group, let form, let source):
        steps.append(.gap(group: group, form: form, source: source))
      case .affine(let list, let places, let target, let isUpdate):
        append(list, places, target, isUpdate)
      case .relu(let kinds, let sources, let target):
        let first = rectifiers.count
        rectifiers += zip(kinds, sources).map(TightPart.Rectifier.init)
        steps.append(.relu(Places(first..<rectifiers.count), target: target))
      case .multiply(let kinds, let left, let right, let target):
        let first = multipliers.count
        multipliers += kinds.indices.map { TightPart.Multiplier(kinds[$0], left[$0], right[$0]) }
        steps.append(.multiply(Places(first..<multipliers.count), target: target))
      }
    }
  }

  private mutating func append(
    _ list: [FlatTape.Row], _ places: [TightPlan.Place], _ target: Int, _ isUpdate: Bool
  ) {
    let (firstRow, firstTerm, firstGather) = (rows.count, terms.count, gathers.count)
    for row in list {
      let added = row.terms.map(TightParts.term)
      terms += added
      let (offset, deviation) = TightParts.rounded(row.offset)
      let areExact = deviation.isZero && added.allSatisfy(\.deviation.isZero)
      rows.append(
        TightPart.Row(
          offset: offset, deviation: deviation, end: terms.count,
          grid: RowGrid(
            weights: added.map(\.weight), offset: offset, areExact: areExact,
            Model.Number.format)))
    }
    for (row, place) in places.enumerated() {
      guard case .atom(let atom, let old, let form) = place else { continue }
      let first = olds.count
      olds += old.map { FormErrors.Single($0) }
      gathers.append(
        TightPart.Gather(row: row, atom: atom, old: Places(first..<olds.count), form: form))
    }
    steps.append(
      .affine(
        TightPart.Affine(
          rows: Places(firstRow..<rows.count), firstTerm: firstTerm, target: target,
          isUpdate: isUpdate,
          gathers: Places(firstGather..<gathers.count))))
  }

  static func rounded(_ exact: Rational) -> (value: Double, deviation: Deviation) {
    let value = Model.Number(nearest: exact).double
    return (value, Model.deviation(of: value, from: exact))
  }

  static func term(_ term: FlatTape.Term) -> TightPart.Term {
    let (weight, deviation) = rounded(term.weight)
    let isWhole = weight.isPowerOfTwo && weight.magnitude >= 1
    return TightPart.Term(
      weight: weight, register: term.register, deviation: deviation,
      factor: Factor(term.weight),
      exactFrom: isWhole
        ? 0 : weight.isPowerOfTwo ? 2 * Model.underflowThreshold : .infinity)
  }
}
