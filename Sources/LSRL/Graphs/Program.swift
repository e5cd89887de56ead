import ExactArithmetic

/// A place in a text, for messages. Lines and columns count from 1; columns count characters.
public struct SourcePlace: Hashable, Sendable, CustomStringConvertible {
  public let file: String
  public let line: Int
  public let column: Int

  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// `gru.lsrl:12:7`
  public var description: String { "\(file):\(line):\(column)" }
}

/// Where a node comes from, for messages.
public struct Origin: Hashable, Sendable, CustomStringConvertible {
  /// What the author called it, such as `ctr1s`, or the library function that made it.
  public let name: String?
  public let place: SourcePlace?

  public init(name: String?, place: SourcePlace?) {
    self.name = name
    self.place = place
  }

  /// `'ctr1s' (majority.lsrl:6:3)`
  public var description: String {
    let quoted = name.map { "'\($0)'" } ?? "a node"
    return place.map { "\(quoted) (\($0))" } ?? quoted
  }
}

/// A program as its author sees it: the graph, and what the graph alone does not say.
public struct Program: Sendable {
  public let graph: Graph

  /// The author's names and places. Nodes made by nobody in particular have none.
  public let origins: [NodeID: Origin]

  /// What each coordinate of a token is declared to be: an assumption, checked on every token at
  /// run time. `.everything` where nothing is declared.
  public let inputRanges: [Interval]

  public init(graph: Graph, origins: [NodeID: Origin] = [:], inputRanges: [Interval]? = nil) {
    let ranges = inputRanges ?? Array(repeating: .everything, count: graph.inputDimension)
    precondition(ranges.count == graph.inputDimension, "\(ranges.count) input ranges")
    self.graph = graph
    self.origins = origins
    self.inputRanges = ranges
  }

  /// The first coordinate of `token` that is outside of its declared range.
  public func undeclared(in token: [Rational]) -> Int? {
    zip(token, inputRanges).enumerated().first { !$0.element.1.contains($0.element.0) }?.offset
  }

  /// What to call `node` in a message.
  public func name(of node: NodeID) -> String { origins[node]?.description ?? "\(node)" }
}
