import ExactArithmetic
import ExactJSON

/// A JSON value that knows where in the whole it is, so that complaints can say so.
public struct JSONPath {
  public let value: JSONValue
  private let path: String

  public init(_ value: JSONValue, path: String = "") {
    self.value = value
    self.path = path
  }

  public func error(expecting expected: String, found: String? = nil) -> CorpusError {
    CorpusError(path: path, expected: expected, found: found ?? brief)
  }

  /// The value itself if it is short, else its kind.
  private var brief: String {
    switch value {
    case .number, .string, .bool, .null:
      let text = value.description
      return text.count <= 40 ? text : value.kind
    case .array, .object: return value.kind
    }
  }

  public func optional(_ name: String) throws(CorpusError) -> JSONPath? {
    guard case .object = value else { throw error(expecting: "an object") }
    return value[name].map { JSONPath($0, path: path.isEmpty ? name : "\(path).\(name)") }
  }

  public func member(_ name: String) throws(CorpusError) -> JSONPath {
    guard let member = try optional(name) else {
      throw error(expecting: "a member \"\(name)\"", found: "none")
    }
    return member
  }

  public func elements() throws(CorpusError) -> [JSONPath] {
    guard case .array(let elements) = value else { throw error(expecting: "an array") }
    return elements.enumerated().map { JSONPath($1, path: "\(path)[\($0)]") }
  }

  public func string() throws(CorpusError) -> String {
    guard case .string(let text) = value else { throw error(expecting: "a string") }
    return text
  }

  public func integer() throws(CorpusError) -> Int {
    guard let integer = try number().integer else { throw error(expecting: "an integer") }
    return integer
  }

  /// A JSON number, or a string such as "3/2".
  public func number() throws(CorpusError) -> Rational {
    switch value {
    case .number(let text), .string(let text):
      do { return try Rational(parsing: text) } catch {
        throw self.error(expecting: "a number (\(error))")
      }
    default: throw error(expecting: "a number")
    }
  }

  public func vector() throws(CorpusError) -> [Rational] {
    var vector: [Rational] = []
    for element in try elements() { vector.append(try element.number()) }
    return vector
  }

  public func vectors() throws(CorpusError) -> [[Rational]] {
    var vectors: [[Rational]] = []
    for element in try elements() { vectors.append(try element.vector()) }
    return vectors
  }

  /// A matrix as a list of rows of equal length; at least one row.
  public func matrix() throws(CorpusError) -> Matrix {
    let rows = try vectors()
    guard let width = rows.first?.count, width > 0 else {
      throw error(expecting: "a matrix with rows and columns")
    }
    for (index, row) in rows.enumerated() where row.count != width {
      throw CorpusError(
        path: "\(path)[\(index)]", expected: "\(width) columns", found: "\(row.count)")
    }
    return Matrix(dense: rows)
  }
}
