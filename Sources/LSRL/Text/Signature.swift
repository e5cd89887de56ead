/// A function of the text format that is not in the standard library: an operation of the language,
/// or a function of numbers, lists and matrices.
struct Signature: Sendable {
  struct Parameter: Sendable {
    /// The first name is the one that messages use.
    let names: [String]
    let isRequired: Bool
  }

  let name: String
  let parameters: [Parameter]

  /// Whether it makes nodes, so that it belongs behind `ForEach:`.
  let isOperation: Bool

  /// `parameters` in order: `"A"` is required, `"range?"` is not, `"b|bias?"` has two names.
  private init(_ name: String, _ parameters: String, isOperation: Bool = false) {
    self.name = name
    self.isOperation = isOperation
    self.parameters = parameters.split(separator: " ").map { text in
      let isRequired = text.last != "?"
      let names = (isRequired ? text : text.dropLast()).split(separator: "|").map(String.init)
      return Parameter(names: names, isRequired: isRequired)
    }
  }

  static let all: [String: Signature] = Dictionary(
    uniqueKeysWithValues: [
      Signature("Input", "dim range? step?", isOperation: true),
      Signature("Linear", "input|x A b|bias?", isOperation: true),
      Signature("Slice", "input|x start stop", isOperation: true),
      Signature("ReLU", "input|x", isOperation: true),
      Signature("Concat", "inputs", isOperation: true),
      Signature("Multi", "input|x", isOperation: true),
      Signature("LinState", "input|x A B b|bias? init_state?", isOperation: true),
      Signature("range", "start stop?"),
      Signature("len", "list"),
      Signature("sum", "list"),
      Signature("eye", "n"),
      Signature("zeros", "rows columns"),
      Signature("ones", "rows columns"),
      Signature("shift", "n"),
      Signature("cyclic", "n"),
      Signature("diag", "list"),
      Signature("hstack", "blocks"),
      Signature("vstack", "blocks"),
    ].map { ($0.name, $0) })
}
