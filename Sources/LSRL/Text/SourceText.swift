/// A program text, for whoever must point into it.
struct SourceText: Sendable {
  let file: String
  let bytes: [UInt8]

  init(_ text: String, file: String) {
    self.file = file
    self.bytes = Array(text.utf8)
  }

  func place(_ position: TextPosition) -> SourcePlace {
    SourcePlace(file: file, line: Int(position.line), column: Int(position.column))
  }

  func error(_ message: String, at position: TextPosition) -> TextError {
    TextError(place: place(position), message: message, line: line(position.line))
  }

  /// The text of `token`, as the author wrote it.
  func text(of token: Token) -> String { String(decoding: bytes[token.bytes], as: UTF8.self) }

  private func line(_ number: Int32) -> String {
    let newline = UInt8(ascii: "\n")
    var start = 0
    for _ in 1..<max(1, number) {
      guard let end = bytes[start...].firstIndex(of: newline) else { break }
      start = end + 1
    }
    var line = bytes[start...].prefix { $0 != newline }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }
}

/// Programs come from strangers, and a short text can ask for much. Each limit has its own message.
public enum TextLimits {
  /// Bytes of a program text.
  public static let textSize = 4_000_000

  /// Brackets within brackets; reading and evaluating are recursive.
  public static let nesting = 100

  /// Rows times columns of a matrix.
  public static let matrixEntries = 4_000_000

  /// Elements of a list.
  public static let listElements = 1_000_000

  /// Bits of a number's numerator and denominator together.
  public static let numberBits = 100_000

  /// Bits of all numbers that stand in a text: `1e10000` is short to write and long to hold.
  public static let literalBits = 100_000_000

  /// Bytes of a name.
  public static let nameLength = 100

  /// What evaluating a program may cost: about one for each number, list element, matrix entry and
  /// operation, one more for each 16 bits of a number, and eight for each coordinate of a node.
  public static let work = 10_000_000
}
