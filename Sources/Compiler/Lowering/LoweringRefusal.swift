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

  /// The nodes of the source program whose coordinates of the step are in the way; those of the
  /// whole step where nothing more is known.
  public let offenders: [NodeID]

  package init(
    _ reason: Reason, by architecture: Architecture, at position: Int, of path: PathGraph
  ) {
    self.architecture = architecture
    self.reason = reason
    step = position
    let origins = path.steps[position].origins
    var named = origins.indices.map { $0 }
    if case .stateMatrix(let obstacles) = reason { named = obstacles.flatMap(\.coordinates) }
    let nodes = named.compactMap { origins.indices.contains($0) ? origins[$0] : nil }
    offenders = Set(nodes).sorted()
  }
}

extension LoweringRefusal: CustomStringConvertible {
  /// What is in the way, where, and what to do about it.
  public var description: String {
    let nodes = offenders.map(\.description).joined(separator: ", ")
    return "step \(step)\(nodes.isEmpty ? "" : " (\(nodes))"): \(explanation)"
  }

  /// What is in the way and what to do about it, without the place.
  public var explanation: String {
    switch reason {
    case .multiplication:
      return "a \(architecture.title) never multiplies two signals; compile to "
        + "\(Architecture.gatedLinearRNN.rawValue), or use a variant of f_ifelse without Multi"
    case .stateMatrix(let obstacles):
      let list = obstacles.map(\.description).joined(separator: "; ")
      let factors =
        architecture == .mamba
        ? "can only keep or shrink, each channel by a factor from 0 to 1"
        : "can only shrink, each channel by a factor a from 0 to below 1 with a rational square "
          + "root of 1 - a^2"
      return "the state of a \(architecture.title) \(factors): \(list); bound the length with "
        + "--max-length T"
    case .lengthBoundTooLarge(let requested):
      return "unrolling this state over \(requested) tokens takes too many layers or too large "
        + "numbers; lower --max-length (at most \(LoweringOptions.longestBound))"
    case .tooLarge(let dimension):
      return "this state of dimension \(dimension) takes more than "
        + "\(LoweringOptions.largestSignalCount) signals between layers; split it into "
        + "independent or shorter states"
    }
  }
}
