import ExactArithmetic
import ExactJSON

/// A program in JSON, with the inputs and expected outputs that may come with it: one line of a
/// `.jsonl` corpus, or one file.
///
///     {"name": …, "nodes": [{"id": …, "type": …, "inputs": [id, …], …}, …], "output": id,
///      "inputs": [[number, …], …], "outputs": [[number, …], …]}
///
/// Types: Input {dim, ranges, steps}, Linear {A, b}, Slice {start, end}, ReLU, Concat, LinState {A, B, bias,
/// init}, Multiplicative. Numbers are JSON numbers or strings such as "3/2"; both are read exactly.
/// `expected` is accepted for `outputs`. Members that are not named here are ignored.
public struct CorpusCase: Sendable {
  public let name: String
  public let program: Program

  /// Empty if the text has none.
  public let tokens: [[Rational]]

  /// One vector per token; nil if the text has none.
  public let outputs: [[Rational]]?

  public init(name: String, program: Program, tokens: [[Rational]], outputs: [[Rational]]?) {
    self.name = name
    self.program = program
    self.tokens = tokens
    self.outputs = outputs
  }
}

extension CorpusCase {
  public init(parsing json: JSONValue) throws(JSONContentError) {
    let reader = JSONPath(json)
    name = try reader.optional("name")?.string() ?? "program"
    program = try Program(reading: reader)
    tokens = try reader.optional("inputs")?.vectors() ?? []
    let given = try reader.optional("outputs")
    let expected = try reader.optional("expected")
    outputs = try (given ?? expected)?.vectors()
    let dimension = program.graph.inputDimension
    for (index, token) in tokens.enumerated() where token.count != dimension {
      throw JSONContentError(
        path: "inputs[\(index)]", expected: "\(dimension) numbers", found: "\(token.count)")
    }
    if let outputs, outputs.count != tokens.count {
      throw JSONContentError(
        path: "outputs", expected: "\(tokens.count) vectors, one per token",
        found: "\(outputs.count)")
    }
  }
}

extension Program {
  /// Programs come from strangers: no more nodes than this.
  private static let largestNodeCount = ProgramBuilder.largestNodeCount

  fileprivate init(reading reader: JSONPath) throws(JSONContentError) {
    let list = try reader.member("nodes")
    let items = try list.elements()
    guard items.count <= Program.largestNodeCount else {
      throw list.error(expecting: "at most \(Program.largestNodeCount) nodes")
    }
    var ids: [String: NodeID] = [:]
    var origins: [NodeID: Origin] = [:]
    for (index, item) in items.enumerated() {
      let name = try item.member("id")
      guard ids.updateValue(NodeID(index), forKey: try name.string()) == nil else {
        throw name.error(expecting: "an id that is not taken")
      }
      origins[NodeID(index)] = Origin(name: try name.string(), place: nil)
    }
    func node(named name: JSONPath) throws(JSONContentError) -> NodeID {
      guard let id = ids[try name.string()] else { throw name.error(expecting: "the id of a node") }
      return id
    }
    var nodes: [Node] = []
    var declarations: [NodeID: Declarations] = [:]
    for (index, item) in items.enumerated() {
      var inputs: [NodeID] = []
      for name in try item.optional("inputs")?.elements() ?? [] {
        inputs.append(try node(named: name))
      }
      let node = Node(NodeID(index), try item.operation(), reading: inputs)
      if case .input(let dimension) = node.operation {
        declarations[node.id] = try Declarations(reading: item, dimension: dimension)
      }
      nodes.append(node)
    }
    let output = try node(named: reader.member("output"))
    do {
      let graph = try Graph(nodes: Graph.live(among: nodes, output: output), output: output)
      let declared = graph.nodes.first.flatMap { declarations[$0.id] }
      self.init(
        graph: graph, origins: origins, inputRanges: declared?.ranges, inputSteps: declared?.steps)
    } catch {
      throw JSONContentError(
        path: "nodes", expected: "a well-formed program",
        found: error.description(naming: { origins[$0]?.name ?? "\($0)" }))
    }
  }
}

extension JSONPath {
  fileprivate func operation() throws(JSONContentError) -> Operation {
    let type = try member("type")
    switch try type.string() {
    case "Input":
      let dimension = try member("dim")
      let size = try dimension.integer()
      guard 1...ProgramBuilder.largestDimension ~= size else {
        throw dimension.error(
          expecting: "a dimension from 1 to \(ProgramBuilder.largestDimension)")
      }
      return .input(dimension: size)
    case "Linear": return .linear(try affineMap("A", "b"))
    case "Slice":
      let start = try member("start").integer()
      let end = try member("end").integer()
      guard 0 <= start, start < end else {
        throw error(expecting: "0 ≤ start < end", found: "\(start) and \(end)")
      }
      return .slice(start..<end)
    case "ReLU": return .relu
    case "Concat": return .concat
    case "Multiplicative", "Multi": return .multiply
    case "LinState":
      let recurrence = try member("A").matrix()
      let input = try affineMap("B", "bias")
      let initial = try member("init").vector()
      let size = initial.count
      guard recurrence.rowCount == size, recurrence.columnCount == size,
        input.outputDimension == size
      else {
        throw error(
          expecting: "A of \(size)×\(size), B and bias of \(size) rows, as init has \(size)",
          found: "A of \(recurrence.rowCount)×\(recurrence.columnCount), "
            + "B of \(input.outputDimension) rows")
      }
      return .linState(LinState(recurrence: recurrence, input: input, initial: initial))
    default: throw type.error(expecting: "a type of node")
    }
  }

  private func affineMap(_ matrix: String, _ offset: String) throws(JSONContentError) -> AffineMap {
    let matrix = try member(matrix).matrix()
    let vector = try member(offset).vector()
    guard vector.count == matrix.rowCount else {
      throw error(
        expecting: "\(matrix.rowCount) elements in \(offset)", found: "\(vector.count)")
    }
    return AffineMap(matrix, offset: vector)
  }
}
