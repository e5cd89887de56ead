import Certificates
import ExactArithmetic
import PropertyTesting

/// A change of one number of a certificate: a weight, an initial value, a link, a bound.
public struct CertificateChange: Hashable, Sendable {
  let place: UInt64
  public let value: UInt64

  public init(choosing choices: inout Choices) {
    place = choices.number(upTo: 1 << 40)
    value = choices.number(upTo: 1 << 20)
  }

  private static let numbers = [
    "0", "1", "-1", "2", "1/2", "-3/2", "1000000001/1000000000", "-", "3", "-7",
  ]

  /// The certificate with a number, or a missing one, in the place of another; nil if that reads
  /// as none. Takes the next place that is one, from where it points to.
  public func applied(to words: [String]) -> (certificate: Certificate, text: String)? {
    if words.isEmpty { return nil }
    let start = Int(place % UInt64(words.count))
    for offset in 0..<min(words.count, 40) {
      let index = (start + offset) % words.count
      guard words[index] == "-" || (try? Rational(parsing: words[index])) != nil else { continue }
      var changed = words
      changed[index] = Self.number(for: words[index], value)
      guard changed[index] != words[index] else { continue }
      let text = changed.joined(separator: " ")
      if let certificate = try? Certificate(parsing: text) { return (certificate, text) }
    }
    return nil
  }

  private static func number(for word: String, _ value: UInt64) -> String {
    guard value.isMultiple(of: 2), let old = try? Rational(parsing: word) else {
      return numbers[Int(value / 2) % numbers.count]
    }
    let steps: [Rational] = [1, -1, Rational(1, 1_000_000_000), Rational(-1, 3), 10]
    return "\(old + steps[Int(value / 2) % steps.count])"
  }
}

extension Certificate {
  /// Which part of a certificate was changed.
  public func part(changedIn other: Certificate) -> String {
    if source != other.source { return "source" }
    if target != other.target { return "target" }
    if inputBounds != other.inputBounds { return "assumption" }
    if coupling != other.coupling { return "coupling" }
    if links != other.links || sourceLinks != other.sourceLinks { return "link" }
    if reads != other.reads || targetReads != other.targetReads { return "read" }
    return "bound"
  }

  /// Tokens on which the programs have different outputs, if one of 50 random sequences shows some.
  public func differingTokens(seed: UInt64) -> [[Rational]]? {
    var choices = Choices(random: SplitMix64(seed: seed))
    for _ in 0..<50 {
      let tokens = (0..<1 + choices.index(below: 8)).map { _ in
        inputBounds.map { Certificate.token(within: $0, &choices) }
      }
      guard let expected = try? source.run(tokens, bitLimit: 1 << 20),
        let found = try? target.run(tokens, bitLimit: 1 << 20)
      else { continue }
      if expected != found { return tokens }
    }
    return nil
  }

  private static func token(within bounds: Interval, _ choices: inout Choices) -> Rational {
    let part = Rational(choices.index(below: 9), 8)
    switch (bounds.lower, bounds.upper) {
    case (let lower?, let upper?): return lower + (upper - lower) * part
    case (let lower?, nil): return lower + part * Rational(choices.index(below: 20))
    case (nil, let upper?): return upper - part * Rational(choices.index(below: 20))
    case (nil, nil): return part * Rational(choices.index(below: 41) - 20)
    }
  }
}
