import ExactArithmetic

extension Tape {
  /// A number that each engine computes in its own arithmetic: the exact one exactly, the others in
  /// floats from rounded parts, as the equations of the layers do.
  public enum Constant: Hashable, Sendable {
    case number(Rational)
    case power(Power)

    /// √(1 − a²), for a power a.
    case multiplier(Power)

    /// Nil if it is no number of the type.
    public func value<Number: PowerScalar>(in type: Number.Type) -> Number? {
      switch self {
      case .number(let number): return Number(nearest: number)
      case .power(let power): return power.value(in: type)
      case .multiplier(let power):
        guard let decay = power.value(in: type) else { return nil }
        return (1 - decay * decay).root
      }
    }
  }

  /// base^(factor · exponent), all three rounded before anything is computed.
  public struct Power: Hashable, Sendable {
    public let base: Rational
    public let exponent: Rational
    public let factor: Rational

    public init(base: Rational, exponent: Rational, factor: Rational = 1) {
      self.base = base
      self.exponent = exponent
      self.factor = factor
    }

    public func value<Number: PowerScalar>(in type: Number.Type) -> Number? {
      Number(nearest: base).power(Number(nearest: factor) * Number(nearest: exponent))
    }
  }
}
