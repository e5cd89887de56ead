/// Why a text is not JSON, with the place. Lines and columns count from 1; columns count bytes.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  public let line: Int
  public let column: Int
  public let expected: String
  public let found: String

  public init(line: Int, column: Int, expected: String, found: String) {
    self.line = line
    self.column = column
    self.expected = expected
    self.found = found
  }

  /// `3:14: expected ',' or ']', found 'x'`
  public var description: String { "\(line):\(column): expected \(expected), found \(found)" }
}

extension JSONValue {
  /// Deeper texts are refused: reading is recursive, and the stack is not ours to fill.
  public static let deepestNesting = 200

  /// Reads one JSON value and nothing behind it.
  public init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
    var reader = JSONReader(bytes)
    reader.skipBlanks()
    self = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.next == nil else { throw reader.error(expecting: "the end of the text") }
  }

  public init(parsing text: some StringProtocol) throws(JSONSyntaxError) {
    try self.init(parsing: Array(text.utf8))
  }
}

private struct JSONReader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func error(expecting expected: String) -> JSONSyntaxError {
    error(expecting: expected, at: offset)
  }

  func error(expecting expected: String, at offset: Int) -> JSONSyntaxError {
    let before = bytes[..<offset]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let found =
      offset < bytes.count
      ? String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self).first
        .map { "'\($0)'" } ?? "nothing"
      : "the end of the text"
    return JSONSyntaxError(
      line: line, column: offset - lineStart + 1, expected: expected, found: found)
  }

  mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard depth <= JSONValue.deepestNesting else {
      throw error(expecting: "at most \(JSONValue.deepestNesting) nested brackets")
    }
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func word(
    _ word: String, _ value: JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    guard bytes[offset...].starts(with: word.utf8) else {
      throw error(expecting: "a JSON value")
    }
    offset += word.utf8.count
    return value
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var elements: [JSONValue] = []
    offset += 1
    skipBlanks()
    if take("]") { return .array([]) }
    while true {
      skipBlanks()
      elements.append(try value(depth: depth + 1))
      skipBlanks()
      if take("]") { return .array(elements) }
      guard take(",") else { throw error(expecting: "',' or ']'") }
    }
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    offset += 1
    skipBlanks()
    if take("}") { return .object([]) }
    while true {
      skipBlanks()
      let start = offset
      guard next == UInt8(ascii: "\"") else { throw error(expecting: "a member name") }
      let name = try string()
      guard names.insert(name).inserted else {
        throw error(expecting: "a name other than \"\(name)\", which is there already", at: start)
      }
      skipBlanks()
      guard take(":") else { throw error(expecting: "':'") }
      skipBlanks()
      members.append(JSONValue.Member(name, try value(depth: depth + 1)))
      skipBlanks()
      if take("}") { return .object(members) }
      guard take(",") else { throw error(expecting: "',' or '}'") }
    }
  }

  private mutating func digits() throws(JSONSyntaxError) {
    guard let first = next, isDigit(first) else { throw error(expecting: "a digit") }
    while let byte = next, isDigit(byte) { offset += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  private mutating func number() throws(JSONSyntaxError) -> String {
    let start = offset
    _ = take("-")
    guard let first = next, isDigit(first) else { throw error(expecting: "a JSON value") }
    if take("0") {
      if let byte = next, isDigit(byte) { throw error(expecting: "no digit after a leading 0") }
    } else {
      try digits()
    }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func string() throws(JSONSyntaxError) -> String {
    offset += 1
    var content: [UInt8] = []
    while let byte = next {
      let start = offset
      offset += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw error(expecting: "UTF-8 text before", at: start)
        }
        return text
      case UInt8(ascii: "\\"): content += Array(String(try escaped()).utf8)
      case 0..<0x20: throw error(expecting: "no control character in a string", at: start)
      default: content.append(byte)
      }
    }
    throw error(expecting: "'\"'")
  }

  private mutating func escaped() throws(JSONSyntaxError) -> Unicode.Scalar {
    let start = offset
    guard let byte = next else { throw error(expecting: "an escape") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(from: start)
    default: throw error(expecting: "an escape such as \\n", at: start)
    }
  }

  private mutating func unicodeEscape(
    from start: Int
  ) throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try fourHexDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard 0xD800..<0xDC00 ~= first, take("\\"), take("u") else {
      throw error(expecting: "a surrogate pair", at: start)
    }
    let second = try fourHexDigits()
    let code = 0x10000 + ((first - 0xD800) << 10) + (second &- 0xDC00)
    guard 0xDC00..<0xE000 ~= second, let scalar = Unicode.Scalar(code) else {
      throw error(expecting: "a surrogate pair", at: start)
    }
    return scalar
  }

  private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
    let end = min(offset + 4, bytes.count)
    let text = String(decoding: bytes[offset..<end], as: UTF8.self)
    guard end - offset == 4, text.allSatisfy(\.isHexDigit), let code = UInt32(text, radix: 16)
    else { throw error(expecting: "four hexadecimal digits") }
    offset = end
    return code
  }
}
