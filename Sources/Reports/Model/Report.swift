/// What was found out about something, as one value. JSON, Markdown and HTML are views of it.
///
/// Nothing in it depends on the day or the machine: the same command makes the same report.
public struct Report: Hashable, Sendable {
  /// What the report is about: `ifelse`, `program`, `noise` or `exact`.
  public var kind: String
  public var title: String

  /// A sentence or two for who reads no further.
  public var summary: String

  /// First of all: what was claimed, and what became of it.
  public var verdicts: [Verdict]
  public var sections: [Section]

  /// The program that wrote it, with its version.
  public var producer: String

  public init(
    kind: String, title: String, summary: String = "", verdicts: [Verdict] = [],
    sections: [Section] = [], producer: String = "lsrl-check"
  ) {
    self.kind = kind
    self.title = title
    self.summary = summary
    self.verdicts = verdicts
    self.sections = sections
    self.producer = producer
  }
}

extension Report {
  /// A claim, and what became of it.
  public struct Verdict: Hashable, Sendable {
    public enum Outcome: String, CaseIterable, Sendable {
      case holds, refuted, undecided

      /// A figure without a claim.
      case measured
    }

    public var outcome: Outcome
    public var claim: String

    /// Why, or where; may be empty.
    public var detail: String

    public init(_ outcome: Outcome, _ claim: String, _ detail: String = "") {
      self.outcome = outcome
      self.claim = claim
      self.detail = detail
    }
  }

  public struct Section: Hashable, Sendable {
    public var title: String
    public var blocks: [Block]

    public init(_ title: String, _ blocks: [Block]) {
      self.title = title
      self.blocks = blocks
    }
  }

  public enum Block: Hashable, Sendable {
    /// A paragraph.
    case text(String)
    case figure(Figure)
  }

  /// Something to look at, with what it takes to make it again.
  public struct Figure: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
      case table(Table)
      case plot(Plot)
      case strips(StripPlot)
      case graph(GraphDrawing)
    }

    public var caption: String
    public var content: Content

    /// The command that reproduces the numbers.
    public var command: String

    /// What its random numbers start from; nil if it needs none.
    public var seed: UInt64?

    public init(_ caption: String, _ content: Content, command: String, seed: UInt64? = nil) {
      self.caption = caption
      self.content = content
      self.command = command
      self.seed = seed
    }
  }

  /// All figures, in the order in which they are numbered.
  public var figures: [Figure] {
    sections.flatMap { section in
      section.blocks.compactMap { block in
        if case .figure(let figure) = block { figure } else { nil }
      }
    }
  }
}
