import ErrorAnalysis
import ExactArithmetic

/// What comparing outputs with their bounds has come to.
public struct BoundTally: Sendable {
  public private(set) var comparisons = 0
  public private(set) var nonfinite = 0
  public private(set) var subnormal = 0

  /// Floats that are not exact, of those the ones with a finite bound, and exact ones with bound 0.
  public private(set) var inexact = 0
  public private(set) var bounded = 0
  public private(set) var provedExact = 0

  /// The largest |float − exact| / bound: 1 would be just right.
  public private(set) var closest = 0.0

  /// The first one, if a bound does not hold.
  public internal(set) var failure: (kind: String, explanation: String)?

  public init() {}

  public mutating func add(_ other: BoundTally) {
    comparisons += other.comparisons
    nonfinite += other.nonfinite
    subnormal += other.subnormal
    inexact += other.inexact
    bounded += other.bounded
    provedExact += other.provedExact
    closest = max(closest, other.closest)
    failure = failure ?? other.failure
  }

  var labels: Set<String> {
    var labels: Set<String> = []
    if nonfinite > 0 { labels.insert("outputs that are not finite") }
    if subnormal > 0 { labels.insert("subnormal outputs") }
    if inexact > 0 { labels.insert("outputs that are not exact") }
    if provedExact > 0 { labels.insert("outputs proved exact") }
    return labels
  }
}

/// An exact output, prepared for being compared with many floats.
struct TrueOutput {
  let exact: Rational

  /// The nearest float, and how far the exact number is beyond it: `rest` is that distance, rounded.
  private let nearest: Double
  private let rest: Double
  private let isFloat: Bool

  init(_ exact: Rational) {
    self.exact = exact
    nearest = Double(nearest: exact)
    guard let rounded = Rational(exactly: nearest) else {
      (rest, isFloat) = (.nan, false)
      return
    }
    isFloat = rounded == exact
    rest = isFloat ? 0 : Double(nearest: exact - rounded)
  }

  /// |float − exact|, as far as floats can tell without losing anything: nil if they cannot.
  /// `isExact`: it is exactly this; otherwise it is at most this.
  func distance(to float: Double) -> (most: Double, isExact: Bool)? {
    let difference = float - nearest
    let part = difference - float
    let lost = (float - (difference - part)) + (-nearest - part)
    guard lost == 0, difference.magnitude < .infinity, rest.magnitude < .infinity else {
      return nil
    }
    if isFloat { return (difference.magnitude, true) }
    let most = (difference - rest).magnitude
    guard most > 0x1p-900, rest.magnitude > 0x1p-900 else { return nil }
    return (most * (1 + 0x1p-51) + rest.magnitude * 0x1p-52, false)
  }
}

// MARK: - Comparing

extension BoundTally {
  /// The first output that is another float, if floats are given, or beyond its bound.
  mutating func compare(
    _ found: [BoundedValue], _ exact: [TrueOutput], _ floats: [Double]?, width: Int,
    in format: FloatFormat
  ) -> (kind: String, place: String)? {
    let leastNormal = Double(nearest: format.leastNormal)
    for (place, (value, truth)) in zip(found, exact).enumerated() {
      let holds = count(value, truth, leastNormal: leastNormal)
      let isSame = floats.map { value.isSameNumber(as: $0[place]) } ?? true
      if holds, isSame { continue }
      return (
        isSame ? "an error beyond its bound" : "another float",
        "token \(place / width), output \(place % width): float \(value.value), exact "
          + "\(truth.exact), bound \(value.bound)"
      )
    }
    return nil
  }

  /// Whether the bound is right.
  private mutating func count(
    _ value: BoundedValue, _ truth: TrueOutput, leastNormal: Double
  ) -> Bool {
    comparisons += 1
    if value.value != 0, value.value.magnitude < leastNormal { subnormal += 1 }
    if value.bound == 0 { provedExact += 1 }
    guard value.value.isFinite else {
      nonfinite += 1
      return value.bound == .infinity
    }
    let distance = truth.distance(to: value.value)
    if let distance, distance.isExact, distance.most == 0 { return value.bound >= 0 }
    if let distance, distance.isExact || distance.most <= value.bound {
      count(error: distance.most, bound: value.bound)
      return distance.most <= value.bound
    }
    return countExactly(value, truth.exact)
  }

  private mutating func countExactly(_ value: BoundedValue, _ exact: Rational) -> Bool {
    guard let float = Rational(exactly: value.value) else { return false }
    guard float != exact else { return value.bound >= 0 }
    let error = (float - exact).magnitude
    count(error: Double(nearest: error), bound: value.bound)
    guard let bound = Rational(exactly: value.bound) else { return value.bound == .infinity }
    return error <= bound
  }

  private mutating func count(error: Double, bound: Double) {
    inexact += 1
    guard bound < .infinity else { return }
    bounded += 1
    if bound > 0 { closest = max(closest, min(error / bound, 1)) }
  }
}

extension BoundedValue {
  fileprivate func isSameNumber(as float: Double) -> Bool {
    value.isNaN ? float.isNaN : value == float
  }
}
