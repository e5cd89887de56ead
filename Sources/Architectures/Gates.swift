import ExactArithmetic

/// The elementwise functions of an architecture, apart from its equations: the same equations mean
/// the published network with its own functions, and the exact one with ReLU.
///
/// The ReLUs of Eq. 2 and 5, and those inside the MLPs of Eq. 3 to 5, are ReLUs in either meaning
/// and do not pass through here.
public protocol Gates {
  associatedtype Number: PowerScalar

  /// 1 / (1 + exp(−x)), of the gates of LSTM and GRU, and of Hawk's recurrent gates and decays.
  static func logistic(_ value: Number) -> Number

  /// Of the candidates of LSTM and GRU, and of what an LSTM shows.
  static func tanh(_ value: Number) -> Number

  /// x · logistic(x), of Mamba's convolution and gate.
  static func silu(_ value: Number) -> Number

  /// log(1 + exp(x)), of Mamba's step sizes.
  static func softplus(_ value: Number) -> Number

  /// x · Φ(x), of Hawk's gates and MLPs.
  static func gelu(_ value: Number) -> Number
}

/// ReLU for every function: the idealisation under which constructions are exact.
public enum ReLUGates<Number: PowerScalar>: Gates {
  @inlinable
  public static func logistic(_ value: Number) -> Number { value.positivePart }

  @inlinable
  public static func tanh(_ value: Number) -> Number { value.positivePart }

  @inlinable
  public static func silu(_ value: Number) -> Number { value.positivePart }

  @inlinable
  public static func softplus(_ value: Number) -> Number { value.positivePart }

  @inlinable
  public static func gelu(_ value: Number) -> Number { value.positivePart }
}
