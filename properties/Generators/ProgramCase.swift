import ExactArithmetic
import ExactJSON
import LSRL
import PropertyTesting

/// A program and the tokens to run it on.
public struct ProgramCase: Sendable {
  public let program: Program
  public let tokens: [[Rational]]

  public init(program: Program, tokens: [[Rational]]) {
    self.program = program
    self.tokens = tokens
  }
}

extension ProgramCase: CustomStringConvertible {
  public var description: String { "\(program.graph)\ntokens \(tokens)" }
}

extension ProgramCase {
  /// The case in the corpus's JSON form, on one line; what reading it back takes.
  public var record: String {
    CorpusCase(name: "finding", program: program, tokens: tokens, outputs: nil).json.description
  }

  /// Reads what `record` wrote; nil if it did not.
  public init?(reading record: String) {
    guard let json = try? JSONValue(parsing: record), let read = try? CorpusCase(parsing: json)
    else { return nil }
    self.init(program: read.program, tokens: read.tokens)
  }
}

extension Property {
  /// A claim about programs and inputs: its findings are written down as programs.
  init(
    id: String, statement: String, limits: ProgramLimits = ProgramLimits(),
    closely: CloseCheck<ProgramCase>? = nil,
    check: @escaping @Sendable (ProgramCase) -> Examination
  ) {
    self.init(
      id: id, statement: statement, limits: limits.description, of: .programCases(limits),
      describedBy: \.description, recordedBy: \.record, readBy: ProgramCase.init(reading:),
      closely: closely, check: check)
  }
}
