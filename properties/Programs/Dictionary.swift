import ExactArithmetic
import LSRL
import PropertyTesting

extension ExampleProgram {
  static let dictionary = ExampleProgram(
    id: "dictionary",
    title: "the value whose key in the prompt equals the query",
    source: "arXiv 2406.01424, listing 2, corrected",
    settings: ConditionalVariant.all([
      ["n": .number(1)], [:], ["n": .number(3)],
      ["n": .number(2), "V": .number(3), "mu": .number(2), "lambda": .number(64)],
    ]),
    specify: { tokens, parameters in
      lookUp(tokens.flatMap(\.self), length: parameters.count("n"))
    },
    tokens: { parameters in
      .dictionaries(length: parameters.count("n"), vocabulary: parameters.count("V"))
    })

  /// The same with a query whose first token is 0, and without the first token of the value.
  static let dictionaryAsPrinted = ExampleProgram(
    id: "dictionary-as-printed",
    title: "listing 2 with the printed register numbers, which loses every first token",
    source: "arXiv 2406.01424, listing 2",
    settings: ConditionalVariant.all([["n": .number(1)], [:], ["n": .number(3)]]),
    specify: { tokens, parameters in
      let length = parameters.count("n")
      let numbers = [0] + tokens.dropFirst().flatMap(\.self)
      return lookUp(numbers, length: length).enumerated().map { step, output in
        step.isMultiple(of: length) ? output.map { _ in [0] } : output
      }
    },
    tokens: { parameters in
      .dictionaries(length: parameters.count("n"), vocabulary: parameters.count("V"))
    })

  /// Every output. Value tokens come out one by one as they are read, and again every n tokens from
  /// then on; before, and without a match, there are zeros. Nothing is said if a key occurs twice.
  private static func lookUp(_ tokens: [Rational], length: Int) -> [[Rational]?] {
    let query = tokens.prefix(length)
    let starts = stride(from: length, to: tokens.count, by: 2 * length)
    let keys = starts.map { tokens[$0...].prefix(length) }
    guard Set(keys).count == keys.count else { return tokens.map { _ in nil } }
    let match = keys.first { $0.elementsEqual(query) && $0.count == length }
    return tokens.indices.map { step in
      guard let valueStart = match?.endIndex else { return [0] }
      let position = valueStart + step % length
      return [position <= step ? tokens[position] : 0]
    }
  }
}

extension Generator where Value == [[Rational]] {
  /// A query, and pairs of keys, all different, and values; often with only a few words, so that
  /// keys differ in few places; sometimes cut off. The query is mostly one of the keys.
  fileprivate static func dictionaries(length: Int, vocabulary: Int) -> Self {
    Generator { choices in
      let words = min(vocabulary, choices.element(of: [2, 3, vocabulary]))
      func word(_ choices: inout Choices) -> [Rational] {
        (0..<length).map { _ in choices.whole(from: 0, to: words - 1) }
      }
      var keys: [[Rational]] = []
      var pairs: [Rational] = []
      while choices.another(after: keys.count, average: 4, limit: 5) {
        let (key, value) = (word(&choices), word(&choices))
        guard !keys.contains(key) else { continue }
        keys.append(key)
        pairs += key + value
      }
      let other = word(&choices)
      let query = choices.element(of: keys + [other])
      let cut = choices.element(of: [0, 0, 0, 1, length])
      return (query + pairs.dropLast(cut)).map { [$0] }
    }
  }
}
