#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// The two functions of recurrent gates and local attention that leave the rationals: square roots,
// exact where they are rational, and softmax, which exact numbers do not have.

extension Rational {
  /// The non-negative square root, if it is rational: numerator and denominator are squares.
  public var squareRoot: Rational? {
    guard signum >= 0 else { return nil }
    guard case .small(let value) = storage else { return big.squareRoot?.reduced }
    guard let top = Rational.integerRoot(of: value.numerator),
      let bottom = Rational.integerRoot(of: value.denominator)
    else { return nil }
    return Rational(Int(top), Int(bottom))
  }

  /// Precondition: `square` ≥ 0.
  private static func integerRoot(of square: Int64) -> Int64? {
    // Within 1 of the root: Double has 53 bits, the root at most 32.
    let estimate = Int64(Double(square).squareRoot())
    return (max(0, estimate - 1)...estimate + 1).first {
      $0.multipliedReportingOverflow(by: $0) == (square, false)
    }
  }
}

extension Rational {
  /// `squareRoot`.
  public var root: Rational? { squareRoot }

  /// Nil: weights of softmax are powers of e.
  public static func softmax(_ scores: [Rational], dimension: Int) -> [Rational]? { nil }
}

extension Interval {
  /// For points only.
  public var root: Interval? { point?.squareRoot.map { Interval($0) } }

  /// Nil, as for rationals.
  public static func softmax(_ scores: [Interval], dimension: Int) -> [Interval]? { nil }
}

extension Double {
  /// Rounded correctly; not a number for negative numbers.
  public var root: Double? { squareRoot() }

  /// exp(x − max x) with x = scores / √dimension, over their sum from the left.
  public static func softmax(_ scores: [Double], dimension: Int) -> [Double]? {
    let scale = Double(dimension).squareRoot()
    let scaled = scores.map { $0 / scale }
    let largest = scaled.max() ?? 0
    let powers = scaled.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

extension Float {
  /// Rounded correctly; not a number for negative numbers.
  public var root: Float? { squareRoot() }

  /// exp(x − max x) with x = scores / √dimension, over their sum from the left.
  public static func softmax(_ scores: [Float], dimension: Int) -> [Float]? {
    let scale = Float(dimension).squareRoot()
    let scaled = scores.map { $0 / scale }
    let largest = scaled.max() ?? 0
    let powers = scaled.map { exp($0 - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
