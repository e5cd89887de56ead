import Evaluation
import ExactArithmetic

/// For how many tokens something is shown.
public enum Horizon: Hashable, Sendable, CustomStringConvertible {
  /// For sequences of at most so many tokens.
  case steps(Int)

  /// For sequences of any length.
  case everyLength

  public var description: String {
    switch self {
    case .steps(let count): "up to \(count) tokens"
    case .everyLength: "any number of tokens"
    }
  }
}

/// What an analysis may cost: programs come from strangers.
public struct ExactnessLimits: Sendable {
  /// Terms and points looked at, about.
  public var work = 400_000_000

  /// Bits of one number.
  public var bits = 4_096

  /// Steps of unrolling, in search of a repetition, when no number of steps is given.
  public var unrolledSteps = 300

  /// Rounds of joining states, when unrolling ends in no repetition.
  public var invariantRounds = 200

  public init() {}
}

/// Why an analysis gave up.
public enum ExactnessLimit: Error, Hashable, Sendable, CustomStringConvertible {
  case tooMuchWork(limit: Int)
  case tooManyBits(limit: Int)

  /// The states keep growing.
  case noInvariant(rounds: Int)

  public var description: String {
    switch self {
    case .tooMuchWork(let limit): "the analysis takes more than \(limit) steps"
    case .tooManyBits(let limit): "numbers take more than \(limit) bits"
    case .noInvariant(let rounds):
      "the states are in no bounded grid that \(rounds) rounds would find; give a number of steps"
    }
  }
}

/// A proof attempt that a tape computes in floats what it computes in rationals, number for number.
///
/// All runs whose tokens lie in given sets are followed at once. If every number that an engine
/// rounds, each weight, product and partial sum in the tape's order, lies in a set that the format
/// has every member of, then by induction nothing is ever rounded: outputs are exact, no NaN and no
/// infinity occurs, and fusing a multiplication with an addition changes nothing. Nothing is said
/// of the sign of zero. `proofs/rounding/Grid.v` has the theorem for this induction.
///
/// Any format can be asked after, as the analysis knows none.
public struct Exactness: Sendable {
  /// What is assumed of each coordinate of each token.
  public let inputs: [GridValue]

  /// What it was asked for.
  public let horizon: Horizon

  /// Whether it holds for sequences of any length: asked for, or the states were seen to repeat.
  public let holdsForEveryLength: Bool

  /// Steps that were looked at one by one; 0 if an invariant was found instead.
  public let unrolledSteps: Int

  public let needs: ExactnessNeeds

  /// By coordinate: what the outputs can be.
  public let outputs: [GridValue]

  /// Precondition: one set for each coordinate of a token, and a positive number of steps.
  public init(
    _ tape: Tape, inputs: [GridValue], horizon: Horizon,
    limits: ExactnessLimits = ExactnessLimits(), rules: GridRules = .standard
  ) throws(ExactnessLimit) {
    var walk = GridWalk(tape, inputs: inputs, lookingAtSums: true, limits: limits, rules: rules)
    var outputs: [GridValue] = []
    let end = try walk.run(horizon) { forms, scope in
      let found = forms.map { scope.value(of: $0) }
      outputs = outputs.isEmpty ? found : zip(outputs, found).map { $0.union($1) }
    } restart: {
      outputs = []
    }
    self.inputs = inputs
    self.horizon = horizon
    self.outputs = outputs
    holdsForEveryLength = end.holdsForEveryLength
    unrolledSteps = end.unrolledSteps
    needs = walk.needs
  }

  /// Nil if floats of the format are shown to be exact.
  public func failure(in format: FloatFormat) -> ExactnessFailure? { needs.failure(in: format) }

  public func isProved(in format: FloatFormat) -> Bool { failure(in: format) == nil }
}

/// Goes through the steps of a horizon, or finds sets that hold at all of them.
struct GridWalk {
  private var machine: GridMachine
  private let inputs: [GridValue]
  private let limits: ExactnessLimits

  /// What a step's outputs are handed to.
  typealias Visit = ([GridForm], inout GridScope) -> Void

  init(
    _ tape: Tape, inputs: [GridValue], lookingAtSums: Bool, limits: ExactnessLimits,
    rules: GridRules = .standard
  ) {
    precondition(
      inputs.count == tape.inputDimension, "\(inputs.count) sets for \(tape.inputDimension) inputs")
    machine = GridMachine(tape, lookingAtSums: lookingAtSums, limits: limits, rules: rules)
    if lookingAtSums { machine.lookAtWeights() }
    self.inputs = inputs
    self.limits = limits
  }

  var needs: ExactnessNeeds { machine.needsSoFar }

  /// `visit` is called for each step. If an invariant has to be found, `restart` is called and then
  /// `visit` once, for all steps.
  mutating func run(
    _ horizon: Horizon, visit: Visit, restart: () -> Void
  ) throws(ExactnessLimit) -> (holdsForEveryLength: Bool, unrolledSteps: Int) {
    let count =
      switch horizon {
      case .steps(let count): count
      case .everyLength: limits.unrolledSteps
      }
    let start = machine.states
    let beforeFirst = machine
    var seen: Set<[[GridValue]]> = [start]
    for step in 0..<count {
      try self.step(step, visit)
      // From states that were there before, all that follows has been seen.
      guard seen.insert(machine.states).inserted else { return (true, step + 1) }
    }
    if case .steps = horizon { return (false, count) }
    machine = beforeFirst
    restart()
    try findInvariant()
    try step(0, visit)
    return (true, 0)
  }

  private mutating func step(_ step: Int, _ visit: Visit) throws(ExactnessLimit) {
    var (outputs, scope) = try machine.run(step: step, inputs: inputs)
    visit(outputs, &scope)
  }

  /// Leaves the machine at states that one step maps into themselves, the initial ones among them.
  private mutating func findInvariant() throws(ExactnessLimit) {
    let fresh = machine
    for _ in 0..<limits.invariantRounds {
      let old = machine.states
      _ = try machine.run(step: 0, inputs: inputs)
      let joined = zip(old, machine.states).map { zip($0, $1).map { $0.union($1) } }
      machine.set(joined)
      if joined == old {
        machine = fresh
        machine.set(joined)
        return
      }
    }
    throw .noInvariant(rounds: limits.invariantRounds)
  }
}
