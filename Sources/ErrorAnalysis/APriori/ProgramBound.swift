import ExactArithmetic

/// What the tokens of a run may be: for each coordinate the numbers from one bound to another.
public struct InputBox: Hashable, Sendable {
  /// Which numbers between the bounds occur.
  public enum Numbers: Hashable, Sendable {
    /// All; the float program reads them rounded once.
    case reals

    /// Those of the format: read as they are.
    case floats

    /// The multiples of a power of two.
    case multiples(ofPowerOfTwo: Int)
  }

  public struct Coordinate: Hashable, Sendable {
    public let low: Rational
    public let high: Rational
    public let numbers: Numbers

    /// Precondition: `low` ≤ `high`.
    public init(_ low: Rational, _ high: Rational, _ numbers: Numbers = .reals) {
      precondition(low <= high, "from \(low) to \(high) there is nothing")
      self.low = low
      self.high = high
      self.numbers = numbers
    }
  }

  public let coordinates: [Coordinate]

  public init(_ coordinates: [Coordinate]) { self.coordinates = coordinates }
}

extension InputBox.Coordinate {
  /// What is known of the coordinate in a format; `.unknown` if it may overflow, nil if the
  /// numbers asked for are none.
  func enclosure(_ rounding: FormatRounding) -> Enclosure? {
    switch numbers {
    case .reals:
      let exact = Span(low: Directed.down(low), high: Directed.up(high))
      let float = Span(low: rounding.nearest(low).value, high: rounding.nearest(high).value)
      guard float.low.isFinite, float.high.isFinite else { return .unknown }
      let isPoint = low == high
      return Enclosure(
        exact: exact, float: float,
        error: isPoint
          ? rounding.nearest(low).error : rounding.halfPlace(upTo: exact.largestMagnitude),
        grid: rounding.grid(from: float.leastMagnitude))
    case .floats:
      let span = Span(
        low: rounding.up(Directed.up(low)), high: rounding.down(Directed.down(high)))
      guard !span.isEmpty else { return nil }
      return .floats(
        from: span.low, to: span.high, grid: rounding.grid(from: span.leastMagnitude))
    case .multiples(let exponent):
      let unit = Rational.powerOfTwo(exponent)
      let first = -(-low / unit).floor * unit
      let last = (high / unit).floor * unit
      guard first <= last else { return nil }
      let ends = [rounding.nearest(first), rounding.nearest(last)]
      let limit = Rational.powerOfTwo(exponent + rounding.precision)
      guard exponent >= rounding.minimumExponent, max(-first, last) <= limit,
        ends.allSatisfy(\.value.isFinite)
      else { return InputBox.Coordinate(first, last).enclosure(rounding) }
      return .floats(from: ends[0].value, to: ends[1].value, grid: exponent)
    }
  }
}

/// What is proved about the outputs of a program on all sequences of tokens in a box.
public struct ProgramBound: Sendable {
  /// What is proved about one coordinate of an output.
  public struct Output: Hashable, Sendable {
    /// ≥ |float − exact|; infinite if the float may be infinite or no number.
    public let error: Double

    /// The exact value lies between these two.
    public let low: Double
    public let high: Double
  }

  /// Why there is no bound.
  public enum Gap: Hashable, Sendable {
    /// A value may overflow, or grow beyond what is worth following; the first token at which an
    /// output is touched by that.
    case unbounded(token: Int)

    /// No token lies in the box.
    case emptyBox

    /// The analysis finds that no input lies in a box that has some: a rule of it is wrong.
    case contradiction
  }

  /// By token, then by coordinate; for each token analysed.
  public let outputs: [[Output]]

  /// Holds for every token of every sequence, however long: states stay in boxes that the program
  /// maps into themselves. Nil if none were found.
  public let invariant: [Output]?
  public let gap: Gap?

  /// The largest of the errors.
  public var error: Double { outputs.joined().map(\.error).max() ?? 0 }
}
