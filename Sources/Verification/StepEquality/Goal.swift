import ExactArithmetic

/// What is to be shown of polynomials, for all values of the variables.
enum Goal {
  /// Everywhere all polynomials of one of these are zero.
  case anyZero([[Polynomial]])

  case nonnegative(Polynomial)

  /// Everywhere the first is zero, or the second is not negative.
  case zeroOrNonnegative(Polynomial, Polynomial)

  var polynomials: [Polynomial] {
    switch self {
    case .anyZero(let options): options.flatMap { $0 }
    case .nonnegative(let polynomial): [polynomial]
    case .zeroOrNonnegative(let zero, let polynomial): [zero, polynomial]
    }
  }
}

/// Alternatives on symbols: of each list, one option is so.
struct Modes {
  typealias Assignment = (symbol: Int, value: Polynomial)

  private(set) var alternatives: [[[Assignment]]]

  /// `values`: by coordinate its polynomial. Alternatives about what is not a variable are left
  /// out.
  init(_ alternatives: [JointRelations.Alternative], _ values: [Polynomial]) {
    self.alternatives = alternatives.compactMap { alternative in
      var options: [[Assignment]] = []
      for option in alternative {
        var assignments: [Assignment] = []
        for part in option {
          guard let symbol = values[part.coordinate].symbol else { return nil }
          assignments.append((symbol, Polynomial(part.value)))
        }
        options.append(assignments)
      }
      return options
    }
  }

  /// That `first` is `value`, or of `bounds` each polynomial is so much more than `least`. Left out,
  /// as far as it is not about variables.
  mutating func add(
    _ first: Polynomial, is value: Polynomial,
    or bounds: [(value: Polynomial, least: Rational, excess: Polynomial)]
  ) {
    guard let symbol = first.symbol else { return }
    alternatives.append([
      [(symbol, value)],
      bounds.compactMap { bound in
        bound.value.symbol.map { ($0, bound.excess.adding(Polynomial(bound.least), times: 1)) }
      },
    ])
  }
}

extension Polynomial {
  /// The symbol that it is, if it is one.
  var symbol: Int? {
    guard terms.count == 1, let term = terms.first, term.key.count == 1, term.value == 1 else {
      return nil
    }
    return term.key[0]
  }
}
