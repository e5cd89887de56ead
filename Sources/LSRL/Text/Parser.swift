import ExactArithmetic

/// Reads the grammar. Expressions are in `Parser+Expressions.swift`.
///
///     program    = { assignment } "ForEach" ":" newline { assignment } "return" expression end
///     assignment = name "=" expression newline
///
/// Empty lines may stand anywhere between lines.
struct Parser {
  let source: SourceText
  private var lexer: Lexer
  private(set) var token: Token

  /// Brackets around the current token.
  var depth = 0

  /// Bits of the numbers so far.
  var literalBits = 0

  init(_ source: SourceText) throws(TextError) {
    self.source = source
    lexer = Lexer(source)
    guard source.bytes.count <= TextLimits.textSize else {
      throw source.error(
        "expected a text of at most \(TextLimits.textSize) bytes, found \(source.bytes.count)",
        at: TextPosition())
    }
    token = try lexer.next()
  }

  mutating func program() throws(TextError) -> ProgramSyntax {
    let parameters = try assignments()
    let forEach = token.position
    try expect(.keyword(.forEach), "a parameter (name = value) or 'ForEach:'")
    try expect(.symbol(.colon), "':' after 'ForEach'")
    if token.kind != .newline { throw error(expecting: "the end of the line after 'ForEach:'") }
    let statements = try assignments()
    try expect(.keyword(.output), "a statement (name = value) or 'return'")
    let output = try expression()
    try skipNewlines()
    if token.kind != .end { throw error(expecting: "the end of the text after 'return'") }
    return ProgramSyntax(
      parameters: parameters, forEach: forEach, statements: statements, output: output)
  }

  private mutating func assignments() throws(TextError) -> [AssignmentSyntax] {
    var assignments: [AssignmentSyntax] = []
    try skipNewlines()
    while token.kind == .name {
      let name = source.text(of: token)
      let position = token.position
      try advance()
      try expect(.symbol(.equals), "'=' after the name '\(name)'")
      let value = try expression()
      assignments.append(AssignmentSyntax(name: name, position: position, value: value))
      guard token.kind == .newline || token.kind == .end else {
        throw error(expecting: "an operator or the end of the line")
      }
      try skipNewlines()
    }
    return assignments
  }

  private mutating func skipNewlines() throws(TextError) {
    while token.kind == .newline { try advance() }
  }
}

// MARK: - Tokens

extension Parser {
  mutating func advance() throws(TextError) { token = try lexer.next() }

  /// Takes the token if it is `kind`.
  mutating func take(_ kind: Token.Kind) throws(TextError) -> Bool {
    guard token.kind == kind else { return false }
    try advance()
    return true
  }

  mutating func expect(
    _ kind: Token.Kind, _ what: @autoclosure () -> String
  ) throws(TextError) {
    guard token.kind == kind else { throw error(expecting: what()) }
    try advance()
  }

  func error(expecting expected: String) -> TextError {
    source.error("expected \(expected), found \(found)", at: token.position)
  }

  private var found: String {
    switch token.kind {
    case .name, .keyword, .symbol: "'\(shortened(source.text(of: token)))'"
    case .number: "the number \(shortened(source.text(of: token)))"
    case .word: "the word \"\(shortened(source.text(of: token)))\""
    case .newline: "the end of the line"
    case .end: "the end of the text"
    }
  }

  private func shortened(_ text: String) -> String {
    text.utf8.count <= 40 ? text : "\(text.prefix(40))…"
  }
}
