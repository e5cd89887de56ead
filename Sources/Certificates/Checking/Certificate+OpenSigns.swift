import ExactArithmetic

/// What source and target remember before a step, and the token that they read in it.
public struct ObservedStep: Sendable {
  public let token: [Rational]

  /// By node.
  public let source: [[Rational]]
  public let target: [[Rational]]

  public init(token: [Rational], source: [[Rational]], target: [[Rational]]) {
    self.token = token
    self.source = source
    self.target = target
  }
}

/// A value that was never negative, in steps that were observed, though the judge does not see that
/// it cannot be: the argument of a ReLU, perhaps times −1, or a remembered number.
public struct OpenSign: Hashable, Sendable {
  public struct Term: Hashable, Sendable {
    public let part: Rejection.Part
    public let coordinate: Certificate.Coordinate
    public let coefficient: Rational

    /// Whether the judge knows the bound of this number that would be needed.
    public let isBounded: Bool
  }

  /// The part of the value that is linear in numbers that are remembered.
  public let terms: [Term]

  /// For people.
  public let text: String
}

extension Certificate {
  /// The open signs of what the certificate fails by: of ReLUs in links and outputs that differ, and
  /// within those; then of remembered numbers in these values that have no bounds, again and again.
  /// For who looks for a certificate. Precondition: it is well formed.
  public func openSigns(
    on steps: [ObservedStep], within limits: CheckLimits = .standard
  ) throws(MetLimit) -> [OpenSign] {
    var step = try CoupledStep(self, within: limits)
    return try step.openSigns(on: steps)
  }
}

extension CoupledStep {
  fileprivate mutating func openSigns(on steps: [ObservedStep]) throws(MetLimit) -> [OpenSign] {
    let values = steps.map { table.values(in: $0) }
    var open: [OpenSign] = []
    var waiting = relusOfDifferences()
    var isKnown = Set<Int>()
    var place = 0
    while place < waiting.count {
      let form = waiting[place]
      place += 1
      let signs = values.map { form.value($0).signum }
      let isNonnegative = signs.allSatisfy { $0 >= 0 }
      guard isNonnegative || signs.allSatisfy({ $0 <= 0 }) else { continue }
      let value = isNonnegative ? form : -form
      if let least = try table.low(value), least >= 0 { continue }
      open.append(OpenSign(terms: table.rememberedTerms(of: value), text: table.text(value)))
      for atom in table.unboundedVariables(of: value) where isKnown.insert(atom).inserted {
        switch table.atoms[atom] {
        case .source(let place): waiting.append(source[place.node][place.place])
        case .target(let place): waiting.append(target[place.node][place.place])
        case .one, .input, .relu, .product: continue
        }
      }
    }
    return open
  }

  /// The arguments of the ReLUs in what differs, and in their arguments.
  private func relusOfDifferences() -> [Form] {
    var isSeen = Set<Int>()
    var waiting = differences()
    var arguments: [Form] = []
    while let form = waiting.popLast() {
      for term in form.terms where isSeen.insert(term.atom).inserted {
        switch table.atoms[term.atom] {
        case .relu(let argument):
          arguments.append(argument)
          waiting.append(argument)
        case .product(let left, let right): waiting += [left, right]
        case .one, .input, .source, .target: continue
        }
      }
    }
    return arguments
  }
}

extension AtomTable {
  /// What each atom is in a step that was observed.
  fileprivate func values(in step: ObservedStep) -> [Rational] {
    var values: [Rational] = []
    values.reserveCapacity(atoms.count)
    for atom in atoms {
      switch atom {
      case .one: values.append(1)
      case .input(let place): values.append(step.token[place])
      case .source(let place): values.append(step.source[place.node][place.place])
      case .target(let place): values.append(step.target[place.node][place.place])
      case .relu(let form): values.append(form.value(values).positivePart)
      case .product(let left, let right):
        values.append(left.value(values) * right.value(values))
      }
    }
    return values
  }

  /// What is remembered and has not the bound that would be needed, alone or in products.
  fileprivate func unboundedVariables(of form: Form) -> [Int] {
    form.terms.flatMap { term -> [Int] in
      if (term.coefficient > 0 ? lower : upper)[term.atom] != nil { return [] }
      if let pair = factors[term.atom] { return [pair.left, pair.right] }
      return [term.atom]
    }
  }

  fileprivate func rememberedTerms(of form: Form) -> [OpenSign.Term] {
    form.terms.compactMap { term in
      let isBounded = (term.coefficient > 0 ? lower : upper)[term.atom] != nil
      switch atoms[term.atom] {
      case .source(let place):
        return .init(
          part: .source, coordinate: place, coefficient: term.coefficient, isBounded: isBounded)
      case .target(let place):
        return .init(
          part: .target, coordinate: place, coefficient: term.coefficient, isBounded: isBounded)
      case .one, .input, .relu, .product: return nil
      }
    }
  }
}
