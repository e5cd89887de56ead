import ExactArithmetic

/// A rational multiple of an atom, named by its number in an `AtomTable`.
struct Term: Hashable, Sendable {
  let atom: Int
  let coefficient: Rational
}

/// A finite sum of multiples of atoms: what a coordinate is after one symbolic step.
///
/// Invariant: atoms ascend strictly, no coefficient is zero. Equal forms are stored identically.
struct Form: Hashable, Sendable {
  private(set) var terms: [Term]

  init() { terms = [] }

  /// The caller promises the invariant.
  init(ascending terms: [Term]) { self.terms = terms }

  init(atom: Int, times coefficient: Rational = 1) {
    terms = coefficient == 0 ? [] : [Term(atom: atom, coefficient: coefficient)]
  }

  init(constant: Rational) { self.init(atom: AtomTable.one, times: constant) }

  var isZero: Bool { terms.isEmpty }
  var count: Int { terms.count }

  /// The number that it is, if it depends on nothing.
  var constant: Rational? {
    switch terms.count {
    case 0: 0
    case 1 where terms[0].atom == AtomTable.one: terms[0].coefficient
    default: nil
    }
  }

  /// The atom that it is.
  var singleAtom: Int? {
    terms.count == 1 && terms[0].coefficient == 1 ? terms[0].atom : nil
  }

  /// The coefficient of its first atom. Precondition: not zero.
  var leadingCoefficient: Rational { terms[0].coefficient }

  func coefficient(of atom: Int) -> Rational {
    var (low, high) = (0, terms.count)
    while low < high {
      let middle = (low + high) / 2
      if terms[middle].atom < atom { low = middle + 1 } else { high = middle }
    }
    return low < terms.count && terms[low].atom == atom ? terms[low].coefficient : 0
  }

  func scaled(by factor: Rational) -> Form {
    if factor == 1 { return self }
    if factor == 0 { return Form() }
    return Form(
      ascending: terms.map { Term(atom: $0.atom, coefficient: factor * $0.coefficient) })
  }

  static prefix func - (form: Form) -> Form {
    Form(ascending: form.terms.map { Term(atom: $0.atom, coefficient: -$0.coefficient) })
  }

  static func - (left: Form, right: Form) -> Form { left.adding(right, times: -1) }

  /// self + `factor` · `other`.
  func adding(_ other: Form, times factor: Rational = 1) -> Form {
    if other.isZero || factor == 0 { return self }
    var sum: [Term] = []
    sum.reserveCapacity(count + other.count)
    var place = 0
    for term in other.terms {
      while place < count, terms[place].atom < term.atom {
        sum.append(terms[place])
        place += 1
      }
      var coefficient = factor == 1 ? term.coefficient : factor * term.coefficient
      if place < count, terms[place].atom == term.atom {
        coefficient += terms[place].coefficient
        place += 1
        if coefficient == 0 { continue }
      }
      sum.append(Term(atom: term.atom, coefficient: coefficient))
    }
    sum += terms[place...]
    return Form(ascending: sum)
  }
}

/// Adds many terms up, in any order.
struct FormSum {
  /// By atom.
  private var sums: [Rational] = []
  private var isTouched: [Bool] = []
  private var touched: [Int] = []

  mutating func add(_ coefficient: Rational, to atom: Int) {
    if atom >= sums.count {
      let room = atom + 1 - sums.count + sums.count / 2
      sums += repeatElement(0, count: room)
      isTouched += repeatElement(false, count: room)
    }
    if !isTouched[atom] {
      isTouched[atom] = true
      touched.append(atom)
    }
    sums[atom] += coefficient
  }

  mutating func add(_ form: Form, times factor: Rational) {
    for term in form.terms {
      add(factor == 1 ? term.coefficient : factor * term.coefficient, to: term.atom)
    }
  }

  /// The sum; and starts again at zero.
  mutating func take() -> Form {
    touched.sort()
    var terms: [Term] = []
    terms.reserveCapacity(touched.count)
    for atom in touched {
      if sums[atom] != 0 { terms.append(Term(atom: atom, coefficient: sums[atom])) }
      sums[atom] = 0
      isTouched[atom] = false
    }
    touched.removeAll(keepingCapacity: true)
    return Form(ascending: terms)
  }
}
