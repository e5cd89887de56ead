import ExactArithmetic

/// The operations of the language, one node each.
extension Evaluator {
  mutating func operation(_ given: Arguments) throws(TextError) -> Wire {
    switch given.call.function {
    case "Input": return try makeInput(given)
    case "Linear": return try makeLinear(given)
    case "Slice": return try makeSlice(given)
    case "Concat": return try makeConcat(given)
    case "LinState": return try makeLinState(given)
    case "ReLU":
      let x = try wire(given[0], "'input' of 'ReLU'")
      return try build(on: [x], at: given.call.position) { builder throws(BuildError) in
        try builder.ReLU(x)
      }
    case "Multi":
      let x = try wire(given[0], "'input' of 'Multi'")
      return try build(on: [x], at: given.call.position) { builder throws(BuildError) in
        try builder.Multi(x)
      }
    case let name: preconditionFailure("'\(name)' has a signature and no meaning")
    }
  }

  private mutating func makeInput(_ given: Arguments) throws(TextError) -> Wire {
    if let first = inputPosition {
      throw error(
        "expected one Input, found a second; the first is at \(first.line):\(first.column)",
        at: given.call.position)
    }
    inputPosition = given.call.position
    let dimension = try count(given[0].value, least: 1, "'dim'", at: given[0].position)
    var range = Interval.everything
    if let argument = given.values[1] {
      let bounds = try numbers(argument.value, "a range [lowest, highest]", at: argument.position)
      guard bounds.count == 2, bounds[0] <= bounds[1] else {
        throw error(
          "expected a range [lowest, highest], found \(argument.value.kind)"
            + (bounds.count == 2 ? " that descends" : ""), at: argument.position)
      }
      range = Interval(bounds[0], bounds[1])
    }
    var step: Rational?
    if let argument = given.values[2] {
      guard case .number(let number) = argument.value, number > 0 else {
        throw error(
          "expected a positive number for 'step', found \(argument.value.kind)",
          at: argument.position)
      }
      step = number
    }
    return try build(on: [], at: given.call.position) { builder throws(BuildError) in
      try builder.Input(dim: dimension, range: range, step: step)
    }
  }

  private mutating func makeLinear(_ given: Arguments) throws(TextError) -> Wire {
    let x = try wire(given[0], "'input' of 'Linear'")
    let matrix = try matrix(given[1].value, at: given[1].position)
    try expect(matrix, columns: x.dimension, "A", at: given[1].position)
    guard matrix.rowCount > 0 else {
      throw error("expected a matrix with rows, found none", at: given[1].position)
    }
    let offset = try elements(given.values[2], "b", count: matrix.rowCount)
    return try build(on: [x], of: matrix, at: given.call.position) { builder throws(BuildError) in
      try builder.Linear(x, A: matrix, b: offset)
    }
  }

  private mutating func makeSlice(_ given: Arguments) throws(TextError) -> Wire {
    let x = try wire(given[0], "'input' of 'Slice'")
    let start = try count(given[1].value, least: 0, "'start'", at: given[1].position)
    let stop = try count(given[2].value, least: 0, "'stop'", at: given[2].position)
    guard start < stop else {
      throw error(
        "expected a slice within 0:\(x.dimension), found \(start):\(stop)", at: given.call.position)
    }
    return try build(on: [x], at: given.call.position) { builder throws(BuildError) in
      try builder.Slice(x, start..<stop)
    }
  }

  private mutating func makeConcat(_ given: Arguments) throws(TextError) -> Wire {
    let argument = given[0]
    guard case .list(let elements) = argument.value else {
      throw error(
        "expected a list of vectors for 'Concat', found \(argument.value.kind)",
        at: argument.position)
    }
    guard !elements.isEmpty else {
      throw error("expected vectors to concatenate, found an empty list", at: argument.position)
    }
    try charge(elements.count, at: argument.position)
    var wires: [Wire] = []
    for (index, element) in elements.enumerated() {
      let argument = TextArgument(value: element, position: argument.position)
      wires.append(try wire(argument, "element \(index) of 'Concat'"))
    }
    let inputs = wires
    return try build(on: inputs, at: given.call.position) { builder throws(BuildError) in
      try builder.Concat(inputs)
    }
  }

  private mutating func makeLinState(_ given: Arguments) throws(TextError) -> Wire {
    let x = try wire(given[0], "'input' of 'LinState'")
    let recurrence = try matrix(given[1].value, at: given[1].position)
    let input = try matrix(given[2].value, at: given[2].position)
    let size = recurrence.rowCount
    guard size > 0, recurrence.columnCount == size else {
      throw error(
        "expected a square A, found \(size)×\(recurrence.columnCount)", at: given[1].position)
    }
    try expect(input, columns: x.dimension, "B", at: given[2].position)
    guard input.rowCount == size else {
      throw error(
        "expected \(size) rows in B, as in A, found \(input.rowCount)", at: given[2].position)
    }
    let offset = try elements(given.values[3], "b", count: size)
    let initial = try elements(given.values[4], "init_state", count: size)
    // Its range is found by iterating, at about four times the cost of what is counted elsewhere.
    let round = size + recurrence.nonzeroCount
    let iterating = min(round * (size + 2), 2 * max(round, LinState.rangeWork))
    try charge(4 * iterating + recurrence.work, at: given.call.position)
    return try build(on: [x], of: input, at: given.call.position) { builder throws(BuildError) in
      try builder.LinState(x, A: recurrence, B: input, b: offset, init_state: initial)
    }
  }

  private mutating func elements(
    _ argument: TextArgument?, _ name: String, count: Int
  ) throws(TextError) -> [Rational]? {
    guard let argument else { return nil }
    let numbers = try numbers(
      argument.value, "a list or a column of numbers for '\(name)'", at: argument.position)
    guard numbers.count == count else {
      throw error(
        "expected \(count) elements in \(name), found \(numbers.count)", at: argument.position)
    }
    return numbers
  }

  /// The builder says so too; here the place is the argument.
  private func expect(
    _ matrix: Matrix, columns: Int, _ name: String, at position: TextPosition
  ) throws(TextError) {
    guard matrix.columnCount != columns else { return }
    throw error(
      "expected \(columns) columns in \(name), found \(matrix.columnCount)", at: position)
  }
}
