import ExactArithmetic

/// Expressions, as in Python:
///
///     expression = product { ("+" | "-") product }
///     product    = signed { ("*" | "/" | "//" | "%") signed }
///     signed     = ("-" | "+") signed | power
///     power      = postfix [ "**" signed ]
///     postfix    = primary { "[" subscript "]" }
///     primary    = number | word | name | call | list | "(" expression ")"
extension Parser {
  mutating func expression() throws(TextError) -> Expression {
    try descend()
    defer { depth -= 1 }
    let first = try product()
    var steps: [Expression.Step] = []
    while case .symbol(let symbol) = token.kind, symbol == .plus || symbol == .minus {
      let position = token.position
      try advance()
      steps.append(
        Expression.Step(operation: symbol, position: position, operand: try product()))
    }
    return steps.isEmpty ? first : .chain(first, steps)
  }

  private mutating func descend() throws(TextError) {
    guard depth < TextLimits.nesting else {
      throw error(expecting: "at most \(TextLimits.nesting) levels of nesting")
    }
    depth += 1
  }

  private mutating func product() throws(TextError) -> Expression {
    let first = try signed()
    var steps: [Expression.Step] = []
    while case .symbol(let symbol) = token.kind,
      symbol == .times || symbol == .divide || symbol == .floorDivide || symbol == .modulo
    {
      let position = token.position
      try advance()
      steps.append(
        Expression.Step(operation: symbol, position: position, operand: try signed()))
    }
    return steps.isEmpty ? first : .chain(first, steps)
  }

  private mutating func signed() throws(TextError) -> Expression {
    let position = token.position
    let isPositive = try take(.symbol(.plus))
    if !isPositive {
      guard try take(.symbol(.minus)) else { return try power() }
    }
    try descend()
    defer { depth -= 1 }
    let operand = try signed()
    if isPositive { return operand }
    if case .number(let value, _) = operand { return .number(-value, position) }
    return .negated(operand, position)
  }

  private mutating func power() throws(TextError) -> Expression {
    let base = try postfix()
    let position = token.position
    guard try take(.symbol(.power)) else { return base }
    try descend()
    defer { depth -= 1 }
    let step = Expression.Step(operation: .power, position: position, operand: try signed())
    return .chain(base, [step])
  }

  private mutating func postfix() throws(TextError) -> Expression {
    let base = try primary()
    var subscripts: [Expression.Subscript] = []
    while token.kind == .symbol(.openBracket) { subscripts.append(try bracket()) }
    return subscripts.isEmpty ? base : .subscripted(base, subscripts)
  }

  private mutating func bracket() throws(TextError) -> Expression.Subscript {
    let open = token
    try advance()
    let lower = token.kind == .symbol(.colon) ? nil : try expression()
    let isRange = try take(.symbol(.colon))
    let isOpenEnded = token.kind == .symbol(.closeBracket)
    let upper = isRange && !isOpenEnded ? try expression() : nil
    try close(open, isRange ? "']'" : "':' or ']'")
    return Expression.Subscript(
      position: open.position, isRange: isRange, lower: lower, upper: upper)
  }

  private mutating func primary() throws(TextError) -> Expression {
    let first = token
    switch first.kind {
    case .number: return try number()
    case .word:
      try advance()
      return .word(source.text(of: first), first.position)
    case .name:
      try advance()
      let name = source.text(of: first)
      guard token.kind == .symbol(.openParenthesis) else { return .name(name, first.position) }
      return try call(name, at: first.position)
    case .symbol(.openParenthesis):
      try advance()
      let inner = try expression()
      try close(first, "an operator or ')'")
      return inner
    case .symbol(.openBracket): return try list()
    default: throw error(expecting: "a value")
    }
  }

  private mutating func number() throws(TextError) -> Expression {
    let position = token.position
    let text = source.text(of: token)
    let value: Rational
    do throws(RationalSyntaxError) {
      value = try Rational(parsing: text)
    } catch {
      throw self.error(expecting: error.expectation)
    }
    literalBits += value.bitCount
    guard literalBits <= TextLimits.literalBits else {
      throw error(expecting: "numbers of at most \(TextLimits.literalBits) bits in all")
    }
    try advance()
    return .number(value, position)
  }

  private mutating func call(
    _ function: String, at position: TextPosition
  ) throws(TextError) -> Expression {
    let open = token
    try advance()
    var arguments: [Expression.Argument] = []
    while token.kind != .symbol(.closeParenthesis) {
      arguments.append(try argument())
      guard try take(.symbol(.comma)) else { break }
    }
    try close(open, "an operator, ',' or ')'")
    return .call(Expression.Call(function: function, position: position, arguments: arguments))
  }

  private mutating func argument() throws(TextError) -> Expression.Argument {
    let position = token.position
    let value = try expression()
    guard token.kind == .symbol(.equals) else {
      return Expression.Argument(keyword: nil, position: position, value: value)
    }
    guard case .name(let keyword, _) = value else {
      throw error(expecting: "an operator, ',' or ')'")
    }
    try advance()
    return Expression.Argument(keyword: keyword, position: position, value: try expression())
  }

  private mutating func list() throws(TextError) -> Expression {
    let open = token
    try advance()
    var elements: [Expression] = []
    while token.kind != .symbol(.closeBracket) {
      elements.append(try expression())
      if elements.count == 1, token.kind == .keyword(.iterate) {
        let loops = try loops()
        try close(open, "'for' or ']'")
        return .comprehension(element: elements[0], loops: loops, open.position)
      }
      guard try take(.symbol(.comma)) else { break }
    }
    try close(open, "an operator, ',' or ']'")
    return .list(elements, open.position)
  }

  private mutating func loops() throws(TextError) -> [Expression.Loop] {
    var loops: [Expression.Loop] = []
    while try take(.keyword(.iterate)) {
      guard loops.count < TextLimits.nesting else {
        throw error(expecting: "at most \(TextLimits.nesting) loops")
      }
      let variable = token
      try expect(.name, "a name after 'for'")
      try expect(.keyword(.within), "'in'")
      loops.append(
        Expression.Loop(
          variable: source.text(of: variable), position: variable.position,
          values: try expression()))
    }
    return loops
  }

  /// Takes the bracket that closes `open`. If that stands lines away, the message says where it is.
  private mutating func close(_ open: Token, _ expected: String) throws(TextError) {
    let isRound = open.kind == .symbol(.openParenthesis)
    let kind = Token.Kind.symbol(isRound ? .closeParenthesis : .closeBracket)
    let isFar = open.position.line != token.position.line
    guard isFar else { return try expect(kind, expected) }
    let place = "\(open.position.line):\(open.position.column)"
    try expect(kind, "\(expected) for the '\(isRound ? "(" : "[")' at \(place)")
  }
}

extension RationalSyntaxError {
  /// What goes behind "expected".
  fileprivate var expectation: String {
    switch self {
    case .exponentTooLarge(_, let limit): "an exponent of at most \(limit)"
    case .tooLong(let limit): "a number of at most \(limit) digits"
    case .zeroDenominator: "a denominator other than 0"
    case .expectedDigit, .expectedEnd: "a number"
    }
  }
}
