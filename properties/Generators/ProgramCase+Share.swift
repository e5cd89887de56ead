import ExactArithmetic
import LSRL

extension ProgramCase {
  /// Whether this is one of those, one of `share`, that are looked at more closely, as that takes
  /// longer. Depends on graph and tokens alone: the same case is chosen in every run.
  func isOne(of share: Int) -> Bool {
    if share <= 1 { return true }
    var fingerprint = Sketch()
    for node in program.graph.nodes { fingerprint.add(node) }
    for token in tokens { fingerprint.add(token) }
    return (fingerprint.value >> 32).isMultiple(of: UInt64(share))
  }
}

extension Sketch {
  fileprivate mutating func add(_ numbers: [Rational]) {
    add(numbers.count)
    for number in numbers { add(number.fingerprint) }
  }

  fileprivate mutating func add(_ matrix: Matrix) {
    add(matrix.rowCount)
    for row in matrix.rows {
      add(row.count)
      for entry in row {
        add(entry.column)
        add(entry.value.fingerprint)
      }
    }
  }

  fileprivate mutating func add(_ map: AffineMap) {
    add(map.matrix)
    add(map.offset)
  }

  fileprivate mutating func add(_ node: Node) {
    add(node.inputs.count)
    for input in node.inputs { add(input.number) }
    switch node.operation {
    case .input(let dimension):
      add(1)
      add(dimension)
    case .linear(let map):
      add(2)
      add(map)
    case .slice(let range):
      add(3)
      add(range.lowerBound)
      add(range.count)
    case .relu: add(4)
    case .concat: add(5)
    case .multiply: add(6)
    case .linState(let state):
      add(7)
      add(state.recurrence)
      add(state.input)
      add(state.initial)
    }
  }
}
