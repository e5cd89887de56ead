import ExactArithmetic
import ExactJSON

extension CorpusCase {
  /// The case in the form that `init(parsing:)` reads.
  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(name)),
      .init("nodes", .array(program.graph.nodes.map { $0.json(Declarations(of: program)) })),
      .init("output", .string("\(program.graph.output)")),
      .init("inputs", .array(tokens.map(JSONValue.init(vector:)))),
    ]
    if let outputs {
      members.append(.init("outputs", .array(outputs.map(JSONValue.init(vector:)))))
    }
    return .object(members)
  }
}

extension JSONValue {
  public init(vector: [Rational]) { self = .array(vector.map { JSONValue($0) }) }

  fileprivate init(matrix: Matrix) {
    self = .array(
      matrix.rows.map { row in
        var dense = [JSONValue](repeating: "0", count: matrix.columnCount)
        for entry in row { dense[entry.column] = JSONValue(entry.value) }
        return .array(dense)
      })
  }
}

extension Node {
  /// `declarations`: of the input.
  fileprivate func json(_ declarations: Declarations) -> JSONValue {
    var members: [JSONValue.Member] = [.init("id", .string("\(id)"))]
    switch operation {
    case .input(let dimension):
      members += [.init("type", "Input"), .init("dim", JSONValue(dimension))]
      members += declarations.members
    case .linear(let map):
      members += [
        .init("type", "Linear"), .init("A", JSONValue(matrix: map.matrix)),
        .init("b", JSONValue(vector: map.offset)),
      ]
    case .slice(let range):
      members += [
        .init("type", "Slice"), .init("start", JSONValue(range.lowerBound)),
        .init("end", JSONValue(range.upperBound)),
      ]
    case .relu: members.append(.init("type", "ReLU"))
    case .concat: members.append(.init("type", "Concat"))
    case .multiply: members.append(.init("type", "Multiplicative"))
    case .linState(let state):
      members += [
        .init("type", "LinState"), .init("A", JSONValue(matrix: state.recurrence)),
        .init("B", JSONValue(matrix: state.input.matrix)),
        .init("bias", JSONValue(vector: state.input.offset)),
        .init("init", JSONValue(vector: state.initial)),
      ]
    }
    if !inputs.isEmpty {
      members.append(.init("inputs", .array(inputs.map { .string("\($0)") })))
    }
    return .object(members)
  }
}
