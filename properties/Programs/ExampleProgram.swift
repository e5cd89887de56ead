import ExactArithmetic
import LSRL
import PropertyTesting

/// A program that is known to mean something, as a value: its text, and what it computes, said
/// without LSRL.
///
/// The text and the specification are written apart from each other. That they agree, exactly, is
/// tested before the program is compiled and after.
public struct ExampleProgram: Sendable, Identifiable {
  public let id: String

  /// What it computes, in a few words.
  public let title: String

  /// Where it comes from.
  public let source: String

  /// From the top of the package.
  public let file: String

  /// The parameters to try it with, beyond those that stand in the text. At least one; an empty one
  /// takes the program as it is written.
  public let settings: [[String: ParameterValue]]

  /// What the outputs must be for these tokens, one for each; nil where the specification says
  /// nothing. Tokens are of the program's input dimension; they need not come from `tokens`.
  public let specify: @Sendable ([[Rational]], ExampleParameters) -> [[Rational]?]

  /// Sequences of tokens that the program is made for, edges included.
  public let tokens: @Sendable (ExampleParameters) -> Generator<[[Rational]]>

  init(
    id: String, title: String, source: String = "ours", folder: String = "",
    settings: [[String: ParameterValue]] = [[:]],
    specify: @escaping @Sendable ([[Rational]], ExampleParameters) -> [[Rational]?],
    tokens: @escaping @Sendable (ExampleParameters) -> Generator<[[Rational]]>
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.file = "fixtures/programs/\(folder)\(id).lsrl"
    self.settings = settings
    self.specify = specify
    self.tokens = tokens
  }
}

/// The parameters that a program was read with.
public struct ExampleParameters: Sendable, CustomStringConvertible {
  private let values: [String: ParameterValue]

  public init(_ parameters: [ProgramText.Parameter]) {
    let named = parameters.compactMap { parameter in
      parameter.value.map { (parameter.name, $0) }
    }
    values = Dictionary(named) { first, _ in first }
  }

  /// Precondition: the program has the parameter, and it is a number.
  public func number(_ name: String) -> Rational {
    guard case .number(let value) = values[name] else {
      preconditionFailure("the program has no number '\(name)'")
    }
    return value
  }

  /// Precondition: the program has the parameter, and it is a whole number.
  public func count(_ name: String) -> Int {
    guard let value = Int("\(number(name))") else {
      preconditionFailure("'\(name)' is \(number(name)), no whole number")
    }
    return value
  }

  public var description: String {
    values.sorted { $0.key < $1.key }.map { "\($0) = \($1)" }.joined(separator: ", ")
  }
}

extension ExampleProgram {
  /// Where outputs differ from the specification.
  public struct Disagreement: Hashable, Sendable, CustomStringConvertible {
    public let step: Int
    public let specified: [Rational]

    /// Nil: there is no output.
    public let found: [Rational]?

    public var description: String {
      "expected \(specified) at t = \(step), found \(found.map { "\($0)" } ?? "nothing")"
    }
  }

  /// The first output that is not what it must be.
  public func disagreement(
    of outputs: [[Rational]], on tokens: [[Rational]], _ parameters: ExampleParameters
  ) -> Disagreement? {
    for (step, specified) in specify(tokens, parameters).enumerated() {
      let found = step < outputs.count ? outputs[step] : nil
      if let specified, specified != found {
        return Disagreement(step: step, specified: specified, found: found)
      }
    }
    return nil
  }
}
