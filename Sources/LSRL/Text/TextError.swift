/// Why a text is not a program, and where.
///
/// There is one kind of failure, with a sentence for people: nobody decides anything by which of
/// some sixty sentences it is, and golden files hold every one of them.
public struct TextError: Error, Hashable, Sendable {
  public let place: SourcePlace

  /// `expected …, found …`
  public let message: String

  /// The line of the text that `place` is in.
  public let line: String

  public init(place: SourcePlace, message: String, line: String) {
    self.place = place
    self.message = message
    self.line = line
  }
}

extension TextError: CustomStringConvertible {
  /// `majority.lsrl:6:3: expected 3 columns in B, found 2`
  public var description: String { "\(place): \(message)" }

  /// The offending line with a caret under the place. Of a long line, what is around the place.
  public var excerpt: String {
    let characters = Array(line)
    let column = min(max(place.column - 1, 0), characters.count)
    let reach = TextError.longestExcerpt / 2
    let start = max(0, min(column - reach, characters.count - 2 * reach))
    let shown = characters[start..<min(characters.count, start + 2 * reach)]
    // A tab stays a tab, so that the caret stands where the reader sees the place.
    let indent = shown.prefix(column - start).map { $0 == "\t" ? "\t" : " " }
    return "\(String(shown))\n\(String(indent.joined()))^"
  }

  private static let longestExcerpt = 100
}

/// Something about a program that is legal and yet unlikely to be meant.
public struct TextWarning: Hashable, Sendable, CustomStringConvertible {
  public let place: SourcePlace
  public let message: String

  /// `majority.lsrl:6:3: warning: 'ctr' does not reach the output; it is dropped`
  public var description: String { "\(place): warning: \(message)" }
}
