import ExactArithmetic

/// An atom of a program: an input coordinate, or one coordinate of what a ReLU, Multi or LinState
/// computes. Everything else in a program is affine in these.
typealias Atom = Int

/// c + Σ kᵢ · atomᵢ.
///
/// Invariant: atoms ascend strictly and no coefficient is zero, so equal functions of the atoms are
/// equal values.
struct AffineForm: Hashable, Sendable {
  struct Term: Hashable, Sendable {
    var atom: Atom
    var coefficient: Rational
  }

  var constant: Rational
  var terms: [Term]

  init(constant: Rational, terms: [Term] = []) {
    self.constant = constant
    self.terms = terms
  }

  init(atom: Atom) { self.init(constant: 0, terms: [Term(atom: atom, coefficient: 1)]) }

  static let zero = AffineForm(constant: 0)

  var isConstant: Bool { terms.isEmpty }

  /// The atom that this form is, if it is nothing but one.
  var soleAtom: Atom? {
    terms.count == 1 && constant == 0 && terms[0].coefficient == 1 ? terms[0].atom : nil
  }

  func scaled(by factor: Rational) -> AffineForm {
    guard factor != 1 else { return self }
    guard factor != 0 else { return .zero }
    return AffineForm(
      constant: constant * factor,
      terms: terms.map { Term(atom: $0.atom, coefficient: $0.coefficient * factor) })
  }

  /// The form as scale · primitive, where the primitive's numbers are integers without a common
  /// divisor and the scale is positive. Forms that differ by a positive factor have the same
  /// primitive, and σ(c f) = c σ(f) for c > 0: so they share one ReLU.
  ///
  /// Precondition: the form is not zero.
  var primitive: (scale: Rational, form: AffineForm) {
    var numbers = terms.map(\.coefficient)
    if constant != 0 { numbers.append(constant) }
    let content = Rational.content(of: numbers)
    return content == 1 ? (1, self) : (content, scaled(by: content.reciprocal))
  }
}

/// Adds up forms with a factor each. One accumulator serves many sums: it keeps a slot per atom.
struct FormAccumulator {
  private var sums: [Rational] = []
  private var touched: [Atom] = []
  private var isTouched: [Bool] = []
  private var constant: Rational = 0

  mutating func add(_ form: AffineForm, times factor: Rational) {
    constant += form.constant * factor
    for term in form.terms {
      while sums.count <= term.atom {
        sums.append(0)
        isTouched.append(false)
      }
      if !isTouched[term.atom] {
        isTouched[term.atom] = true
        touched.append(term.atom)
      }
      sums[term.atom] += term.coefficient * factor
    }
  }

  mutating func add(_ value: Rational) { constant += value }

  /// The sum so far; starts over at zero.
  mutating func take() -> AffineForm {
    touched.sort()
    var terms: [AffineForm.Term] = []
    terms.reserveCapacity(touched.count)
    for atom in touched {
      if sums[atom] != 0 { terms.append(.init(atom: atom, coefficient: sums[atom])) }
      sums[atom] = 0
      isTouched[atom] = false
    }
    defer {
      touched.removeAll(keepingCapacity: true)
      constant = 0
    }
    return AffineForm(constant: constant, terms: terms)
  }
}
