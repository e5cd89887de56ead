import ExactArithmetic

/// What a form is a sum of.
enum Atom: Hashable, Sendable {
  case one

  /// A coordinate of the token.
  case input(Int)

  /// What a coordinate of the source, or of the target, was one step before.
  case source(Certificate.Coordinate)
  case target(Certificate.Coordinate)

  /// Max(0, form).
  case relu(Form)

  case product(Form, Form)
}

/// The atoms of one symbolic step, each once, numbered as they were made, with bounds.
///
/// An atom is made of earlier ones, so whatever is said of an atom is said once, when it is made.
/// `proofs/checker/Forms.v` has the same step and the proof that it means what it should.
struct AtomTable {
  /// The number of `.one`.
  static let one = 0

  /// Products of more pairs of terms than this are not multiplied out, or not wholly.
  static let largestExpansion = 1024

  private(set) var atoms: [Atom] = []

  /// By atom; nil: nothing is known.
  private(set) var lower: [Rational?] = []
  private(set) var upper: [Rational?] = []

  /// By atom: the two atoms that it is the product of, if it is one.
  private(set) var factors: [(left: Int, right: Int)?] = []

  /// By atom: whether it is a factor of some such product.
  private(set) var isFactor: [Bool] = []

  /// Expanded products of two forms that are not negative, by their last atom.
  var knownProducts: [Int: [Form]] = [:]

  /// By atom: whether it occurs in a known product.
  var isInKnownProduct: [Bool] = []

  /// What is known of values that their forms do not show.
  var knownRanges = KnownRanges()

  /// Which ReLUs are parallel.
  var pieces = Pieces()

  private var relus: [Form: Int] = [:]
  private var atomProducts: [AtomPair: Int] = [:]
  private var products: [FormPair: Int] = [:]

  var expenses: Expenses
  private var sum = FormSum()

  private struct AtomPair: Hashable {
    let left: Int
    let right: Int
  }

  private struct FormPair: Hashable {
    let left: Form
    let right: Form
  }

  init(within limits: CheckLimits) throws(MetLimit) {
    expenses = Expenses(within: limits)
    _ = try append(.one, Bounds(lower: 1, upper: 1))
  }

  /// What is known of an atom or a form.
  struct Bounds {
    var lower: Rational?
    var upper: Rational?
  }

  private mutating func append(
    _ atom: Atom, _ bounds: Bounds, factors pair: (left: Int, right: Int)? = nil
  ) throws(MetLimit) -> Int {
    try expenses.require(bounds.lower)
    try expenses.require(bounds.upper)
    atoms.append(atom)
    lower.append(bounds.lower)
    upper.append(bounds.upper)
    factors.append(pair)
    isFactor.append(false)
    isInKnownProduct.append(false)
    if let pair {
      isFactor[pair.left] = true
      isFactor[pair.right] = true
    }
    return atoms.count - 1
  }

  /// A new atom for a value that nothing is known of but what is claimed. The caller asks once for
  /// each.
  mutating func variable(_ atom: Atom, within claim: Interval) throws(MetLimit) -> Form {
    try expenses.store(1)
    return Form(atom: try append(atom, Bounds(lower: claim.lower, upper: claim.upper)))
  }
}

// MARK: - Sums

extension AtomTable {
  /// Σ entry · value + constant.
  mutating func affine(
    _ row: ArraySlice<Matrix.Entry>, of values: [Form], plus constant: Rational
  ) throws(MetLimit) -> Form {
    try affine([(row, values)], plus: constant)
  }

  /// The same, over several rows.
  mutating func affine(
    _ rows: [(entries: ArraySlice<Matrix.Entry>, values: [Form])], plus constant: Rational
  ) throws(MetLimit) -> Form {
    let entryCount = rows.reduce(0) { $0 + $1.entries.count }
    try expenses.work(1 + entryCount)
    if entryCount == 0 { return Form(constant: constant) }
    if entryCount == 1, constant == 0,
      let row = rows.first(where: { !$0.entries.isEmpty }), let entry = row.entries.first
    {
      let value = row.values[entry.column]
      if entry.value == 1 { return value }
      let scaled = value.scaled(by: entry.value)
      try expenses.store(scaled)
      return scaled
    }
    for row in rows {
      for entry in row.entries {
        let value = row.values[entry.column]
        try expenses.work(value.count)
        sum.add(value, times: entry.value)
      }
    }
    if constant != 0 { sum.add(constant, to: AtomTable.one) }
    let form = try taken()
    try keep(affine: form, rows, plus: constant)
    return form
  }

