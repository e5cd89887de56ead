import ErrorAnalysis
import Evaluation
import ExactArithmetic
import Properties

/// Beliefs about rounding that are wrong on purpose.
extension Mutant {
  static let wrongBounds: [Mutant] = BoundMode.allCases.flatMap { mode in
    [
      .bound("products-exact", "products lose nothing", mode) { tape in
        try RunningBound(tape, mode: mode, believing: ExactProducts<Double>.self)
      },
      .bound("no-underflow", "products lose nothing by underflow", mode) { tape in
        try RunningBound(tape, mode: mode, believing: NoUnderflow<Double>.self)
      },
      .bound("infinity-forgotten", "what is not finite is exact", mode) { tape in
        try RunningBound(tape, mode: mode, believing: ExactInfinity<Double>.self)
      },
      .bound("weights-exact", "weights and tokens are in the format", mode) { tape in
        try RunningBound(tape, mode: mode, believing: ExactWeights<Double>.self)
      },
    ]
  }

  private static func bound(
    _ id: String, _ fault: String, _ mode: BoundMode,
    _ make: @escaping @Sendable (Tape) throws -> RunningBound
  ) -> Mutant {
    let bounds = BoundsOnTrial(formats: [.binary64], modes: [mode]) { tape, _, _ in
      try make(tape)
    }
    return Mutant(
      id: "bound-\(mode)-\(id)", fault: fault, property: .errorBoundsHold(by: bounds))
  }
}

private enum ExactProducts<Number: FormattedNumber>: RoundingModel {
  static var productUnit: Double { 0 }
  static var leastStep: Double { 0 }

  static func productDeviation(_: Double, _: Double, _: Double) -> Deviation { .zero }
}

private enum NoUnderflow<Number: FormattedNumber>: RoundingModel {
  static var leastStep: Double { 0 }

  /// Right but for what falls below the smallest number.
  static func productDeviation(
    _ left: Double, _ right: Double, _ product: Double
  ) -> Deviation {
    product.magnitude < 0x1p-900
      ? Deviation(0, product.magnitude * 0x1p-53)
      : NearestEven<Number>.productDeviation(left, right, product)
  }
}

private enum ExactInfinity<Number: FormattedNumber>: RoundingModel {
  static func deviation(ofNonFinite value: Double) -> Deviation { .zero }
}

private enum ExactWeights<Number: FormattedNumber>: RoundingModel {
  static func deviation(of float: Double, from exact: Rational) -> Deviation {
    float.isFinite ? .zero : .unknown
  }
}
