import ExactArithmetic

/// How far a judge may go before it leaves a certificate undecided. Certificates come from anywhere,
/// and short ones can ask for astronomically large forms.
public struct CheckLimits: Hashable, Sendable {
  /// Terms of all forms together that are kept, a term of a long number counting as several.
  public var storedTerms: Int

  /// Terms that are looked at.
  public var work: Int

  /// Bits of one number.
  public var coefficientBits: Int

  public init(
    storedTerms: Int = 1 << 24, work: Int = 1 << 26, coefficientBits: Int = 1 << 16
  ) {
    self.storedTerms = storedTerms
    self.work = work
    self.coefficientBits = coefficientBits
  }

  public static let standard = CheckLimits()
}

/// The limit that a judge met.
public enum MetLimit: Error, Hashable, Sendable {
  case storedTerms(Int)
  case work(Int)
  case coefficientBits(Int)
}

extension MetLimit: CustomStringConvertible {
  public var description: String {
    switch self {
    case .storedTerms(let limit): "the forms of one step have more than \(limit) terms"
    case .work(let limit): "one step takes more than \(limit) operations on terms"
    case .coefficientBits(let limit): "a number takes more than \(limit) bits"
    }
  }
}

/// What has been spent.
struct Expenses {
  private let limits: CheckLimits
  private var stored = 0
  private var work = 0

  init(within limits: CheckLimits) { self.limits = limits }

  mutating func work(_ count: Int) throws(MetLimit) {
    work = min(work, Int.max - count) + count
    guard work <= limits.work else { throw .work(limits.work) }
  }

  mutating func store(_ count: Int) throws(MetLimit) {
    stored = min(stored, Int.max - count) + count
    guard stored <= limits.storedTerms else { throw .storedTerms(limits.storedTerms) }
  }

  /// Refuses numbers that are too long.
  func require(_ number: Rational?) throws(MetLimit) {
    guard let number, number.bitCount > limits.coefficientBits else { return }
    throw .coefficientBits(limits.coefficientBits)
  }

  /// Accounts for a form that was made.
  mutating func store(_ form: Form) throws(MetLimit) {
    var words = form.count
    for term in form.terms {
      try require(term.coefficient)
      words += term.coefficient.bitCount / 128
    }
    try store(words)
    try work(words)
  }
}
