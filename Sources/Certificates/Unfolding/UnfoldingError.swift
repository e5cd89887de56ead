import ExactArithmetic

/// Why a network is no program of sums, products and ReLU: it raises a number to a power that the
/// input decides, takes an irrational root, or attends.
public struct UnfoldingError: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// Mamba's Δ is not the same at every step.
    case varyingStepSize

    /// Mamba's constant Δ is no whole number that exact powers take.
    case stepSize(Rational)

    /// Hawk's r is not the same at every step.
    case varyingRecurrenceGate

    /// Hawk's constant exponent 8 r is no whole number that exact powers take.
    case exponent(Rational)

    /// √(1 − a²) is irrational.
    case multiplier(decay: Rational)

    /// Attention whose output is read.
    case attention
  }

  public let layer: Int

  /// Nil: all of the layer.
  public let channel: Int?
  public let reason: Reason

  public init(layer: Int, channel: Int?, _ reason: Reason) {
    self.layer = layer
    self.channel = channel
    self.reason = reason
  }
}

extension UnfoldingError: CustomStringConvertible {
  public var description: String {
    let place = "layer \(layer)" + (channel.map { ", channel \($0)" } ?? "")
    switch reason {
    case .varyingStepSize:
      return "\(place): expected a step size that is the same for every input, found one that "
        + "depends on it"
    case .stepSize(let found): return "\(place): expected a whole step size, found \(found)"
    case .varyingRecurrenceGate:
      return "\(place): expected a recurrence gate that is the same for every input, found one "
        + "that depends on it"
    case .exponent(let found): return "\(place): expected a whole exponent 8 r, found \(found)"
    case .multiplier(let decay):
      return "\(place): expected a decay a with a rational square root of 1 - a^2, found \(decay)"
    case .attention: return "\(place): expected attention whose output is not used"
    }
  }
}
