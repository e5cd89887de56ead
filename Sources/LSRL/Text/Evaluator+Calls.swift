import ExactArithmetic

/// An argument of a call, evaluated, and where it stands.
struct TextArgument: Sendable {
  let value: TextValue
  let position: TextPosition
}

/// Calls: finding the function, matching arguments with parameters, and what is common to making
/// nodes.
extension Evaluator {
  var functionNames: [String] { Array(Signature.all.keys) + Array(library.keys) }

  mutating func evaluate(_ call: Expression.Call) throws(TextError) -> TextValue {
    if let function = library[call.function] {
      try expectForEach(call)
      let names = function.parameters.map { [$0.name] }
      let arguments = try match(call, names)
      builder.origin = origin(function.id, at: call.position)
      return .wire(try apply(function, to: arguments, at: call.position))
    }
    guard let signature = Signature.all[call.function] else {
      let suggestion = nearest(to: call.function, among: functionNames)
      throw error(
        "expected a function, found '\(call.function)'\(suggestion)", at: call.position)
    }
    if signature.isOperation { try expectForEach(call) }
    let arguments = try match(call, signature.parameters.map(\.names))
    for (parameter, argument) in zip(signature.parameters, arguments)
    where parameter.isRequired && argument == nil {
      throw missing(parameter.names[0], of: call)
    }
    builder.origin = origin(signature.name, at: call.position)
    let given = Arguments(call: call, values: arguments)
    return signature.isOperation
      ? .wire(try operation(given)) : try function(given)
  }

  private func expectForEach(_ call: Expression.Call) throws(TextError) {
    guard !isInsideForEach else { return }
    throw error(
      "expected a constant before 'ForEach:', found the operation '\(call.function)'",
      at: call.position)
  }

  func missing(_ parameter: String, of call: Expression.Call) -> TextError {
    error(
      "expected an argument '\(parameter)' of '\(call.function)', found none", at: call.position)
  }

  /// The arguments in the order of the parameters, of which each may have several names.
  private mutating func match(
    _ call: Expression.Call, _ parameters: [[String]]
  ) throws(TextError) -> [TextArgument?] {
    var matched = [TextArgument?](repeating: nil, count: parameters.count)
    var positional = 0
    for argument in call.arguments {
      let index: Int
      if let keyword = argument.keyword {
        index = try self.index(of: keyword, in: parameters, argument, call)
      } else {
        index = positional
        positional += 1
      }
      guard index < parameters.count else {
        let takesList = ["blocks", "inputs", "list"].contains(parameters.first?.first)
        let hint = takesList ? "; write them as a list: \(call.function)([…])" : ""
        throw error(
          "expected at most \(counted(parameters.count, "argument")) of '\(call.function)', found "
            + "\(call.arguments.count)\(hint)", at: argument.position)
      }
      guard matched[index] == nil else {
        throw error(
          "expected one argument '\(parameters[index][0])' of '\(call.function)', found a second",
          at: argument.position)
      }
      let value = try evaluate(argument.value)
      matched[index] = TextArgument(value: value, position: argument.position)
    }
    return matched
  }

  private func index(
    of keyword: String, in parameters: [[String]], _ argument: Expression.Argument,
    _ call: Expression.Call
  ) throws(TextError) -> Int {
    if let index = parameters.firstIndex(where: { $0.contains(keyword) }) { return index }
    let names = parameters.map { $0[0] }
    throw error(
      "expected \(oneOf(names, "argument")) of '\(call.function)', found '\(keyword)'",
      at: argument.position)
  }

  private func counted(_ count: Int, _ what: String) -> String {
    count == 1 ? "1 \(what)" : "\(count) \(what)s"
  }
}

/// The arguments of a call by parameter, those that are required being there.
struct Arguments: Sendable {
  let call: Expression.Call
  let values: [TextArgument?]

  /// Precondition: the parameter is required.
  subscript(index: Int) -> TextArgument {
    guard let value = values[index] else {
      preconditionFailure("argument \(index) of \(call.function) was not checked")
    }
    return value
  }
}

// MARK: - Making nodes

extension Evaluator {
  func origin(_ name: String, at position: TextPosition) -> Origin {
    Origin(name: name, place: source.place(position))
  }

  /// Runs `make`, and counts what it costs. Its errors are the author's, at `position`.
  mutating func build(
    on inputs: [Wire], of matrix: Matrix? = nil, at position: TextPosition,
    _ make: (inout ProgramBuilder) throws(BuildError) -> Wire
  ) throws(TextError) -> Wire {
    let firstNew = builder.nodes.count
    let width = inputs.reduce(0) { $0 + $1.dimension }
    try charge(8 * width + (matrix?.work ?? 0), at: position)
    do {
      let wire = try make(&builder)
      let made = builder.nodes.count - firstNew
      try charge(8 * made * max(width, wire.dimension), at: position)
      return wire
    } catch let failure as BuildError {
      throw error(failure.description, at: position)
    } catch let failure as TextError {
      throw failure
    } catch {
      throw self.error("\(error)", at: position)
    }
  }

  func wire(_ argument: TextArgument, _ what: String) throws(TextError) -> Wire {
    guard case .wire(let wire) = argument.value else {
      throw error(
        "expected a vector of the program for \(what), found \(argument.value.kind)",
        at: argument.position)
    }
    return wire
  }
}

// MARK: - The standard library

extension Evaluator {
  private mutating func apply(
    _ function: LibraryFunction, to arguments: [TextArgument?], at position: TextPosition
  ) throws(TextError) -> Wire {
    guard inputPosition != nil else {
      throw error("expected the Input before '\(function.id)', found none yet", at: position)
    }
    let wires: [Wire] = arguments.compactMap {
      if case .wire(let wire)? = $0?.value { wire } else { nil }
    }
    var complete: [String: LibraryArgument] = [:]
    for (parameter, argument) in zip(function.parameters, arguments) {
      guard let argument else {
        guard let value = parameter.defaultValue else {
          throw error(
            "expected an argument '\(parameter.name)' of '\(function.id)', found none",
            at: position)
        }
        complete[parameter.name] = value
        continue
      }
      let what = "'\(parameter.name)' of '\(function.id)'"
      complete[parameter.name] = try libraryArgument(argument, parameter.kind, what)
    }
    return try build(on: wires, at: position) { builder throws(BuildError) in
      try function.build(&builder, complete)
    }
  }

  private mutating func libraryArgument(
    _ argument: TextArgument, _ kind: LibraryFunction.Parameter.Kind, _ what: String
  ) throws(TextError) -> LibraryArgument {
    let position = argument.position
    switch (kind, argument.value) {
    case (.vector, .wire(let wire)): return .vector(wire)
    case (.vector, .number(let number)), (.number, .number(let number)):
      try charge(number.bitCount / 4, at: position)
      return .number(number)
    case (.vector, let value):
      let values = try numbers(value, "a vector for \(what)", at: position)
      try charge(8 * values.count, at: position)
      return .vector(
        try build(on: [], at: position) { builder throws(BuildError) in
          try builder.constant(builder.inputWire, values)
        })
    case (.number, let value):
      throw error("expected a number for \(what), found \(value.kind)", at: position)
    case (.count, let value):
      let count = try count(value, least: 1, what, at: position)
      try charge(16 * count, at: position)
      return .number(Rational(count))
    case (.word(let words), .word(let word)) where words.contains(word): return .word(word)
    case (.word(let words), let value):
      let expected = words.map { "\"\($0)\"" }.joined(separator: ", ")
      throw error("expected one of \(expected) for \(what), found \(value.kind)", at: position)
    }
  }
}
