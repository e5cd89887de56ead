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

  /// Of what each coordinate of a token is declared to be an integer multiple; nil where nothing is
  /// declared. Assumed and checked like the ranges.
  public let inputSteps: [Rational?]

  public init(
    graph: Graph, origins: [NodeID: Origin] = [:], inputRanges: [Interval]? = nil,
    inputSteps: [Rational?]? = nil
  ) {
    let ranges = inputRanges ?? Array(repeating: .everything, count: graph.inputDimension)
    let steps = inputSteps ?? Array(repeating: nil, count: graph.inputDimension)
    precondition(ranges.count == graph.inputDimension, "\(ranges.count) input ranges")
    precondition(steps.count == graph.inputDimension, "\(steps.count) input steps")
    self.graph = graph
    self.origins = origins
    self.inputRanges = ranges
    self.inputSteps = steps
  }

  /// The first coordinate of `token` that is not as declared: outside of its range, or no multiple
  /// of its step.
  public func undeclared(in token: [Rational]) -> Int? {
    token.indices.first { coordinate in
      let value = token[coordinate]
      let isMultiple = inputSteps[coordinate].map { (value / $0).isInteger } ?? true
      return !inputRanges[coordinate].contains(value) || !isMultiple
    }
  }

  /// What tokens are declared to be at `coordinate`: `a number in the declared range [0, 9]`.
  public func declaration(of coordinate: Int) -> String {
    let range = inputRanges[coordinate]
    let place = range == .everything ? "" : " in the declared range \(range)"
    guard let step = inputSteps[coordinate] else { return "a number\(place)" }
    return step == 1 ? "a whole number\(place)" : "a multiple of \(step)\(place)"
  }

  /// What to call `node` in a message.
  public func name(of node: NodeID) -> String { origins[node]?.description ?? "\(node)" }
}
