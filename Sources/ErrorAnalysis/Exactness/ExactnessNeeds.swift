import ExactArithmetic

/// What a format must offer so that no number of a run is rounded.
///
/// A set of multiples of 2^g whose largest magnitude is k 2^g needs the least p with k ≤ 2^p as its
/// precision, a smallest subnormal number of at most 2^g, and room for k 2^g below overflow.
public struct ExactnessNeeds: Hashable, Sendable {
  /// A need, and the first place that has it.
  public struct Peak: Hashable, Sendable {
    public let value: Int
    public let place: ExactnessPlace
    public let numbers: GridValue
  }

  /// Bits of significand, each more than those before.
  public private(set) var precisions: [Peak] = []

  /// The e for which multiples of 2^e must be numbers, each less than those before.
  public private(set) var spacings: [Peak] = []

  /// The e for which numbers of 2^e and more, below 2^(e+1), occur; each more than those before.
  public private(set) var magnitudes: [Peak] = []

  /// The first numbers that no binary format can have: not multiples of a power of two.
  public private(set) var obstacle: ExactnessFailure?

  init() {}

  mutating func note(_ numbers: GridValue, at place: @autoclosure () -> ExactnessPlace) {
    guard let spacing = numbers.spacing, spacing.isDyadic else {
      if obstacle == nil {
        obstacle = ExactnessFailure(reason: .notDyadic, place: place(), numbers: numbers)
      }
      return
    }
    guard spacing != 0 else { return }
    let exponent = spacing.twoAdicValuation
    let magnitude = numbers.magnitude
    let top = magnitude.dyadicBinade
    let isPower = magnitude.twoAdicValuation == top
    let precision = max(1, top + (isPower ? 0 : 1) - exponent)
    func peak(_ value: Int) -> Peak { Peak(value: value, place: place(), numbers: numbers) }
    if precisions.last.map({ $0.value < precision }) ?? true { precisions.append(peak(precision)) }
    if spacings.last.map({ $0.value > exponent }) ?? true { spacings.append(peak(exponent)) }
    if magnitudes.last.map({ $0.value < top }) ?? true { magnitudes.append(peak(top)) }
  }

  /// The precision that is enough; nil if none is.
  public var precision: Int? { obstacle == nil ? precisions.last?.value ?? 1 : nil }

  /// The first place at which a number may not be one of the format; nil if there is none.
  public func failure(in format: FloatFormat) -> ExactnessFailure? {
    if let obstacle { return obstacle }
    if let peak = precisions.first(where: { $0.value > format.precision }) {
      return ExactnessFailure(
        reason: .precision(needed: peak.value), place: peak.place, numbers: peak.numbers)
    }
    if let peak = magnitudes.first(where: { $0.value > format.maximumExponent }) {
      return ExactnessFailure(
        reason: .overflow(exponent: peak.value), place: peak.place, numbers: peak.numbers)
    }
    if let peak = spacings.first(where: { $0.value < format.minimumExponent }) {
      return ExactnessFailure(
        reason: .underflow(exponent: peak.value), place: peak.place, numbers: peak.numbers)
    }
    return nil
  }
}

/// Why exactness in a format could not be shown, and by which number first.
public struct ExactnessFailure: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// The numbers are not known to be multiples of a power of two.
    case notDyadic
    case precision(needed: Int)
    case overflow(exponent: Int)
    case underflow(exponent: Int)
  }

  public let reason: Reason
  public let place: ExactnessPlace
  public let numbers: GridValue
}

extension ExactnessFailure: CustomStringConvertible {
  public var description: String {
    let need =
      switch reason {
      case .notDyadic:
        numbers.point == nil ? "has no known dyadic grid" : "is not a multiple of a power of two"
      case .precision(let needed): "may need \(needed) bits"
      case .overflow(let exponent): "may reach 2^\(exponent)"
      case .underflow(let exponent): "may be as small as 2^\(exponent)"
      }
    return "\(place) \(need) (\(numbers))"
  }
}
