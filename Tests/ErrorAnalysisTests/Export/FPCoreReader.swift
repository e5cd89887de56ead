import ErrorAnalysis
import ExactArithmetic

/// Reads and evaluates the part of FPCore 2.0 that expressions of ours may have, from the standard's
/// text and not from our writer: `let*`, `if`, `<=`, `+`, `*`, `and`, numbers, and properties.
struct FPCoreReader {
  indirect enum Expression {
    case symbol(String)
    case list([Expression])

    var words: [Expression]? { if case .list(let list) = self { list } else { nil } }
    var text: String? { if case .symbol(let text) = self { text } else { nil } }
  }

  struct Malformed: Error { let what: String }

  struct Core {
    let arguments: [String]
    let properties: [String: Expression]
    let body: Expression
  }

  /// All FPCores of a text.
  static func cores(_ text: String) throws -> [Core] {
    var tokens = FPCoreReader.tokens(text)[...]
    var cores: [Core] = []
    while !tokens.isEmpty { cores.append(try core(expression(&tokens))) }
    return cores
  }

  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var word = ""
    var isQuoted = false
    for character in text {
      if isQuoted {
        word.append(character)
        if character == "\"" { isQuoted = false }
        continue
      }
      switch character {
      case "(", ")", "[", "]":
        if !word.isEmpty { tokens.append(word) }
        word = ""
        tokens.append(character == "[" ? "(" : character == "]" ? ")" : String(character))
      case " ", "\n":
        if !word.isEmpty { tokens.append(word) }
        word = ""
      default:
        isQuoted = character == "\""
        word.append(character)
      }
    }
    return word.isEmpty ? tokens : tokens + [word]
  }

  private static func expression(_ tokens: inout ArraySlice<String>) throws -> Expression {
    guard let token = tokens.popFirst() else { throw Malformed(what: "the end") }
    guard token == "(" else { return .symbol(token) }
    var list: [Expression] = []
    while tokens.first != ")" { list.append(try expression(&tokens)) }
    tokens.removeFirst()
    return .list(list)
  }

  private static func core(_ expression: Expression) throws -> Core {
    guard var words = expression.words?[...], words.popFirst()?.text == "FPCore",
      let arguments = words.popFirst()?.words, let body = words.popLast()
    else { throw Malformed(what: "no FPCore: \(expression)") }
    var properties: [String: Expression] = [:]
    while let name = words.popFirst() {
      guard let name = name.text, name.hasPrefix(":"), let value = words.popFirst() else {
        throw Malformed(what: "property \(name)")
      }
      properties[name] = value
    }
    return Core(arguments: arguments.compactMap(\.text), properties: properties, body: body)
  }
}

// MARK: - Evaluating

extension FPCoreReader.Core {
  /// The body with every operation and every number rounded to a format.
  func value<Number: FormattedNumber>(_ arguments: [Number]) throws -> Number {
    try evaluate(body, Dictionary(uniqueKeysWithValues: zip(self.arguments, arguments)))
  }

  private func evaluate<Number: FormattedNumber>(
    _ expression: FPCoreReader.Expression, _ names: [String: Number]
  ) throws -> Number {
    switch expression {
    case .symbol(let text):
      return try names[text] ?? Number(nearest: Rational(parsing: text))
    case .list(let list):
      let operation = list.first?.text ?? ""
      switch (operation, list.count) {
      case ("+", 3): return try evaluate(list[1], names) + evaluate(list[2], names)
      case ("*", 3): return try evaluate(list[1], names) * evaluate(list[2], names)
      case ("if", 4):
        return try evaluate(list[try holds(list[1], names) ? 2 : 3], names)
      case ("let*", 3):
        var names = names
        for binding in list[1].words ?? [] {
          guard let words = binding.words, words.count == 2, let name = words[0].text else {
            throw FPCoreReader.Malformed(what: "binding \(binding)")
          }
          names[name] = try evaluate(words[1], names)
        }
        return try evaluate(list[2], names)
      default: throw FPCoreReader.Malformed(what: "operation \(operation) of \(list.count)")
      }
    }
  }

  /// A comparison; of NaN it is false.
  private func holds<Number: FormattedNumber>(
    _ condition: FPCoreReader.Expression, _ names: [String: Number]
  ) throws -> Bool {
    guard let list = condition.words, let operation = list.first?.text else {
      throw FPCoreReader.Malformed(what: "condition \(condition)")
    }
    if operation == "and" { return try list.dropFirst().allSatisfy { try holds($0, names) } }
    guard operation == "<=" else { throw FPCoreReader.Malformed(what: "condition \(operation)") }
    let values = try list.dropFirst().map { try evaluate($0, names).double }
    return zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
  }

  /// Whether the precondition holds.
  func admits<Number: FormattedNumber>(_ arguments: [Number]) throws -> Bool {
    guard let condition = properties[":pre"] else { return true }
    return try holds(condition, Dictionary(uniqueKeysWithValues: zip(self.arguments, arguments)))
  }
}
