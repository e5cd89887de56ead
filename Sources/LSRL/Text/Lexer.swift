/// Cuts a text into tokens, on demand. Works on bytes: only comments and words may hold anything
/// but ASCII, so nothing else needs to know of characters.
///
/// Newlines within brackets are blanks. A newline token stands for one or more line ends.
struct Lexer {
  let source: SourceText
  private var offset = 0
  private var position = TextPosition()
  private var openBrackets = 0

  init(_ source: SourceText) {
    self.source = source
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if source.bytes.starts(with: byteOrderMark) { offset = byteOrderMark.count }
  }

  mutating func next() throws(TextError) -> Token {
    while let byte = byte(0) {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): advance(1)
      case UInt8(ascii: "#"): while let byte = self.byte(0), byte != Lexer.newline { advance(1) }
      case Lexer.newline:
        if openBrackets == 0 { return newlineToken() }
        advanceLine()
      default: return try visibleToken(startingWith: byte)
      }
    }
    return Token(kind: .end, position: position, bytes: offset..<offset)
  }

  private mutating func newlineToken() -> Token {
    let token = Token(kind: .newline, position: position, bytes: offset..<offset + 1)
    advanceLine()
    return token
  }

  private mutating func visibleToken(startingWith byte: UInt8) throws(TextError) -> Token {
    if Lexer.isLetter(byte) { return try nameOrKeyword() }
    if Lexer.isDigit(byte) { return try number() }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return try word(endingWith: byte) }
    guard let symbol = symbol(startingWith: byte) else {
      throw error("expected a name, a number or an operator, found '\(character())'")
    }
    switch symbol {
    case .openParenthesis, .openBracket: openBrackets += 1
    case .closeParenthesis, .closeBracket: openBrackets = max(0, openBrackets - 1)
    default: break
    }
    return take(symbol.rawValue.utf8.count, as: .symbol(symbol))
  }

  private func symbol(startingWith first: UInt8) -> Symbol? {
    switch first {
    case UInt8(ascii: "="): .equals
    case UInt8(ascii: "+"): .plus
    case UInt8(ascii: "-"): .minus
    case UInt8(ascii: "*"): byte(1) == first ? .power : .times
    case UInt8(ascii: "/"): byte(1) == first ? .floorDivide : .divide
    case UInt8(ascii: "%"): .modulo
    case UInt8(ascii: "("): .openParenthesis
    case UInt8(ascii: ")"): .closeParenthesis
    case UInt8(ascii: "["): .openBracket
    case UInt8(ascii: "]"): .closeBracket
    case UInt8(ascii: ","): .comma
    case UInt8(ascii: ":"): .colon
    default: nil
    }
  }

  private mutating func nameOrKeyword() throws(TextError) -> Token {
    var length = 1
    while let byte = byte(length), Lexer.isLetter(byte) || Lexer.isDigit(byte) { length += 1 }
    guard length <= TextLimits.nameLength else {
      throw error(
        "expected a name of at most \(TextLimits.nameLength) letters, found one of \(length)")
    }
    let text = source.bytes[offset..<offset + length]
    let keyword = Keyword.allCases.first { text.elementsEqual($0.rawValue.utf8) }
    return take(length, as: keyword.map { .keyword($0) } ?? .name)
  }

  /// `12`, `0.5`, `1e-10`: digits wherever digits may stand.
  private mutating func number() throws(TextError) -> Token {
    var length = 0
    try skipDigits(&length, after: "")
    if byte(length) == UInt8(ascii: ".") {
      length += 1
      try skipDigits(&length, after: ".")
    }
    if byte(length) == UInt8(ascii: "e") || byte(length) == UInt8(ascii: "E") {
      length += 1
      if byte(length) == UInt8(ascii: "-") || byte(length) == UInt8(ascii: "+") { length += 1 }
      try skipDigits(&length, after: "e")
    }
    if let byte = byte(length), Lexer.isLetter(byte) {
      advance(length)
      throw error("expected an operator between a number and a name, found '\(character())'")
    }
    return take(length, as: .number)
  }

  private mutating func skipDigits(_ length: inout Int, after what: String) throws(TextError) {
    let start = length
    while let byte = byte(length), Lexer.isDigit(byte) { length += 1 }
    guard length == start else { return }
    advance(length)
    throw error("expected a digit after '\(what)', found \(quotedCharacter())")
  }

  private mutating func word(endingWith quote: UInt8) throws(TextError) -> Token {
    var length = 1
    while let byte = byte(length), byte != quote, byte != Lexer.newline { length += 1 }
    guard byte(length) == quote else {
      let mark = Character(Unicode.Scalar(quote))
      throw error("expected \(mark) at the end of the word, found the end of the line")
    }
    let content = offset + 1..<offset + length
    let token = Token(kind: .word, position: position, bytes: content)
    offset += length + 1
    position.column += Int32(String(decoding: source.bytes[content], as: UTF8.self).count) + 2
    return token
  }
}

// MARK: - Moving

extension Lexer {
  private static let newline = UInt8(ascii: "\n")

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private func byte(_ ahead: Int) -> UInt8? {
    offset + ahead < source.bytes.count ? source.bytes[offset + ahead] : nil
  }

  private mutating func advance(_ count: Int) {
    offset += count
    position.column += Int32(count)
  }

  private mutating func advanceLine() {
    offset += 1
    position = TextPosition(line: position.line + 1, column: 1)
  }

  private mutating func take(_ count: Int, as kind: Token.Kind) -> Token {
    let token = Token(kind: kind, position: position, bytes: offset..<offset + count)
    advance(count)
    return token
  }

  private func character() -> Character {
    let end = min(offset + 4, source.bytes.count)
    return String(decoding: source.bytes[offset..<end], as: UTF8.self).first ?? " "
  }

  private func quotedCharacter() -> String {
    switch byte(0) {
    case nil: "the end of the text"
    case Lexer.newline, UInt8(ascii: "\r"): "the end of the line"
    default: "'\(character())'"
    }
  }

  private func error(_ message: String) -> TextError { source.error(message, at: position) }
}
