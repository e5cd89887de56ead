import ExactArithmetic

/// What is to be shown of polynomials, for all values of the variables.
enum Goal {
  /// Everywhere all polynomials of one of these are zero.
  case anyZero([[Polynomial]])

  case nonnegative(Polynomial)

  var polynomials: [Polynomial] {
    switch self {
    case .anyZero(let options): options.flatMap { $0 }
    case .nonnegative(let polynomial): [polynomial]
    }
  }

  func mapped(_ transform: (Polynomial) throws -> Polynomial) rethrows -> Goal {
    switch self {
    case .anyZero(let options): .anyZero(try options.map { try $0.map(transform) })
    case .nonnegative(let polynomial): .nonnegative(try transform(polynomial))
    }
  }
}

/// Alternatives on symbols: of each list, one option is so.
struct Modes {
  typealias Assignment = (symbol: Int, value: Rational)

  let alternatives: [[[Assignment]]]

  /// `values`: by coordinate its polynomial. Alternatives about what is not a variable are left
  /// out.
  init(_ alternatives: [JointRelations.Alternative], _ values: [Polynomial]) {
    self.alternatives = alternatives.compactMap { alternative in
      var options: [[Assignment]] = []
      for option in alternative {
        var assignments: [Assignment] = []
        for part in option {
          guard let symbol = values[part.coordinate].symbol else { return nil }
          assignments.append((symbol, part.value))
        }
        options.append(assignments)
      }
      return options
    }
  }
}

extension Polynomial {
  /// The symbol that it is, if it is one.
  fileprivate var symbol: Int? {
    guard terms.count == 1, let term = terms.first, term.key.count == 1, term.value == 1 else {
      return nil
    }
    return term.key[0]
  }
}
