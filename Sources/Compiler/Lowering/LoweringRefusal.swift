import Architectures
import LSRL

/// Why an architecture cannot say what a path says.
public struct LoweringRefusal: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// Layers of this kind never multiply two signals.
    case multiplication

    /// The state's matrix asks for more than the architecture's recurrence can do. At least one
    /// obstacle; coordinates are those of the state.
    case stateMatrix([StateObstacle])

    /// Unrolling to the requested length would pass the limits on length and memory.
    case lengthBoundTooLarge(requested: Int)

    /// The state can be computed, but takes more layers and signals than the compiler builds.
    case tooLarge(dimension: Int)
  }

  public let architecture: Architecture
  public let reason: Reason

  /// The position of the offending step on the path, from 0.
  public let step: Int

  /// The nodes of the source program that the step computes.
  public let origins: [NodeID]
}

extension LoweringRefusal: CustomStringConvertible {
  /// What is in the way, where, and what to do about it.
  public var description: String {
    let nodes = origins.map(\.description).joined(separator: ", ")
    let place = origins.isEmpty ? "step \(step)" : "step \(step) (\(nodes))"
    switch reason {
    case .multiplication:
      return "\(place): a \(architecture.title) never multiplies two signals; compile to "
        + "\(Architecture.gatedLinearRNN.rawValue), or use a variant of f_ifelse without Multi"
    case .stateMatrix(let obstacles):
      let list = obstacles.map(\.description).joined(separator: "; ")
      return "\(place): the state of a \(architecture.title) can only keep or shrink, each "
        + "channel by a factor from 0 to 1: \(list); bound the length with --max-length T"
    case .lengthBoundTooLarge(let requested):
      return "\(place): unrolling this state over \(requested) tokens takes too many layers or "
        + "too large numbers; lower --max-length (at most \(LoweringOptions.longestBound))"
    case .tooLarge(let dimension):
      return "\(place): this state of dimension \(dimension) takes more than "
        + "\(LoweringOptions.largestSignalCount) signals between layers; split it into "
        + "independent or shorter states"
    }
  }
}
