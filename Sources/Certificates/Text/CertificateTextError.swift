/// Why a text is no certificate.
public struct CertificateTextError: Error, Hashable, Sendable {
  /// Which word it is about, from 1; one more than there are, where the text ends too early.
  public let word: Int

  /// The line of that word, from 1.
  public let line: Int

  public let expected: String
  public let found: String

  public init(word: Int, line: Int, expected: String, found: String) {
    self.word = word
    self.line = line
    self.expected = expected
    self.found = found
  }
}

extension CertificateTextError: CustomStringConvertible {
  /// `line 4, word 17: expected a node, found 'tanh'`
  public var description: String {
    "line \(line), word \(word): expected \(expected), found \(found)"
  }
}
