import ExactArithmetic

/// A value of a program under construction: a node, its dimension, and what is known of it.
public struct Wire: Sendable {
  public let node: NodeID

  /// A sound enclosure of each coordinate, at every step of every run whose tokens keep to the
  /// declared input ranges.
  public let ranges: [Interval]

  public var dimension: Int { ranges.count }
}

/// Why a program cannot be built: what was asked for, what was expected, what was found.
public struct BuildError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

/// Builds programs node by node, with the operations under the names that the text format gives
/// them. The standard library (`LibraryFunction`) is defined by these operations alone.
public struct ProgramBuilder: Sendable {
  var nodes: [Node] = []
  var made: [Wire] = []
  var origins: [NodeID: Origin] = [:]
  var inputRanges: [Interval] = []
  var inputSteps: [Rational?] = []

  /// Constants to use in the place of what calls of the library say, by the number of the site.
  public var chosenConstants: [Int: Rational] = [:]

  /// Where the library has used a constant that must be large enough.
  public internal(set) var constantSites: [ConstantSite] = []
  var nextSite = 0

  /// What nodes made from now on are said to come from.
  public var origin: Origin?

  /// Programs come from strangers: neither they nor the library may grow without bound.
  public static let largestNodeCount = 200_000
  public static let largestDimension = 20_000

  public init() {}

  /// `range` and `step` are assumptions about each coordinate of each token: where it lies, and
  /// that it is an integer multiple of the step.
  public mutating func Input(
    dim dimension: Int, range: Interval = .everything, step: Rational? = nil
  ) throws(BuildError) -> Wire {
    guard nodes.isEmpty else { throw BuildError("a program has one Input, found a second") }
    guard 1...ProgramBuilder.largestDimension ~= dimension else {
      throw BuildError(
        "expected a dimension from 1 to \(ProgramBuilder.largestDimension), found \(dimension)")
    }
    if let step { try requirePositive(step, "step") }
    inputRanges = Array(repeating: range, count: dimension)
    inputSteps = Array(repeating: step, count: dimension)
    return try append(.input(dimension: dimension), [], ranges: inputRanges)
  }

  /// The program whose output is `wire`. Nodes that do not reach it are dropped; their ids are
  /// returned for a warning.
  public func finish(
    returning wire: Wire
  ) throws(GraphError) -> (program: Program, dropped: [NodeID]) {
    let live = Graph.live(among: nodes, output: wire.node)
    let graph = try Graph(nodes: live, output: wire.node)
    let program = Program(
      graph: graph, origins: origins, inputRanges: inputRanges, inputSteps: inputSteps)
    let dropped = nodes.map(\.id).filter { !graph.contains($0) }
    return (program, dropped)
  }

  public var nodeCount: Int { nodes.count }

  /// The values of the nodes made since there were `count` of them.
  public func wires(from count: Int) -> [Wire] { Array(made[count...]) }

  /// Those of `wires` that no node reads.
  public func unread(among wires: [Wire]) -> [Wire] {
    let read = Set(nodes.flatMap(\.inputs))
    return wires.filter { !read.contains($0.node) }
  }

  /// Adds a node whose `ranges` the caller has derived.
  mutating func append(
    _ operation: Operation, _ inputs: [Wire], ranges: [Interval]
  ) throws(BuildError) -> Wire {
    guard nodes.count < ProgramBuilder.largestNodeCount else {
      throw BuildError("expected at most \(ProgramBuilder.largestNodeCount) nodes")
    }
    guard ranges.count <= ProgramBuilder.largestDimension else {
      throw BuildError(
        "expected a dimension of at most \(ProgramBuilder.largestDimension), found \(ranges.count)")
    }
    let id = NodeID(nodes.count)
    nodes.append(Node(id, operation, reading: inputs.map(\.node)))
    origins[id] = origin
    let wire = Wire(node: id, ranges: ranges.map(\.limited))
    made.append(wire)
    return wire
  }
}
