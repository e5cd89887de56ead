import ExactArithmetic

/// What an expression stands for while a program is read.
enum TextValue: Sendable {
  case number(Rational)
  case word(String)
  case list([TextValue])

  /// Made by a matrix function; a list of equally long lists of numbers serves as well.
  case matrix(Matrix)

  /// A vector of the program.
  case wire(Wire)

  /// For messages, such as `a list of 3`.
  var kind: String {
    switch self {
    case .number(let value):
      value.bitCount <= 200 ? "the number \(value)" : "a number of \(value.bitCount) bits"
    case .word(let word): "the word \"\(word.prefix(40))\""
    case .list(let elements):
      if case .list? = elements.first {
        "a list of \(elements.count) lists"
      } else {
        "a list of \(elements.count)"
      }
    case .matrix(let matrix): "a \(matrix.rowCount)×\(matrix.columnCount) matrix"
    case .wire(let wire): "a vector of dimension \(wire.dimension)"
    }
  }

  /// The numbers of a flat list, of a matrix with one column, or of one number; nil if it is
  /// something else.
  var numbers: [Rational]? {
    switch self {
    case .number(let value): return [value]
    case .word, .wire: return nil
    case .matrix(let matrix):
      guard matrix.columnCount == 1 else { return nil }
      return matrix.rows.map { $0.first?.value ?? 0 }
    case .list(let elements):
      var numbers: [Rational] = []
      numbers.reserveCapacity(elements.count)
      for element in elements {
        switch element {
        case .number(let value): numbers.append(value)
        case .list(let column):
          guard column.count == 1, case .number(let value) = column[0] else { return nil }
          numbers.append(value)
        case .word, .matrix, .wire: return nil
        }
      }
      return numbers
    }
  }
}

/// What a parameter of a program can be set to from outside.
public enum ParameterValue: Hashable, Sendable, CustomStringConvertible {
  case number(Rational)
  case word(String)

  /// Reads what stands on a command line: `1000`, `-1/2`, `1e10`, `direct`. A text that begins like
  /// a number is one, or it is nil.
  public init?(parsing text: String) {
    if let number = try? Rational(parsing: text) {
      self = .number(number)
      return
    }
    guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic,
      text.unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0 != "\"" })
    else { return nil }
    self = .word(text)
  }

  /// As in a program text.
  public var description: String {
    switch self {
    case .number(let value): value.description
    case .word(let word): "\"\(word)\""
    }
  }
}
