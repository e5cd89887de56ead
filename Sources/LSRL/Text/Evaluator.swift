import ExactArithmetic

/// Turns a parsed program into nodes, statement by statement.
struct Evaluator {
  let source: SourceText
  let library: [String: LibraryFunction]
  var builder = ProgramBuilder()
  private(set) var parameters: [ProgramText.Parameter] = []

  /// Where the Input is, once there is one.
  var inputPosition: TextPosition?

  /// Whether `ForEach:` has been reached: before it there are only constants.
  private(set) var isInsideForEach = false

  /// Which nodes have got a name by their author.
  private(set) var authored: Set<NodeID> = []
  private var bindings: [String: Binding] = [:]
  private var workLeft = TextLimits.work

  private struct Binding {
    let value: TextValue
    let position: TextPosition
  }

  init(_ source: SourceText, library: [LibraryFunction]) {
    self.source = source
    self.library = Dictionary(library.map { ($0.id, $0) }) { first, _ in first }
  }

  mutating func run(
    _ program: ProgramSyntax, setting overrides: [String: ParameterValue]
  ) throws(TextError) -> Wire {
    for parameter in program.parameters { try declare(parameter, overrides[parameter.name]) }
    let declared = parameters.map(\.name)
    for name in overrides.keys.sorted() where !declared.contains(name) {
      let known =
        declared.isEmpty ? "no setting, as there is no parameter" : oneOf(declared, "parameter")
      throw error("expected \(known), found a setting of '\(name)'", at: program.forEach)
    }
    isInsideForEach = true
    for statement in program.statements { try assign(statement) }
    let value = try evaluate(program.output)
    guard case .wire(let output) = value else {
      throw error(
        "expected a vector of the program to return, found \(value.kind)",
        at: program.output.position)
    }
    return output
  }

  private mutating func declare(
    _ parameter: AssignmentSyntax, _ setting: ParameterValue?
  ) throws(TextError) {
    let declared = try evaluate(parameter.value)
    var value = declared
    switch (declared, setting) {
    case (_, nil): break
    case (.number, .number(let number)): value = .number(number)
    case (.word, .word(let word)): value = .word(word)
    case (_, let setting?):
      throw error(
        "expected \(declared.settable) for '\(parameter.name)', found the setting \(setting)",
        at: parameter.position)
    }
    try bind(parameter.name, to: value, at: parameter.position)
    parameters.append(
      ProgramText.Parameter(
        name: parameter.name, value: value.setting, isSet: setting != nil,
        place: source.place(parameter.position)))
  }

  private mutating func assign(_ statement: AssignmentSyntax) throws(TextError) {
    let firstNew = builder.nodes.count
    let value = try evaluate(statement.value)
    try bind(statement.name, to: value, at: statement.position)
    guard builder.nodes.count > firstNew else { return }
    try name(value, at: statement.position, from: firstNew) { statement.name }
  }

  /// Gives the nodes that a statement has made, and that are its value, the author's name.
  private mutating func name(
    _ value: TextValue, at position: TextPosition, from firstNew: Int, _ name: () -> String
  ) throws(TextError) {
    try charge(1, at: position)
    switch value {
    case .wire(let wire):
      guard wire.node.number >= firstNew, authored.insert(wire.node).inserted else { return }
      builder.origins[wire.node] = Origin(name: name(), place: source.place(position))
    case .list(let elements):
      for (index, element) in elements.enumerated() {
        try self.name(element, at: position, from: firstNew) { "\(name())[\(index)]" }
      }
    case .number, .word, .matrix: break
    }
  }
}

// MARK: - Names

extension Evaluator {
  private mutating func bind(
    _ name: String, to value: TextValue, at position: TextPosition
  ) throws(TextError) {
    if let first = bindings[name] {
      throw error(
        "expected a new name, found '\(name)', which is defined at "
          + "\(first.position.line):\(first.position.column)", at: position)
    }
    bindings[name] = Binding(value: value, position: position)
  }

  private func lookUp(_ name: String, at position: TextPosition) throws(TextError) -> TextValue {
    if let binding = bindings[name] { return binding.value }
    if functionNames.contains(name) {
      throw error("expected a value, found the function '\(name)' without '(…)'", at: position)
    }
    let suggestion = nearest(to: name, among: Array(bindings.keys))
    throw error("expected a name that is defined, found '\(name)'\(suggestion)", at: position)
  }

