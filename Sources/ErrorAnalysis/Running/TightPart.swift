import ExactArithmetic

/// What the tight mode's loops run over: the plan's parts with their numbers prepared.
enum TightPart {
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
  }

  /// How a row's deviation moves to an atom.
  struct Gather {
    let atom: Int
    let old: [(atom: Int, factor: Factor)]
    let form: Int

    init?(_ place: TightPlan.Place) {
      guard case .atom(let atom, let old, let form) = place else { return nil }
      self.atom = atom
      self.old = old.map { ($0.atom, Factor($0.coefficient)) }
      self.form = form
    }
  }

  /// Rows, and which of them make atoms.
  struct Affine {
    let rows: Range<Int>
    let firstTerm: Int
    let target: Int
    let isUpdate: Bool
    let gathers: [Gather?]
    let hasAtoms: Bool
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
