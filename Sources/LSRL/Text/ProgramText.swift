import ExactArithmetic

/// A program read from the text format, with what its author may want to know.
///
/// The notation is that of the listings of arXiv 2406.01424:
///
///     # Outputs 1 when there have been more 1s than 0s so far.
///     mu = 10
///     ForEach:
///       input   = Input(dim=1)
///       ctr1s   = LinState(input, A=[[1]], B=[[1]], init_state=[[0]])
///       is_zero = f_not(input)
///       ctr0s   = LinState(is_zero, A=[[1]], B=[[1]], init_state=[[0]])
///       return f_larger(ctr1s, ctr0s, mu=mu)
///
/// Before `ForEach:` stand parameters: numbers, words in quotes, lists and matrices. Numbers and
/// words can be set from outside. A name is given once. Loops are comprehensions. `Parser` has the
/// grammar, `Evaluator+Functions.swift` the functions of numbers, lists and matrices.
///
/// Errors: `TextError` for whatever is wrong with the text, with the place; never more work or
/// memory than `TextLimits` allow.
public struct ProgramText: Sendable {
  public struct Parameter: Sendable {
    public let name: String

    /// Nil for lists and matrices, which cannot be set from outside.
    public let value: ParameterValue?

    /// Whether the value comes from outside, not from the text.
    public let isSet: Bool
    public let place: SourcePlace
  }

  public let program: Program
  public let parameters: [Parameter]
  public let warnings: [TextWarning]

  /// Where the library has used a constant that must be large enough, also in what is dropped.
  public let constantSites: [ConstantSite]

  /// Reads `text`; `file` is what messages call it, and `chosen` are constants by the number of the
  /// site, in the place of what calls say.
  public init(
    parsing text: String, file: String, setting overrides: [String: ParameterValue] = [:],
    choosing chosen: [Int: Rational] = [:],
    library: [LibraryFunction] = LibraryFunction.catalogue
  ) throws(TextError) {
    let source = SourceText(text, file: file)
    var parser = try Parser(source)
    let syntax = try parser.program()
    var evaluator = Evaluator(source, library: library)
    evaluator.builder.chosenConstants = chosen
    let output = try evaluator.run(syntax, setting: overrides)
    do {
      let (program, dropped) = try evaluator.builder.finish(returning: output)
      self.program = program.namedAsPrinted
      parameters = evaluator.parameters
      constantSites = evaluator.builder.constantSites
      warnings = dropped.filter(evaluator.authored.contains).compactMap { node in
        guard let origin = evaluator.builder.origins[node], let name = origin.name,
          let place = origin.place
        else { return nil }
        return TextWarning(
          place: place, message: "'\(name)' does not reach the output; it is dropped")
      }
    } catch {
      throw source.error("expected a program, found that \(error)", at: syntax.output.position)
    }
  }
}

extension Program {
  /// The program that `text` says. `ProgramText` also has its parameters and warnings.
  public init(
    parsing text: String, file: String, setting overrides: [String: ParameterValue] = [:]
  ) throws(TextError) {
    self = try ProgramText(parsing: text, file: file, setting: overrides).program
  }

  /// If the author has named every node n0, n1, …, each once, as printed graphs do, the nodes get
  /// these as their ids. So a printed graph is read back with the ids it had.
  fileprivate var namedAsPrinted: Program {
    var ids: [NodeID: NodeID] = [:]
    for node in graph.nodes {
      guard let name = origins[node.id]?.name, let id = NodeID(printed: name) else { return self }
      ids[node.id] = id
    }
    guard Set(ids.values).count == ids.count else { return self }
    let renamed = graph.renamed { ids[$0] ?? $0 }
    let places = Dictionary(
      uniqueKeysWithValues: ids.map { old, new in (new, origins[old]) })
    return Program(
      graph: renamed, origins: places.compactMapValues { $0 }, inputRanges: inputRanges,
      inputSteps: inputSteps)
  }
}

extension NodeID {
  /// The id that `description` prints as `text`.
  fileprivate init?(printed text: String) {
    guard text.utf8.count <= 10, text.first == "n", let number = Int(text.dropFirst()),
      number >= 0, NodeID(number).description == text
    else { return nil }
    self.init(number)
  }
}
