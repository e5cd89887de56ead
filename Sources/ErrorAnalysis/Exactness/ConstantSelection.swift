import ExactArithmetic
import LSRL

/// What became of one constant of a program.
public struct ConstantDecision: Sendable {
  public enum Outcome: Hashable, Sendable {
    /// The least power of two that is enough.
    case chosen(Rational)

    /// What the program says is kept, for this reason.
    case kept(String)
  }

  public let site: ConstantSite
  public let outcome: Outcome

  /// What was found out about the values that it depends on.
  public let finding: String

  /// The constant that the program is built with.
  public var value: Rational {
    if case .chosen(let value) = outcome { value } else { site.written }
  }

  /// Whether what the program says is not enough for the library's function to mean what its
  /// definition promises, so that choosing another constant changes the program's meaning.
  public var changesMeaning: Bool {
    if case .chosen(let value) = outcome { site.written < value } else { false }
  }
}

/// Constants μ and λ of a program's library calls, each the least power of two that is enough for
/// the values that it meets: for all runs whose tokens are in given sets, over a horizon.
///
/// - An f_step is 0 or 1 if its source has no value strictly between 0 and 1/μ. So μ is the least
///   power of two with 1/μ ≤ the least positive value of the source.
/// - An f_ifelse whose guards are 0 or 1 is t or f if λ ≥ |t|, |f|. These are reachable values: in
///   Listing 2 a branch holds a counter of tokens, which outgrows the vocabulary.
///
/// What values are met may depend on the constants, so the program is built and analysed until the
/// constants it is built with are those that it asks for. Then, by induction over steps and nodes,
/// each function at a chosen site has the value of its definition, 0 or 1, t or f. The same is true
/// of the program as written where its constants are at least as large. So both have the same
/// outputs, exactly, unless `changesMeaning` says that a written constant is not enough.
public struct ConstantSelection: Sendable {
  public let program: Program
  public let decisions: [ConstantDecision]
  public let inputs: [GridValue]
  public let horizon: Horizon

  /// How often the program was built.
  public let rounds: Int

  /// Whether some constant that the program says is not enough.
  public var changesMeaning: Bool { decisions.contains(where: \.changesMeaning) }

  static let roundLimit = 12

  /// A program built with the constants it is asked for, and its sites.
  public typealias Build<Problem: Error> =
    ([Int: Rational]) throws(Problem) -> (program: Program, sites: [ConstantSite])

  /// Chooses. Throws what `build` throws; why the analysis gave up is in the failure of the result.
  public static func select<Problem: Error>(
    inputs: [GridValue], horizon: Horizon, limits: ExactnessLimits = ExactnessLimits(),
    build: Build<Problem>
  ) throws(Problem) -> Result<ConstantSelection, ConstantSelectionFailure> {
    var chosen: [Int: Rational] = [:]
    for round in 1...roundLimit {
      let (program, sites) = try build(chosen)
      let decisions: [ConstantDecision]
      do throws(ExactnessLimit) {
        decisions = try SiteObservation.all(
          of: sites, in: program, inputs: inputs, horizon: horizon, limits: limits
        ).map(\.decision)
      } catch {
        return .failure(.analysis(error))
      }
      var next: [Int: Rational] = [:]
      for decision in decisions {
        if case .chosen(let value) = decision.outcome { next[decision.site.number] = value }
      }
      if next == chosen {
        return .success(
          ConstantSelection(
            program: program, decisions: decisions, inputs: inputs, horizon: horizon,
            rounds: round))
      }
      chosen = next
    }
    return .failure(.noFixpoint(rounds: roundLimit))
  }
}

/// Why no constants were chosen.
public enum ConstantSelectionFailure: Error, Hashable, Sendable, CustomStringConvertible {
  case analysis(ExactnessLimit)

  /// Each choice asked for another one.
  case noFixpoint(rounds: Int)

  public var description: String {
    switch self {
    case .analysis(let limit): "\(limit)"
    case .noFixpoint(let rounds): "the constants still change after \(rounds) rounds"
    }
  }
}

// MARK: - Deciding

extension SiteObservation {
  var decision: ConstantDecision {
    switch site.role {
    case .steepness: stepDecision
    case .guarding: choiceDecision
    }
  }

  private var stepDecision: ConstantDecision {
    let range = GridObservation.range(of: sources)
    guard !sources.contains(where: \.mayBeTiny) else {
      return ConstantDecision(
        site: site, outcome: .kept("the source is on no known grid"), finding: "source \(range)")
    }
    guard let least = sources.compactMap(\.leastPositive).min() else {
      return ConstantDecision(
        site: site, outcome: .chosen(1), finding: "source \(range), never positive")
    }
    return ConstantDecision(
      site: site, outcome: .chosen(.leastPowerOfTwo(atLeast: least.reciprocal)),
      finding: "source \(range), least positive value \(least)")
  }

  private var choiceDecision: ConstantDecision {
    let guards = GridObservation.range(of: sources)
    guard guards.isBinary else {
      return ConstantDecision(
        site: site, outcome: .kept("the condition is not known to be 0 or 1"),
        finding: "condition \(guards)")
    }
    let range = GridObservation.range(of: values)
    let value: Rational = range.magnitude == 0 ? 1 : .leastPowerOfTwo(atLeast: range.magnitude)
    return ConstantDecision(
      site: site, outcome: .chosen(value),
      finding: "condition \(guards), values \(range)")
  }
}

extension GridObservation {
  fileprivate static func range(of observations: [GridObservation]) -> GridValue {
    observations.dropFirst().reduce(observations.first?.range ?? .zero) { $0.union($1.range) }
  }
}

extension Rational {
  /// Precondition: `value` > 0.
  fileprivate static func leastPowerOfTwo(atLeast value: Rational) -> Rational {
    value.isPowerOfTwo ? value : powerOfTwo(value.binade + 1)
  }
}
