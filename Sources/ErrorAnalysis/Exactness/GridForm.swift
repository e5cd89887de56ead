import ExactArithmetic

/// c + Σ kᵢ · atomᵢ: the exact value of a coordinate at one step, in terms of what is not affine.
///
/// Invariant: atoms ascend strictly and no coefficient is zero, so equal forms are stored equally.
struct GridForm: Hashable, Sendable {
  struct Term: Hashable, Sendable {
    let atom: Int
    let coefficient: Rational
  }

  var constant: Rational
  var terms: [Term]

  init(_ constant: Rational, _ terms: [Term] = []) {
    self.constant = constant
    self.terms = terms
  }

  init(atom: Int, times coefficient: Rational = 1) {
    self.init(0, [Term(atom: atom, coefficient: coefficient)])
  }

  static let zero = GridForm(0)

  var isConstant: Bool { terms.isEmpty }

  func scaled(by factor: Rational) -> GridForm {
    if factor == 1 { return self }
    if factor == 0 { return .zero }
    return GridForm(
      constant * factor,
      terms.map { Term(atom: $0.atom, coefficient: $0.coefficient * factor) })
  }

  /// Adds `other` times `factor`. Precondition: `factor` is not zero.
  mutating func add(_ other: GridForm, times factor: Rational) {
    constant += other.constant * factor
    guard !other.terms.isEmpty else { return }
    var merged: [Term] = []
    merged.reserveCapacity(terms.count + other.terms.count)
    var (left, right) = (0, 0)
    while left < terms.count || right < other.terms.count {
      let leftAtom = left < terms.count ? terms[left].atom : .max
      let rightAtom = right < other.terms.count ? other.terms[right].atom : .max
      if leftAtom < rightAtom {
        merged.append(terms[left])
        left += 1
        continue
      }
      var coefficient = other.terms[right].coefficient * factor
      right += 1
      if leftAtom == rightAtom {
        coefficient += terms[left].coefficient
        left += 1
      }
      if coefficient != 0 { merged.append(Term(atom: rightAtom, coefficient: coefficient)) }
    }
    terms = merged
  }

  /// The most bits that one of the numbers takes.
  var largestBitCount: Int {
    terms.reduce(constant.bitCount) { max($0, $1.coefficient.bitCount) }
  }
}