  /// Calls `body` for each value of the loops' variables, the last loop the fastest.
  mutating func evaluateComprehension(
    _ element: Expression, _ loops: ArraySlice<Expression.Loop>, into elements: inout [TextValue]
  ) throws(TextError) {
    guard let loop = loops.first else {
      elements.append(try evaluate(element))
      try checkLength(elements.count, at: element.position)
      return
    }
    let value = try evaluate(loop.values)
    guard case .list(let values) = value else {
      throw error(
        "expected a list such as range(n) to loop over, found \(value.kind)",
        at: loop.values.position)
    }
    for value in values {
      try charge(1, at: loop.position)
      try bind(loop.variable, to: value, at: loop.position)
      defer { bindings[loop.variable] = nil }
      try evaluateComprehension(element, loops.dropFirst(), into: &elements)
    }
  }
}

// MARK: - Expressions

extension Evaluator {
  mutating func evaluate(_ expression: Expression) throws(TextError) -> TextValue {
    try charge(1, at: expression.position)
    switch expression {
    case .number(let value, let position):
      try charge(value.bitCount / 64, at: position)
      return .number(value)
    case .word(let word, _): return .word(word)
    case .name(let name, let position): return try lookUp(name, at: position)
    case .list(let elements, _): return .list(try evaluate(elements))
    case .comprehension(let element, let loops, _):
      var elements: [TextValue] = []
      try evaluateComprehension(element, loops[...], into: &elements)
      return .list(elements)
    case .call(let call): return try evaluate(call)
    case .subscripted(let base, let subscripts):
      var value = try evaluate(base)
      for bracket in subscripts { value = try select(bracket, from: value) }
      return value
    case .negated(let operand, let position):
      return try negate(try evaluate(operand), at: position)
    case .chain(let first, let steps):
      var value = try evaluate(first)
      for step in steps { value = try apply(step, to: value) }
      return value
    }
  }

  private mutating func evaluate(_ expressions: [Expression]) throws(TextError) -> [TextValue] {
    var values: [TextValue] = []
    values.reserveCapacity(expressions.count)
    for expression in expressions { values.append(try evaluate(expression)) }
    return values
  }
}

// MARK: - Errors and limits

extension Evaluator {
  func error(_ message: String, at position: TextPosition) -> TextError {
    source.error(message, at: position)
  }

  /// Takes `amount` off what the program may still cost.
  mutating func charge(_ amount: Int, at position: TextPosition) throws(TextError) {
    workLeft -= amount
    guard workLeft < 0 else { return }
    throw error(
      "expected a program that takes at most \(TextLimits.work) steps to read, found a longer one",
      at: position)
  }

  func checkLength(_ count: Int, at position: TextPosition) throws(TextError) {
    guard count <= TextLimits.listElements else {
      throw error(
        "expected a list of at most \(TextLimits.listElements) elements, found a longer one",
        at: position)
    }
  }

  /// `one of the parameters mu, n`
  func oneOf(_ names: [String], _ what: String) -> String {
    names.count == 1
      ? "the \(what) \(names[0])" : "one of the \(what)s \(names.joined(separator: ", "))"
  }

  /// `; did you mean 'ctr1s'?`, or nothing if no name is near.
  func nearest(to name: String, among names: [String]) -> String {
    let length = name.utf8.count
    let reach = length < 3 ? 0 : max(1, length / 3)
    let comparable = names.filter { abs($0.utf8.count - length) <= reach }
    guard comparable.count <= 5_000 else { return "" }  // it is a courtesy, not worth a second
    let near = comparable.map { (distance: editDistance($0, name), name: $0) }.min { $0 < $1 }
    guard let near, near.distance <= reach else { return "" }
    return "; did you mean '\(near.name)'?"
  }
}

extension TextValue {
  /// As a parameter that can be set from outside; nil for lists and matrices.
  fileprivate var setting: ParameterValue? {
    switch self {
    case .number(let value): .number(value)
    case .word(let word): .word(word)
    case .list, .matrix, .wire: nil
    }
  }

  fileprivate var settable: String {
    switch self {
    case .number: "a number"
    case .word: "a word"
    case .list, .matrix, .wire: "no setting, only what the program says,"
    }
  }
}

/// The fewest insertions, deletions and replacements of bytes that make one text the other.
private func editDistance(_ first: String, _ second: String) -> Int {
  let (a, b) = (Array(first.utf8), Array(second.utf8))
  var row = Array(0...b.count)
  for (i, left) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, right) in b.enumerated() {
      let replaced = diagonal + (left == right ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
    }
  }
  return row[b.count]
}
