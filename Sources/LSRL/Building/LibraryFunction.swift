import ExactArithmetic

/// What a library function is called with, after defaults.
public enum LibraryArgument: Sendable {
  case vector(Wire)
  case number(Rational)
  case word(String)
}

/// A function of the standard library ("sugar"), as a value. The parser, the documentation and the
/// tests all walk over `catalogue`; a function exists by being in it.
public struct LibraryFunction: Sendable, Identifiable {
  public struct Parameter: Sendable {
    public enum Kind: Sendable, Hashable {
      /// A vector of the program; a number stands for the constant vector of the needed dimension.
      case vector
      case number
      /// A positive integer.
      case count
      /// One of these words.
      case word([String])
    }

    public let name: String
    public let kind: Kind

    /// Used when the caller says nothing; nil: the caller must.
    public let defaultValue: LibraryArgument?

    public init(_ name: String, _ kind: Kind, default defaultValue: LibraryArgument? = nil) {
      self.name = name
      self.kind = kind
      self.defaultValue = defaultValue
    }
  }

  /// Its name in the text format and in the builder, such as `f_step`.
  public let id: String
  public let parameters: [Parameter]

  /// The definition by operations, in one line.
  public let definition: String

  /// The exact meaning, and where it holds.
  public let meaning: String

  /// Arguments come by parameter name, complete, of the kinds declared.
  public let build:
    @Sendable (inout ProgramBuilder, [String: LibraryArgument]) throws(BuildError) -> Wire

  public init(
    id: String, parameters: [Parameter], definition: String, meaning: String,
    build:
      @escaping @Sendable (inout ProgramBuilder, [String: LibraryArgument]) throws(BuildError)
      -> Wire
  ) {
    self.id = id
    self.parameters = parameters
    self.definition = definition
    self.meaning = meaning
    self.build = build
  }
}
