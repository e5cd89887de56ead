import ExactJSON

/// One line of a bench: what was measured, beside what, and whether that is what was promised.
public struct Row: Sendable {
  /// What is measured, such as "exact, recurrence".
  public let subject: String

  /// Widths, tokens, non-zeros, bits: a figure without its sizes says nothing.
  public let sizes: String
  public let figure: Figure
  public let unit: String

  /// The same job by others in the same run.
  public let peers: [Peer]

  /// Nil: for information.
  public let goal: Goal?

  public struct Peer: Sendable {
    public let name: String
    public let figure: Figure

    public init(_ name: String, _ figure: Figure) {
      self.name = name
      self.figure = figure
    }
  }

  /// What a row is compared with.
  public struct Goal: Sendable {
    public enum Kind: Sendable {
      /// Our median over the best median of these peers.
      case timesFaster([String])

      /// Our median over the least of these peers', not more.
      case notAbove([String])

      /// The median itself, not less.
      case atLeast

      /// The median itself, not more.
      case atMost
    }

    public let kind: Kind
    public let floor: Double

    /// Nil where there is only one number.
    public let aim: Double?

    public init(_ kind: Kind, floor: Double, aim: Double? = nil) {
      self.kind = kind
      self.floor = floor
      self.aim = aim
    }
  }

  public enum Verdict: String, Sendable {
    case aim = "aim reached"
    case floor = "floor reached"
    case below = "BELOW THE FLOOR"

    /// A peer is not installed.
    case notCompared = "not compared"
    case information = ""
  }

  public init(
    _ subject: String, sizes: String, _ figure: Figure, unit: String, peers: [Peer] = [],
    goal: Goal? = nil
  ) {
    self.subject = subject
    self.sizes = sizes
    self.figure = figure
    self.unit = unit
    self.peers = peers
    self.goal = goal
  }
}

extension Row {
  /// What the goal speaks about: a ratio, or the median. Nil if a peer is missing.
  public var achieved: Double? {
    guard let goal else { return nil }
    switch goal.kind {
    case .atLeast, .atMost: return figure.median
    case .timesFaster(let names): return medians(of: names)?.max().map { figure.median / $0 }
    case .notAbove(let names):
      return medians(of: names)?.min().map { figure.median == $0 ? 1 : figure.median / $0 }
    }
  }

  /// Nil if one of them is missing.
  private func medians(of names: [String]) -> [Double]? {
    let found = peers.filter { names.contains($0.name) }
    return found.count == names.count ? found.map(\.figure.median) : nil
  }

  public var verdict: Verdict {
    guard let goal else { return .information }
    guard let achieved else { return .notCompared }
    func reaches(_ bound: Double) -> Bool {
      switch goal.kind {
      case .atMost, .notAbove: return achieved <= bound
      case .atLeast, .timesFaster: return achieved >= bound
      }
    }
    if let aim = goal.aim, reaches(aim) { return .aim }
    guard reaches(goal.floor) else { return .below }
    return goal.aim == nil ? .aim : .floor
  }

  /// Two or three lines.
  public var text: String {
    var lines = ["\(subject)  [\(sizes)]", "    ours  \(figure.text) \(unit)"]
    for peer in peers { lines.append("    \(peer.name)  \(peer.figure.text) \(unit)") }
    if let goal {
      var line = "    "
      switch goal.kind {
      case .timesFaster(let names), .notAbove(let names):
        line += achieved.map { "\($0.shortText) x" } ?? "?"
        line += " \(names.joined(separator: " and "))"
      case .atLeast: line += "at least"
      case .atMost: line += "at most"
      }
      line += "  floor \(goal.floor.shortText)"
      if let aim = goal.aim { line += ", aim \(aim.shortText)" }
      lines.append(line + ": \(verdict.rawValue)")
    }
    return lines.joined(separator: "\n")
  }

  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("subject", .string(subject)), .init("sizes", .string(sizes)),
      .init("unit", .string(unit)), .init("ours", figure.json),
      .init(
        "peers", .array(peers.map { ["name": .string($0.name), "figure": $0.figure.json] })),
    ]
    if let goal {
      members += [
        .init("floor", .number("\(goal.floor)")),
        .init("aim", goal.aim.map { .number("\($0)") } ?? .null),
        .init("achieved", achieved.map { .number("\($0)") } ?? .null),
        .init("verdict", .string(verdict.rawValue)),
      ]
    }
    return .object(members)
  }
}

extension Figure {
  /// Median, then the least and the greatest.
  public var text: String { "\(median.shortText) (\(low.shortText) to \(high.shortText))" }

  var json: JSONValue {
    [
      "median": .number("\(median)"), "low": .number("\(low)"), "high": .number("\(high)"),
      "samples": JSONValue(samples.count),
    ]
  }
}

extension Double {
  /// Three significant digits, without an exponent where that is readable.
  public var shortText: String {
    guard isFinite, self != 0 else { return "\(self)" }
    if magnitude < 1e-6 {
      var (digits, exponent) = (self, 0)
      while digits.magnitude < 1 { (digits, exponent) = (digits * 10, exponent - 1) }
      return "\((digits * 100).rounded() / 100)e\(exponent)"
    }
    var scale = 1.0
    while (magnitude * scale).rounded() < 100 && scale < 1e12 { scale *= 10 }
    let rounded = (self * scale).rounded() / scale
    return rounded == rounded.rounded() && rounded.magnitude < 1e15
      ? "\(Int(rounded))" : "\(rounded)"
  }
}
