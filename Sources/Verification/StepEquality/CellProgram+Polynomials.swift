import Certificates
import ExactArithmetic

extension CellProgram.Node {
  enum Source {
    case now(Int)
    case last(Int)
  }

  func sources(at position: Int) -> [Source] {
    switch self {
    case .input: []
    case .linear(_, let source), .relu(let source), .multiply(let source): [.now(source)]
    case .state(_, _, let source): [.now(source), .last(position)]
    case .previous(let source): [.last(source)]
    case .concat(let sources): sources.map(Source.now)
    }
  }
}

extension SymbolTable {
  mutating func value(
    of node: CellProgram.Node, at position: Int, _ token: [Polynomial],
    _ values: [[Polynomial]], _ previous: [[Polynomial]]
  ) throws(TooLarge) -> [Polynomial] {
    var result: [Polynomial] = []
    switch node {
    case .input: return token
    case .linear(let map, let source):
      for row in 0..<map.outputDimension {
        result.append(
          try affine(map.matrix.row(row), of: values[source], plus: Polynomial(map.offset[row])))
      }
    case .relu(let source):
      for value in values[source] { result.append(try relu(value)) }
    case .state(let recurrence, let input, let source):
      for row in 0..<input.outputDimension {
        let entering = try affine(
          input.matrix.row(row), of: values[source], plus: Polynomial(input.offset[row]))
        result.append(try affine(recurrence.row(row), of: previous[position], plus: entering))
      }
    case .previous(let source): return previous[source]
    case .concat(let sources): return sources.flatMap { values[$0] }
    case .multiply(let source):
      let half = values[source].count / 2
      for place in 0..<half {
        result.append(try product(values[source][place], values[source][half + place]))
      }
    }
    return result
  }
}
