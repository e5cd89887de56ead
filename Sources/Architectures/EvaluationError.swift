import ExactArithmetic

/// Why a stack has no output for a token.
public enum EvaluationError: Error, Hashable, Sendable {
  case wrongTokenDimension(expected: Int, found: Int)

  /// A step size that exact numbers cannot have in an exponent.
  case inexactStepSize(layer: Int, channel: Int, stepSize: String)

  /// A decay a of which √(1 − a²) is no exact number.
  case irrationalMultiplier(layer: Int, channel: Int, decay: String)

  /// Attention that is not multiplied by zero: exact numbers have no softmax.
  case inexactAttention(layer: Int)

  @usableFromInline
  init(_ error: LayerError, inLayer layer: Int) {
    switch error {
    case .stepSize(let channel, let found):
      self = .inexactStepSize(layer: layer, channel: channel, stepSize: found)
    case .multiplier(let channel, let decay):
      self = .irrationalMultiplier(layer: layer, channel: channel, decay: decay)
    case .attention: self = .inexactAttention(layer: layer)
    }
  }
}

/// What a layer cannot compute over exact numbers.
public enum LayerError: Error, Hashable, Sendable {
  /// An exponent: Mamba's Δ, or Hawk's 8r.
  case stepSize(channel: Int, found: String)
  case multiplier(channel: Int, decay: String)
  case attention
}

extension EvaluationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .wrongTokenDimension(let expected, let found):
      "expected a token of \(expected) numbers, found \(found)"
    case .inexactStepSize(let layer, let channel, let stepSize):
      "layer \(layer), channel \(channel): expected a step size that is a whole number from 0 to "
        + "\(Rational.largestExponent), found \(stepSize); evaluate in floats instead"
    case .irrationalMultiplier(let layer, let channel, let decay):
      "layer \(layer), channel \(channel): expected a decay a with a rational square root of "
        + "1 - a^2, found \(decay); evaluate in floats instead"
    case .inexactAttention(let layer):
      "layer \(layer): softmax has no exact values, and the output projection is not zero; "
        + "evaluate in floats instead"
    }
  }
}
