import ExactArithmetic
import ExactJSON
import LSRL

/// A program of the corpus, which was evaluated exactly elsewhere: `fixtures/corpus/README.md`.
struct RecordedProgram {
  let name: String
  let json: JSONValue
  let inputs: [[Rational]]

  /// Nil: it is no program and must be refused.
  let outputs: [[Rational]]?

  /// Says what part of a record is not as it should be.
  struct Malformed: Error {
    let part: String

    init(_ part: String) { self.part = part }
  }

  init(_ json: JSONValue) throws {
    guard case .string(let name) = json["name"] else { throw Malformed("name") }
    self.name = name
    self.json = json
    inputs = try RecordedProgram.rows(json["inputs"])
    let outputs = json["outputs"] ?? json["expected"]
    self.outputs = outputs == "must be rejected" ? nil : try RecordedProgram.rows(outputs)
  }

  /// The recorded nodes, as far as they reach the output.
  func graph() throws -> Graph {
    guard case .array(let records) = json["nodes"], case .string(let output) = json["output"]
    else { throw Malformed("nodes") }
    var ids: [String: NodeID] = [:]
    var nodes: [Node] = []
    for (number, record) in records.enumerated() {
      guard case .string(let name) = record["id"] else { throw Malformed("id") }
      ids[name] = NodeID(number)
      let inputs = try RecordedProgram.strings(record["inputs"] ?? []).map { name in
        guard let id = ids[name] else { throw Malformed(name) }
        return id
      }
      nodes.append(Node(NodeID(number), try RecordedProgram.operation(record), reading: inputs))
    }
    guard let outputID = ids[output] else { throw Malformed(output) }
    return try Graph(nodes: Graph.live(among: nodes, output: outputID), output: outputID)
  }

  private static func operation(_ record: JSONValue) throws -> Operation {
    switch record["type"] {
    case "Input": return .input(dimension: try whole(record["dim"]))
    case "Linear":
      return .linear(
        AffineMap(try matrix(record["A"]), offset: try numbers(record["b"])))
    case "Slice": return .slice(try whole(record["start"])..<whole(record["end"]))
    case "ReLU": return .relu
    case "Concat": return .concat
    case "Multiplicative": return .multiply
    case "LinState":
      let input = AffineMap(try matrix(record["B"]), offset: try numbers(record["bias"]))
      return .linState(
        LinState(
          recurrence: try matrix(record["A"]), input: input,
          initial: try numbers(record["init"])))
    default: throw Malformed("type")
    }
  }

  // MARK: - Reading

  private static func elements(_ value: JSONValue?) throws -> [JSONValue] {
    guard case .array(let elements) = value else { throw Malformed("array") }
    return elements
  }

  private static func strings(_ value: JSONValue?) throws -> [String] {
    try elements(value).map { element in
      guard case .string(let text) = element else { throw Malformed("string") }
      return text
    }
  }

  private static func numbers(_ value: JSONValue?) throws -> [Rational] {
    try strings(value).map { try Rational(parsing: $0) }
  }

  private static func rows(_ value: JSONValue?) throws -> [[Rational]] {
    try elements(value).map { try numbers($0) }
  }

  private static func matrix(_ value: JSONValue?) throws -> Matrix {
    Matrix(dense: try rows(value))
  }

  private static func whole(_ value: JSONValue?) throws -> Int {
    guard case .number(let text) = value, let whole = Int(text) else { throw Malformed("number") }
    return whole
  }
}
