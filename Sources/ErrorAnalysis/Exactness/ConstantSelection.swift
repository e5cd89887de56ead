import Evaluation
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

  /// What it holds for.
  public let basis: Basis

  public enum Basis: Hashable, Sendable {
    /// All runs whose tokens are in these sets, over the horizon.
    case runs(inputs: [GridValue], Horizon)

    /// So many given sequences, and nothing else.
    case sequences(Int)
  }

  /// The sets of a token's coordinates; empty if it holds for given sequences only.
  public var inputs: [GridValue] {
    if case .runs(let inputs, _) = basis { inputs } else { [] }
  }

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
    try select(.runs(inputs, horizon, limits), build: build)
  }

  /// Chooses for these sequences of tokens, by running the program on them exactly: for tokens that
  /// are on no grid, where thresholds may be as near as one likes, this is all that can be had. An
  /// f_step is 0 or 1 wherever these sequences lead; where others lead nobody knows.
  ///
  /// Throws what `build` throws; why it gave up is in the failure of the result.
  public static func select<Problem: Error>(
    on sequences: [[[Rational]]], build: Build<Problem>
  ) throws(Problem) -> Result<ConstantSelection, ConstantSelectionFailure> {
    try select(.sequences(sequences), build: build)
  }

  private static func select<Problem: Error>(
    _ observer: Observer, build: Build<Problem>
  ) throws(Problem) -> Result<ConstantSelection, ConstantSelectionFailure> {
    var chosen: [Int: Rational] = [:]
    for round in 1...roundLimit {
      let (program, sites) = try build(chosen)
      let decisions: [ConstantDecision]
      do throws(ConstantSelectionFailure) {
        decisions = try observer.observe(sites, in: program).map(\.decision)
      } catch {
        return .failure(error)
      }
      var next: [Int: Rational] = [:]
      for decision in decisions {
        if case .chosen(let value) = decision.outcome { next[decision.site.number] = value }
      }
      if next == chosen {
        return .success(
          ConstantSelection(
            program: program, decisions: decisions, basis: observer.basis, rounds: round))
      }
      chosen = next
    }
    return .failure(.noFixpoint(rounds: roundLimit))
  }
}

/// What is looked at: all runs together, or some one by one.
private enum Observer {
  case runs([GridValue], Horizon, ExactnessLimits)
  case sequences([[[Rational]]])

  var basis: ConstantSelection.Basis {
    switch self {
    case .runs(let inputs, let horizon, _): .runs(inputs: inputs, horizon)
    case .sequences(let sequences): .sequences(sequences.count)
    }
  }

  func observe(
    _ sites: [ConstantSite], in program: Program
  ) throws(ConstantSelectionFailure) -> [SiteObservation] {
    switch self {
    case .runs(let inputs, let horizon, let limits):
      do throws(ExactnessLimit) {
        return try SiteObservation.all(
          of: sites, in: program, inputs: inputs, horizon: horizon, limits: limits)
      } catch {
        throw .analysis(error)
      }
    case .sequences(let sequences):
      do throws(EngineError) {
        return try SiteObservation.all(of: sites, in: program, on: sequences)
      } catch {
        throw .run("\(error)")
      }
    }
  }
}

/// Why no constants were chosen.
public enum ConstantSelectionFailure: Error, Hashable, Sendable, CustomStringConvertible {
  case analysis(ExactnessLimit)

  /// The program cannot be run on the given sequences.
  case run(String)

  /// Each choice asked for another one.
  case noFixpoint(rounds: Int)

  public var description: String {
    switch self {
    case .analysis(let limit): "\(limit)"
    case .run(let reason): reason
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
