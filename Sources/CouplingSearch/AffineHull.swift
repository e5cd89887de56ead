import ExactArithmetic

/// Which of many quantities are affine functions of others, as far as samples show.
///
/// The quantities are taken in order: each is independent of those before, or an affine function
/// of the independent ones before it, which is unique. Solved modulo a prime, so a function whose
/// numbers are too long is not found.
///
/// Source: the affine invariants of a program: M. Karr, *Affine Relationships Among Variables of a
/// Program*, Acta Informatica 6, 1976. Here they are guessed from runs; nothing is proved.
package struct AffineHull {
  /// Σ coefficient · quantity + constant, over independent quantities by their number.
  package struct Combination {
    package var terms: [(quantity: Int, coefficient: Rational)]
    package var constant: Rational

    package init(terms: [(quantity: Int, coefficient: Rational)], constant: Rational) {
      self.terms = terms
      self.constant = constant
    }
  }

  /// In what way a quantity may be expressed by others.
  package enum Freedom: Hashable {
    case any

    /// Only by one other, or as a constant, or if one of the first quantities, so many, is among
    /// those that it is expressed by.
    case joint(with: Int)

    /// Only by one other, or as a constant.
    case simple
    case none
  }

  /// By quantity; nil for the independent ones.
  package private(set) var combinations: [Combination?]

  init(combinations: [Combination?]) { self.combinations = combinations }

  /// `columns`: by quantity its samples, all equally many. Functions of one quantity are found by
  /// looking them up; what is left is solved for.
  ///
  /// `freedoms`: by quantity, whether it may be expressed by others.
  package init(_ columns: [[Residue]], _ freedoms: [Freedom]) {
    combinations = []
    let count = columns.first?.count ?? 0
    var basis = Basis(sampleCount: count)
    basis.append([Residue](repeating: .one, count: count))
    var known: [[Residue]: Int] = [:]
    var quantityOfBasis: [Int?] = [nil]
    for (number, column) in columns.enumerated() {
      if let shape = Shape(column) {
        if freedoms[number] != .none, let other = known[shape.key] {
          combinations.append(twin(of: other, columns[other], column, shape))
          continue
        }
        known[shape.key] = number
      }
      if let solution = basis.solve(column) {
        let used = zip(solution, quantityOfBasis).compactMap { $0 == .zero ? nil : $1 }
        let isAdmitted =
          switch freedoms[number] {
          case .any: true
          case .joint(let count): used.isEmpty || used.contains { $0 < count }
          case .simple: used.isEmpty
          case .none: false
          }
        combinations.append(isAdmitted ? Combination(solution, quantityOfBasis) : nil)
      } else {
        basis.append(column)
        quantityOfBasis.append(number)
        combinations.append(nil)
      }
    }
  }

  /// The same of quantities with other numbers: by number here, the number there. `independent`: of
  /// those there, which are not expressed by others.
  func renumbered(_ numbers: [Int], without independent: Set<Int>) -> AffineHull {
    var hull = self
    for (number, combination) in zip(numbers, combinations) {
      hull.combinations[number] =
        independent.contains(number)
        ? nil
        : combination.map {
          Combination(
            terms: $0.terms.map { (numbers[$0.quantity], $0.coefficient) }, constant: $0.constant)
        }
    }
    return hull
  }

  /// The combination for a column that is an affine function of an earlier one alone.
  private func twin(
    of other: Int, _ column: [Residue], _ twin: [Residue], _ shape: Shape
  ) -> Combination? {
    guard let first = Shape(column) else { return nil }
    let factor = shape.scale * first.scale.reciprocal
    guard let coefficient = factor.rational,
      let constant = (shape.origin - factor * first.origin).rational
    else { return nil }
    guard let base = combinations[other] else {
      return Combination(terms: [(other, coefficient)], constant: constant)
    }
    return Combination(
      terms: base.terms.map { ($0.quantity, coefficient * $0.coefficient) },
      constant: coefficient * base.constant + constant)
  }
}

extension AffineHull.Combination {
  /// Nil if a number is too long to be told from its residue: then the quantity counts as
  /// independent, although others must not be expressed by it.
  fileprivate init?(_ solution: [Residue], _ quantities: [Int?]) {
    terms = []
    constant = 0
    for (coefficient, quantity) in zip(solution, quantities) where coefficient != .zero {
      guard let value = coefficient.rational else { return nil }
      if let quantity {
        terms.append((quantity, value))
      } else {
        constant = value
      }
    }
  }
}

/// A column up to an affine function: shifted to begin with 0, scaled so that the first number
/// that is not 0 is 1.
private struct Shape {
  let key: [Residue]
  let origin: Residue
  let scale: Residue

  /// Nil for constant columns.
  init?(_ column: [Residue]) {
    guard let origin = column.first, let other = column.first(where: { $0 != origin }) else {
      return nil
    }
    self.origin = origin
    scale = other - origin
    let factor = scale.reciprocal
    key = column.map { ($0 - origin) * factor }
  }
}

/// Independent columns, in echelon form.
private struct Basis {
  struct Vector {
    /// Zero at the pivots of the vectors before; 1 at its own.
    var samples: [Residue]
    let pivot: Int

    /// What the vector is of the columns that were appended.
    var combination: [Residue]
  }

  let sampleCount: Int
  var vectors: [Vector] = []

  init(sampleCount: Int) { self.sampleCount = sampleCount }

  /// The coefficients of the appended columns whose sum is `column`; nil if it is independent.
  func solve(_ column: [Residue]) -> [Residue]? {
    let (rest, coefficients) = reduced(column)
    return rest.contains { $0 != .zero } ? nil : coefficients
  }

  /// Precondition: `column` is independent.
  mutating func append(_ column: [Residue]) {
    var (rest, coefficients) = reduced(column)
    guard let pivot = rest.firstIndex(where: { $0 != .zero }) else { return }
    let factor = rest[pivot].reciprocal
    for index in rest.indices { rest[index] = rest[index] * factor }
    var combination = coefficients.map { (.zero - $0) * factor }
    combination.append(factor)
    vectors.append(Vector(samples: rest, pivot: pivot, combination: combination))
  }

  private func reduced(_ column: [Residue]) -> (rest: [Residue], coefficients: [Residue]) {
    var rest = column
    var coefficients = [Residue](repeating: .zero, count: vectors.count)
    for vector in vectors {
      let factor = rest[vector.pivot]
      if factor == .zero { continue }
      for index in vector.pivot..<sampleCount where vector.samples[index] != .zero {
        rest[index] = rest[index] - factor * vector.samples[index]
      }
      for (index, coefficient) in vector.combination.enumerated() {
        coefficients[index] = coefficients[index] + factor * coefficient
      }
    }
    return (rest, coefficients)
  }
}
