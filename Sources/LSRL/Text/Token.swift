/// Where something stands in a text. Lines and columns count from 1; columns count characters.
struct TextPosition: Hashable, Sendable {
  var line: Int32 = 1
  var column: Int32 = 1
}

struct Token: Sendable {
  enum Kind: Hashable, Sendable {
    case name, number, word
    case newline, end
    case symbol(Symbol)
    case keyword(Keyword)
  }

  let kind: Kind
  let position: TextPosition

  /// The token's bytes; of a word, those between its quotes.
  let bytes: Range<Int>
}

enum Symbol: String, Hashable, Sendable {
  case equals = "="
  case plus = "+"
  case minus = "-"
  case times = "*"
  case power = "**"
  case divide = "/"
  case floorDivide = "//"
  case modulo = "%"
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case comma = ","
  case colon = ":"
}

enum Keyword: String, Hashable, Sendable, CaseIterable {
  case forEach = "ForEach"
  case output = "return"
  case iterate = "for"
  case within = "in"
}
