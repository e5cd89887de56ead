/// The authors' own results: lines of "row, variant, level, figure" under a heading.
public struct NoiseReference: Sendable {
  /// By variant and level, in the order of the file.
  public let figures: [String: [Double: [Double]]]

  /// Why a text is no such table.
  public struct Failure: Error, CustomStringConvertible {
    /// From 1.
    public let line: Int
    public let found: String

    public var description: String {
      "line \(line): expected a row, a variant, a level and a figure, found '\(found)'"
    }
  }

  public init(parsing text: String) throws(Failure) {
    var figures: [String: [Double: [Double]]] = [:]
    for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() where index > 0 {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      guard cells.count == 4, let level = Double(cells[2]), let figure = Double(cells[3]),
        !level.isNaN, !figure.isNaN
      else { throw Failure(line: index + 1, found: String(line.prefix(80))) }
      figures[String(cells[1]), default: [:]][level, default: []].append(figure)
    }
    self.figures = figures
  }
}

/// How figures spread: quartiles by linear interpolation.
public struct Quartiles: Sendable {
  public let lower: Double
  public let median: Double
  public let upper: Double

  /// Precondition: at least one figure. Figures that are no numbers count as infinite.
  public init(_ figures: [Double]) {
    precondition(!figures.isEmpty, "quartiles of nothing")
    let sorted = figures.map { $0.isNaN ? .infinity : $0 }.sorted()
    func quantile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      let part = place - Double(below)
      // Infinite neighbours must not make a number that is none.
      if part == 0 || sorted[below] == sorted[above] { return sorted[below] }
      return sorted[below] + part * (sorted[above] - sorted[below])
    }
    (lower, median, upper) = (quantile(0.25), quantile(0.5), quantile(0.75))
  }
}
