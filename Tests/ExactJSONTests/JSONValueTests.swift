import ExactJSON
import Testing

@Suite("JSON")
struct JSONValueTests {
  @Test(
    "What is printed reads back to the same value",
    arguments: [
      "null", "[1, -2.50e3, \"x\\n\\\"\", true, {}]", "{\"a\": {\"b\": []}, \"c\": \"é\"}",
      "0.1", "123456789012345678901234567890",
    ])
  func roundTrip(text: String) throws {
    let value = try JSONValue(parsing: text)
    #expect(value.description == text)
    #expect(try JSONValue(parsing: value.description) == value)
  }

  @Test("Escapes, with surrogate pairs")
  func escapes() throws {
    #expect(try JSONValue(parsing: #""\u0041\ud83d\ude00\/""#) == .string("A😀/"))
  }

  @Test(
    "Malformed texts are refused at the place where they go wrong",
    arguments: [
      ("", "1:1: expected a JSON value, found the end of the text"),
      ("[1,\n 2,]", "2:4: expected a JSON value, found ']'"),
      ("[1 2]", "1:4: expected ',' or ']', found '2'"),
      ("{\"a\":1,\"a\":2}", "1:8: expected a name other than \"a\", which is there already, found '\"'"),
      ("01", "1:2: expected no digit after a leading 0, found '1'"),
      ("\"\\x\"", "1:3: expected an escape such as \\n, found 'x'"),
      ("\"\\ud800x\"", "1:3: expected a surrogate pair, found 'u'"),
      ("nul", "1:1: expected a JSON value, found 'n'"),
      ("1 2", "1:3: expected the end of the text, found '2'"),
      ("\"abc", "1:5: expected '\"', found the end of the text"),
    ])
  func refusing(text: String, message: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    do { _ = try JSONValue(parsing: text) } catch { #expect(error.description == message) }
  }

  @Test("Deep nesting is refused, not followed")
  func deepNesting() {
    let text = String(repeating: "[", count: 1_000_000)
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
  }
}
