import ExactArithmetic

extension LibraryFunction {
  /// The steepness μ of the paper's experiments.
  public static let paperMu: Rational = 1000

  /// The large constant λ of the paper's experiments, 10^10.
  public static let paperLambda: Rational = 10_000_000_000
}

extension LibraryFunction.Parameter {
  static func vector(_ name: String) -> Self { Self(name, .vector) }

  static let mu = Self("mu", .number, default: .number(LibraryFunction.paperMu))
  static let lambda = Self("lambda", .number, default: .number(LibraryFunction.paperLambda))
}

/// Arguments by name. Callers check names and kinds against the declared parameters; what they let
/// through is refused here, once more, rather than trusted.
extension [String: LibraryArgument] {
  func vector(_ name: String) throws(BuildError) -> LibraryArgument {
    switch self[name] {
    case .vector(let wire): return .vector(wire)
    case .number(let value): return .number(value)
    case let other: throw unfit(other, for: name, expected: "a vector or a number")
    }
  }

  func number(_ name: String) throws(BuildError) -> Rational {
    guard case .number(let value) = self[name] else {
      throw unfit(self[name], for: name, expected: "a number")
    }
    return value
  }

  func count(_ name: String) throws(BuildError) -> Int {
    let value = try number(name)
    guard let count = Int("\(value)"), count > 0 else {
      throw BuildError("expected a positive integer for '\(name)', found \(value)")
    }
    return count
  }

  func word<Word: RawRepresentable & CaseIterable>(
    _ name: String, as type: Word.Type
  ) throws(BuildError) -> Word where Word.RawValue == String {
    let known = "one of \(Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))"
    guard case .word(let word) = self[name] else {
      throw unfit(self[name], for: name, expected: known)
    }
    guard let value = Word(rawValue: word) else {
      throw BuildError("expected \(known) for '\(name)', found \"\(word)\"")
    }
    return value
  }

  private func unfit(
    _ argument: LibraryArgument?, for name: String, expected: String
  ) -> BuildError {
    let found =
      switch argument {
      case nil: "nothing"
      case .vector(let wire): "a vector of dimension \(wire.dimension)"
      case .number(let value): "\(value)"
      case .word(let word): "\"\(word)\""
      }
    return BuildError("expected \(expected) for '\(name)', found \(found)")
  }
}

extension ProgramBuilder {
  func requirePositive(_ value: Rational, _ name: String) throws(BuildError) {
    guard value > 0 else { throw BuildError("expected \(name) > 0, found \(value)") }
  }
}