  private mutating func taken() throws(MetLimit) -> Form {
    let form = sum.take()
    try expenses.store(form)
    return form
  }
}

// MARK: - ReLU

extension AtomTable {
  /// The form itself or zero, if its sign is known; else a multiple of ReLU of a form whose leading
  /// coefficient is 1: ReLU(c f) = c ReLU(f) for c > 0, ReLU(−f) = ReLU(f) − f.
  mutating func relu(_ form: Form) throws(MetLimit) -> Form {
    try expenses.work(1 + form.count)
    if form.isZero { return form }
    let lead = form.leadingCoefficient
    let normal = form.scaled(by: lead.reciprocal)
    let size = lead.magnitude
    let atom: Int
    if let known = relus[normal] {
      atom = known
    } else {
      let least = try low(form)
      if let least, least >= 0 { return form }
      let negated = -form
      let leastNegated = try low(negated)
      if let leastNegated, leastNegated >= 0 { return Form() }
      // The form lies on both sides of zero as far as is known, so ReLU's lower bound is 0.
      let most = lead > 0 ? leastNegated.map { -$0 / size } : least.map { -$0 / size }
      try expenses.store(normal)
      atom = try append(.relu(normal), Bounds(lower: 0, upper: most.map { max(0, $0) }))
      relus[normal] = atom
      try note(relu: atom, of: normal)
    }
    let positive = Form(atom: atom, times: size)
    if lead > 0 { return positive }
    let result = form.adding(positive)
    try expenses.store(result)
    return result
  }
}

// MARK: - Products

extension AtomTable {
  /// Expanded into products of two atoms, unless there are too many.
  mutating func product(_ left: Form, _ right: Form) throws(MetLimit) -> Form {
    if let factor = left.constant { return try scaled(right, factor) }
    if let factor = right.constant { return try scaled(left, factor) }
    let (pairs, overflow) = left.count.multipliedReportingOverflow(by: right.count)
    if !overflow, pairs <= AtomTable.largestExpansion {
      try expand(left, right)
    } else if let parts = split(left, right) {
      try expand(parts.left.moving, right)
      try expand(parts.left.rest, parts.right.moving)
      sum.add(try whole(parts.left.rest, parts.right.rest), times: 1)
    } else {
      return try opaqueProduct(left, right)
    }
    let product = try taken()
    if product.count < 2 { return product }
    try know(left, right)
    try keep(product: product, of: left, right)
    return product
  }

  /// Adds the products of all pairs of terms to the sum.
  private mutating func expand(_ left: Form, _ right: Form) throws(MetLimit) {
    try expenses.work(left.count * right.count)
    for one in left.terms {
      for other in right.terms {
        let coefficient = one.coefficient * other.coefficient
        if one.atom == AtomTable.one {
          sum.add(coefficient, to: other.atom)
        } else if other.atom == AtomTable.one {
          sum.add(coefficient, to: one.atom)
        } else {
          sum.add(coefficient, to: try atomProduct(one.atom, other.atom))
        }
      }
    }
  }

  /// What is not multiplied out: an atom, unless one side is a number.
  private mutating func whole(_ left: Form, _ right: Form) throws(MetLimit) -> Form {
    if let factor = left.constant { return try scaled(right, factor) }
    if let factor = right.constant { return try scaled(left, factor) }
    return try opaqueProduct(left, right)
  }

  /// Of the factors of a large product, the multiples of ReLUs and of what the target remembers,
  /// which are multiplied out, and the rests, whose product is one atom: so sums in which they cancel
  /// are equal forms. Nil if that is too many pairs.
  private func split(
    _ left: Form, _ right: Form
  ) -> (left: (moving: Form, rest: Form), right: (moving: Form, rest: Form))? {
    func parts(_ form: Form) -> (moving: Form, rest: Form) {
      func isMoving(_ term: Term) -> Bool {
        switch atoms[term.atom] {
        case .relu, .target: true
        case .one, .input, .source, .product: false
        }
      }
      return (
        Form(ascending: form.terms.filter(isMoving)),
        Form(ascending: form.terms.filter { !isMoving($0) })
      )
    }
    let (one, other) = (parts(left), parts(right))
    let pairs = one.moving.count * right.count + one.rest.count * other.moving.count
    return pairs <= AtomTable.largestExpansion ? (left: one, right: other) : nil
  }

