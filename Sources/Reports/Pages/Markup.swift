/// A piece of HTML or SVG. Texts and attributes are escaped where they are printed, so no name can
/// become a tag.
indirect enum Markup {
  case text(String)
  case element(String, [(name: String, value: String)], [Markup])

  /// Our own style sheet; printed as it is. Must not contain `<` or `&`.
  case style(StaticString)

  static func tag(_ name: String, _ content: [Markup]) -> Markup { .element(name, [], content) }

  static func tag(_ name: String, _ text: String) -> Markup { .element(name, [], [.text(text)]) }

  static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String>, _ content: [Markup]
  ) -> Markup {
    .element(name, attributes.map { ($0.key, $0.value) }, content)
  }

  static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String>, _ text: String
  ) -> Markup {
    tag(name, attributes, [.text(text)])
  }

  /// Elements of HTML that have no end, and of SVG that have no content here.
  private static let closed: Set<String> = ["meta", "path", "line", "rect", "circle", "polygon"]

  var text: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch self {
    case .text(let content): text += content.escaped
    case .style(let sheet): text += "<style>\n\(sheet)\n</style>"
    case .element(let name, let attributes, let content):
      text += "<" + name
      for (name, value) in attributes { text += " \(name)=\"\(value.escaped)\"" }
      if content.isEmpty, Markup.closed.contains(name) {
        text += "/>"
      } else {
        text += ">"
        for part in content { part.write(to: &text) }
        text += "</\(name)>"
      }
      if Markup.endsLine.contains(name) { text += "\n" }
    }
  }

  private static let endsLine: Set<String> = [
    "meta", "title", "head", "header", "section", "h1", "h2", "p", "li", "tr", "figcaption",
    "figure", "path", "g", "svg",
  ]
}

extension String {
  /// For texts and for attributes in double quotes.
  var escaped: String {
    var text = ""
    text.reserveCapacity(utf8.count)
    for scalar in visible.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "'": text += "&#39;"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// Without what no page may contain, and without what would turn the text around it: such
  /// characters are named.
  var visible: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x0A: text.append(scalar)
      case 0x09: text.append(" ")
      case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF,
        0xFFFE...0xFFFF:
        text.append(
          contentsOf: "⟨U+\(String(scalar.value, radix: 16, uppercase: true))⟩".unicodeScalars)
      default: text.append(scalar)
      }
    }
    return String(text)
  }

  /// At most so many characters, the last of them an ellipsis if some are left out.
  func clipped(_ count: Int) -> String {
    // Counting all characters of a long text would take long.
    guard utf8.count > count, self.dropFirst(count).first != nil else { return self }
    return prefix(Swift.max(0, count - 1)) + "…"
  }
}
