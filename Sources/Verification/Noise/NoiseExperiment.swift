import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

/// The experiment of figure 4: how far off a compiled program is when its weights are.
///
/// For each target the weights of a tape, a path's or a network's, get independent Gaussian noise,
/// once, and all questions of the target are put to that tape in binary64. Before each token the
/// states are set to those of the undisturbed tape, so that errors do not pile up; unless
/// `resetsStates` is false.
///
/// Deterministic: target i depends on the seed and i only.
///
/// Source: arXiv 2406.01424, section 5 and figure 4.
public struct NoiseExperiment: Sendable {
  public let task: NoiseTask
  public let tape: Tape
  public let seed: UInt64
  public let resetsStates: Bool
  private let clean: DisturbedTape

  /// Nil if the tape has powers or roots among its constants that libraries may round otherwise.
  public init?(_ task: NoiseTask, _ tape: Tape, seed: UInt64, resetsStates: Bool = true) {
    guard let clean = DisturbedTape(tape) else { return nil }
    self.task = task
    self.tape = tape
    self.seed = seed
    self.resetsStates = resetsStates
    self.clean = clean
  }

  /// The figure of one target at each of the levels (standard deviations).
  public func figures(target: Int, levels: [Double]) -> [Double] {
    let questions = task.questions(target: target, seed: seed)
    let runs = questions.map { CleanRun(clean, $0.tokens.map { $0.map(Double.init(nearest:)) }) }
    return levels.enumerated().map { index, level in
      var noise = Gaussian(SplitMix64(seed: ~seed &+ UInt64(index), trial: target))
      let tape = level == 0 ? clean : clean.disturbed(by: level, &noise)
      return task.figure(runs.map { outputs(of: tape, on: $0) }, questions)
    }
  }

  private func outputs(of tape: DisturbedTape, on run: CleanRun) -> [[Double]] {
    var states = tape.initialStates
    return run.tokens.indices.map { index in
      if resetsStates { states = run.statesBefore[index] }
      let (output, after) = tape.step(run.tokens[index], from: states)
      states = after
      return output
    }
  }

  /// A run of the undisturbed tape, with its states before each token.
  private struct CleanRun {
    let tokens: [[Double]]
    var statesBefore: [[[Double]]] = []

    init(_ tape: DisturbedTape, _ tokens: [[Double]]) {
      self.tokens = tokens
      var states = tape.initialStates
      for token in tokens {
        statesBefore.append(states)
        states = tape.step(token, from: states).states
      }
    }
  }
}
