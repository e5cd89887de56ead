extension JSONValue {
  /// The text for people: values that fit on a line of `width` columns stay on one, longer ones
  /// get a line for each member or element. Long lists of numbers, or of short lists of numbers,
  /// fill lines.
  public func laidOut(width: Int = 100) -> String {
    var text = ""
    lay(into: &text, indentation: 0, room: width)
    return text
  }

  /// `room` is what is left of the line this starts on.
  private func lay(into text: inout String, indentation: Int, room: Int) {
    let line = description
    if line.utf8.count <= room {
      text += line
      return
    }
    let inner = indentation + 2
    let start = "\n" + String(repeating: " ", count: inner)
    let end = "\n" + String(repeating: " ", count: indentation)
    let columns = room + indentation
    switch self {
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        let name = JSONValue.string(member.name).description + ": "
        text += start + name
        let comma = index + 1 < members.count ? "," : ""
        member.value.lay(
          into: &text, indentation: inner,
          room: columns - inner - name.utf8.count - comma.utf8.count)
        text += comma
      }
      text += end + "}"
    case .array(let elements) where elements.allSatisfy(\.isShort) && elements.count > 8:
      text += "["
      var used = columns
      for (index, element) in elements.enumerated() {
        let word = element.description + (index + 1 < elements.count ? "," : "")
        if used + 1 + word.utf8.count > columns {
          text += start + word
          used = inner + word.utf8.count
        } else {
          text += " " + word
          used += 1 + word.utf8.count
        }
      }
      text += end + "]"
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        let comma = index + 1 < elements.count ? "," : ""
        text += start
        element.lay(
          into: &text, indentation: inner, room: columns - inner - comma.utf8.count)
        text += comma
      }
      text += end + "]"
    default: text += line
    }
  }

  private var isScalar: Bool {
    switch self {
    case .object, .array: false
    default: true
    }
  }

  private var isShort: Bool {
    guard case .array(let elements) = self else { return isScalar }
    return elements.count <= 3 && elements.allSatisfy(\.isScalar)
  }
}