  /// The product as it would be multiplied out, if all its atoms are there already.
  func knownProduct(_ left: Form, _ right: Form) -> Form? {
    var product = FormSum()
    if left.count * right.count <= AtomTable.largestExpansion {
      return addKnown(left, right, to: &product) ? product.take() : nil
    }
    guard let parts = split(left, right) else { return knownWhole(left, right) }
    guard addKnown(parts.left.moving, right, to: &product),
      addKnown(parts.left.rest, parts.right.moving, to: &product),
      let rest = knownWhole(parts.left.rest, parts.right.rest)
    else { return nil }
    product.add(rest, times: 1)
    return product.take()
  }

  private func knownWhole(_ left: Form, _ right: Form) -> Form? {
    if let factor = left.constant { return right.scaled(by: factor) }
    if let factor = right.constant { return left.scaled(by: factor) }
    let (pair, coefficient) = normal(left, right)
    return products[pair].map { Form(atom: $0, times: coefficient) }
  }

  /// False if an atom is missing.
  private func addKnown(_ left: Form, _ right: Form, to product: inout FormSum) -> Bool {
    for one in left.terms {
      for other in right.terms {
        let coefficient = one.coefficient * other.coefficient
        if one.atom == AtomTable.one {
          product.add(coefficient, to: other.atom)
        } else if other.atom == AtomTable.one {
          product.add(coefficient, to: one.atom)
        } else {
          let pair = AtomPair(
            left: min(one.atom, other.atom), right: max(one.atom, other.atom))
          guard let atom = atomProducts[pair] else { return false }
          product.add(coefficient, to: atom)
        }
      }
    }
    return true
  }

  private mutating func scaled(_ form: Form, _ factor: Rational) throws(MetLimit) -> Form {
    let scaled = form.scaled(by: factor)
    try expenses.store(scaled)
    return scaled
  }

  private mutating func atomProduct(_ one: Int, _ other: Int) throws(MetLimit) -> Int {
    let pair = AtomPair(left: min(one, other), right: max(one, other))
    if let known = atomProducts[pair] { return known }
    let (left, right) = (Form(atom: pair.left), Form(atom: pair.right))
    let bounds = try productBounds(left, right)
    try expenses.store(2)
    let atom = try append(.product(left, right), bounds, factors: (pair.left, pair.right))
    atomProducts[pair] = atom
    return atom
  }

  /// An atom for the whole product: both leading coefficients taken out, the factor with the
  /// smaller leading atom first.
  private mutating func opaqueProduct(_ one: Form, _ other: Form) throws(MetLimit) -> Form {
    let (pair, coefficient) = normal(one, other)
    try expenses.work(one.count + other.count)
    if let known = products[pair] { return Form(atom: known, times: coefficient) }
    let bounds = try productBounds(pair.left, pair.right)
    try expenses.store(pair.left)
    try expenses.store(pair.right)
    let atom = try append(.product(pair.left, pair.right), bounds)
    products[pair] = atom
    return Form(atom: atom, times: coefficient)
  }

  private func normal(_ one: Form, _ other: Form) -> (pair: FormPair, coefficient: Rational) {
    let isOrdered = one.terms[0].atom <= other.terms[0].atom
    let (first, second) = isOrdered ? (one, other) : (other, one)
    let pair = FormPair(
      left: first.scaled(by: first.leadingCoefficient.reciprocal),
      right: second.scaled(by: second.leadingCoefficient.reciprocal))
    return (pair, first.leadingCoefficient * second.leadingCoefficient)
  }

  mutating func productBounds(_ left: Form, _ right: Form) throws(MetLimit) -> Bounds {
    let bounds = try (left: self.bounds(of: left), right: self.bounds(of: right))
    var product = Bounds()
    if let a = bounds.left.lower, let b = bounds.left.upper, let c = bounds.right.lower,
      let d = bounds.right.upper
    {
      let corners = [a * c, a * d, b * c, b * d]
      product = Bounds(lower: corners.min(), upper: corners.max())
    } else if let a = bounds.left.lower, let c = bounds.right.lower, a >= 0, c >= 0 {
      product.lower = a * c
    }
    if left == right { product.lower = max(0, product.lower ?? 0) }
    return product
  }

  private mutating func bounds(of form: Form) throws(MetLimit) -> Bounds {
    let least = try low(form)
    let leastNegated = try low(-form)
    return Bounds(lower: least, upper: leastNegated.map { -$0 })
  }
}
