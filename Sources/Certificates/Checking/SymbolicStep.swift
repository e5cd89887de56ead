import ExactArithmetic

/// Values of the nodes of a program, coordinate by coordinate.
typealias Forms = [[Form]]

extension AtomTable {
  /// All nodes of `program`, well formed, in order: for a token and for what it remembers.
  mutating func values(
    of program: CellProgram, reading token: [Form], previous: Forms
  ) throws(MetLimit) -> Forms {
    var values: Forms = []
    values.reserveCapacity(program.nodes.count)
    for (position, node) in program.nodes.enumerated() {
      let value = try value(of: node, at: position, token, values, previous)
      try expenses.store(1 + value.count / 4)
      values.append(value)
    }
    return values
  }

  private mutating func value(
    of node: CellProgram.Node, at position: Int, _ token: [Form], _ values: Forms,
    _ previous: Forms
  ) throws(MetLimit) -> [Form] {
    switch node {
    case .input: return token
    case .linear(let map, let source):
      var forms: [Form] = []
      forms.reserveCapacity(map.outputDimension)
      for row in 0..<map.outputDimension {
        forms.append(
          try affine(map.matrix.row(row), of: values[source], plus: map.offset[row]))
      }
      return forms
    case .relu(let source):
      var forms: [Form] = []
      forms.reserveCapacity(values[source].count)
      for form in values[source] { forms.append(try relu(form)) }
      return forms
    case .state(let recurrence, let input, let source):
      var forms: [Form] = []
      for row in 0..<input.outputDimension {
        forms.append(
          try affine(
            [
              (recurrence.row(row), previous[position]), (input.matrix.row(row), values[source]),
            ],
            plus: input.offset[row]))
      }
      return forms
    case .previous(let source): return previous[source]
    case .concat(let sources):
      try expenses.store(sources.reduce(0) { $0 + values[$1].count })
      return sources.flatMap { values[$0] }
    case .multiply(let source):
      let half = values[source].count / 2
      var forms: [Form] = []
      for place in 0..<half {
        forms.append(try product(values[source][place], values[source][half + place]))
      }
      return forms
    }
  }
}
