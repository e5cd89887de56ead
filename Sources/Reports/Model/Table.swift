/// Rows of cells below a heading.
public struct Table: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    public var title: String

    /// Numbers stand at the right.
    public var isNumeric: Bool

    public init(_ title: String, isNumeric: Bool = false) {
      self.title = title
      self.isNumeric = isNumeric
    }

    public static func number(_ title: String) -> Column { Column(title, isNumeric: true) }
  }

  public enum Cell: Hashable, Sendable {
    case text(String)
    case number(Double)
    case integer(Int)
    case verdict(Report.Verdict.Outcome)
    case none
  }

  public var columns: [Column]

  /// Each as long as `columns`.
  public var rows: [[Cell]]

  /// Precondition: each row has a cell for each column.
  public init(_ columns: [Column], rows: [[Cell]]) {
    precondition(rows.allSatisfy { $0.count == columns.count }, "a row of another length")
    self.columns = columns
    self.rows = rows
  }
}

extension Table.Cell: ExpressibleByStringLiteral {
  public init(stringLiteral value: String) { self = .text(value) }

  /// Nothing where there is no number.
  public init(_ number: Double?) { self = number.map { .number($0) } ?? .none }

  /// Four digits; what is not there is a dash.
  var shown: String {
    switch self {
    case .text(let text): text
    case .number(let number): number.shown
    case .integer(let number): "\(number)"
    case .verdict(let outcome): outcome.shown
    case .none: "–"
    }
  }
}

extension Report.Verdict.Outcome {
  /// A sign, so that colour is not needed.
  var sign: String {
    switch self {
    case .holds: "✓"
    case .refuted: "✗"
    case .undecided: "?"
    case .measured: "·"
    }
  }

  var shown: String { "\(sign) \(rawValue)" }
}
