import ExactArithmetic
import ExactJSON
import LSRL

/// The tokens to run a program on: JSON, a list of tokens, each a list of numbers or of strings
/// such as "3/2"; or CSV, a token a line. All numbers are read exactly.
struct TokenFile {
  private let path: String

  init(_ path: String) { self.path = path }

  func tokens(for program: Runnable) throws -> [[Rational]] {
    let tokens = path.hasSuffix(".csv") ? try csv() : try json()
    let dimension = program.inputDimension
    for (index, token) in tokens.enumerated() {
      guard token.count == dimension else {
        throw Failure.badInput(
          "\(path): token \(index): expected \(dimension) numbers, found \(token.count)")
      }
      if let (coordinate, expected) = program.undeclared(in: token) {
        throw Failure.badInput(
          "\(path): token \(index), coordinate \(coordinate): expected \(expected), found "
            + "\(token[coordinate])")
      }
    }
    return tokens
  }

  private func json() throws -> [[Rational]] {
    do {
      let value = try JSONValue(parsing: try InputFile.bytes(of: path))
      return try JSONPath(value["inputs"] ?? value).vectors()
    } catch let error as JSONSyntaxError {
      throw Failure.badInput("\(path):\(error)")
    } catch let error as JSONContentError {
      throw Failure.badInput("\(path): \(error)")
    }
  }

  private func csv() throws -> [[Rational]] {
    var tokens: [[Rational]] = []
    let lines = try InputFile.text(of: path).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      tokens.append(
        try fields.enumerated().map { column, field in
          do {
            return try Rational(parsing: String(field).trimmingBlanks)
          } catch {
            throw Failure.badInput("\(path):\(index + 1): field \(column + 1): \(error)")
          }
        })
    }
    return tokens
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
