import ExactArithmetic

/// A program text after parsing, before anything has been looked up or computed.
struct ProgramSyntax: Sendable {
  let parameters: [AssignmentSyntax]
  let forEach: TextPosition
  let statements: [AssignmentSyntax]
  let output: Expression
}

/// `name = value`
struct AssignmentSyntax: Sendable {
  let name: String
  let position: TextPosition
  let value: Expression
}

/// Depth is bounded by `TextLimits.nesting`. What may be long without being deep, such as a sum of
/// a thousand terms, is flat here.
indirect enum Expression: Sendable {
  case number(Rational, TextPosition)
  case word(String, TextPosition)
  case name(String, TextPosition)
  case list([Expression], TextPosition)

  /// `[element for … in …]`
  case comprehension(element: Expression, loops: [Loop], TextPosition)
  case call(Call)

  /// `vector[…][…]`
  case subscripted(Expression, [Subscript])
  case negated(Expression, TextPosition)

  /// Operations of equal precedence, from left to right.
  case chain(Expression, [Step])

  struct Loop: Sendable {
    let variable: String
    let position: TextPosition
    let values: Expression
  }

  struct Call: Sendable {
    let function: String
    let position: TextPosition
    let arguments: [Argument]
  }

  struct Argument: Sendable {
    let keyword: String?
    let position: TextPosition
    let value: Expression
  }

  /// `[i]`, or `[l:u]` with either side optional.
  struct Subscript: Sendable {
    let position: TextPosition
    let isRange: Bool
    let lower: Expression?
    let upper: Expression?
  }

  struct Step: Sendable {
    let operation: Symbol
    let position: TextPosition
    let operand: Expression
  }

  /// Where an error about the expression as a whole points.
  var position: TextPosition {
    switch self {
    case .number(_, let position), .word(_, let position), .name(_, let position),
      .list(_, let position), .comprehension(_, _, let position), .negated(_, let position):
      position
    case .call(let call): call.position
    case .subscripted(let base, _), .chain(let base, _): base.position
    }
  }
}
