import ExactArithmetic

/// Walks over the words of a text: what stands between blanks, tabs and line ends.
struct WordReader {
  private let bytes: [UInt8]
  private var offset = 0
  private var line = 1

  /// How many words have been taken.
  private var taken = 0

  /// How many words are left. What a text says of its own size is not believed beyond this.
  private(set) var left: Int

  /// Where the last word that was taken starts.
  private var lastLine = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    left = WordReader.wordCount(bytes)
  }

  private static func wordCount(_ bytes: [UInt8]) -> Int {
    var count = 0
    var isInside = false
    for byte in bytes {
      let isBlank = isBlank(byte)
      if !isBlank && !isInside { count += 1 }
      isInside = !isBlank
    }
    return count
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  /// Takes a word.
  mutating func word(_ expected: @autoclosure () -> String) throws(CertificateTextError)
    -> ArraySlice<UInt8>
  {
    while offset < bytes.count, WordReader.isBlank(bytes[offset]) {
      if bytes[offset] == 0x0A { line += 1 }
      offset += 1
    }
    guard offset < bytes.count else {
      throw CertificateTextError(
        word: taken + 1, line: line, expected: expected(), found: "the end")
    }
    let start = offset
    while offset < bytes.count, !WordReader.isBlank(bytes[offset]) { offset += 1 }
    taken += 1
    left -= 1
    lastLine = line
    return bytes[start..<offset]
  }

  /// About the last word that was taken.
  func error(expected: String, found: ArraySlice<UInt8>) -> CertificateTextError {
    let start = String(decoding: found.prefix(40), as: UTF8.self)
    let shown = found.count > 40 ? "'\(start)...'" : "'\(start)'"
    return CertificateTextError(word: taken, line: lastLine, expected: expected, found: shown)
  }

  mutating func expectEnd() throws(CertificateTextError) {
    guard left > 0 else { return }
    let found = try word("the end")
    throw error(expected: "the end", found: found)
  }

  mutating func expect(_ expected: StaticString) throws(CertificateTextError) {
    let found = try word("'\(expected)'")
    guard String(decoding: found, as: UTF8.self) == "\(expected)" else {
      throw error(expected: "'\(expected)'", found: found)
    }
  }
}

// MARK: - Numbers

extension WordReader {
  /// A natural number of at most 15 digits.
  mutating func natural(_ expected: @autoclosure () -> String) throws(CertificateTextError)
    -> Int
  {
    let word = try word(expected())
    guard let number = WordReader.natural(word) else {
      throw error(expected: expected(), found: word)
    }
    return number
  }

  /// How many items follow, each of at least one word.
  mutating func count(of items: StaticString) throws(CertificateTextError) -> Int {
    let word = try word("the number of \(items)")
    guard let count = WordReader.natural(word) else {
      throw error(expected: "the number of \(items)", found: word)
    }
    guard count <= left else {
      throw error(expected: "at most \(left) \(items), the words that are left", found: word)
    }
    return count
  }

  private static func natural(_ word: ArraySlice<UInt8>) -> Int? {
    guard 1...15 ~= word.count, word.allSatisfy(isDigit) else { return nil }
    return word.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9")
  }

  /// p or p/q, p perhaps with a minus, q not zero.
  mutating func rational() throws(CertificateTextError) -> Rational {
    let word = try word("a rational")
    return try rational(word, expected: "a rational")
  }

  /// A rational, or - for none.
  mutating func bound(_ expected: StaticString) throws(CertificateTextError) -> Rational? {
    let word = try word("\(expected) or -")
    return word.elementsEqual([UInt8(ascii: "-")])
      ? nil : try rational(word, expected: "\(expected) or -")
  }

  /// A natural number, or - for none.
  mutating func link() throws(CertificateTextError) -> Int? {
    let word = try word("a link or -")
    if word.elementsEqual([UInt8(ascii: "-")]) { return nil }
    guard let number = WordReader.natural(word) else {
      throw error(expected: "a link or -", found: word)
    }
    return number
  }

  private func rational(
    _ word: ArraySlice<UInt8>, expected: String
  ) throws(CertificateTextError) -> Rational {
    let isNegative = word.first == UInt8(ascii: "-")
    let unsigned = isNegative ? word.dropFirst() : word
    if let number = WordReader.natural(unsigned) {
      return Rational(isNegative ? -number : number)
    }
    let parts = unsigned.split(
      separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(WordReader.isDigit) }) else {
      throw error(expected: expected, found: word)
    }
    do {
      return try Rational(parsing: String(decoding: word, as: UTF8.self))
    } catch {
      switch error {
      case .zeroDenominator:
        throw self.error(expected: "a denominator other than 0", found: word)
      default:
        throw self.error(
          expected: "a rational of at most \(Rational.longestText) characters", found: word)
      }
    }
  }
}
