import ExactArithmetic

/// Why a JSON value is not what it should be: where in it, what was expected, what was found.
public struct JSONContentError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Such as `nodes[3].A[0][2]`.
  public let path: String
  public let expected: String
  public let found: String

  public init(path: String, expected: String, found: String) {
    self.path = path
    self.expected = expected
    self.found = found
  }

  public var description: String {
    "\(path.isEmpty ? "" : path + ": ")expected \(expected), found \(found)"
  }
}

/// A JSON value that knows where in the whole it is, so that complaints can say so.
public struct JSONPath: Sendable {
  public let value: JSONValue
  private let path: String

  /// Such as `nodes[3].A[0][2]`; empty for the whole.
  public var place: String { path }

  public init(_ value: JSONValue, path: String = "") {
    self.value = value
    self.path = path
  }

  public func error(expecting expected: String, found: String? = nil) -> JSONContentError {
    JSONContentError(path: path, expected: expected, found: found ?? brief)
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

  public func optional(_ name: String) throws(JSONContentError) -> JSONPath? {
    guard case .object = value else { throw error(expecting: "an object") }
    return value[name].map { JSONPath($0, path: below(name)) }
  }

  public func member(_ name: String) throws(JSONContentError) -> JSONPath {
    guard let member = try optional(name) else {
      throw error(expecting: "a member \"\(name)\"", found: "none")
    }
    return member
  }

  public func elements() throws(JSONContentError) -> [JSONPath] {
    guard case .array(let elements) = value else { throw error(expecting: "an array") }
    return elements.enumerated().map { JSONPath($1, path: "\(path)[\($0)]") }
  }

  /// The members of an object, in the order written.
  public func members() throws(JSONContentError) -> [(name: String, value: JSONPath)] {
    guard case .object(let members) = value else { throw error(expecting: "an object") }
    return members.map { member in
      (member.name, JSONPath(member.value, path: below(member.name)))
    }
  }

  private func below(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

  public func string() throws(JSONContentError) -> String {
    guard case .string(let text) = value else { throw error(expecting: "a string") }
    return text
  }

  public func integer() throws(JSONContentError) -> Int {
    guard let integer = try number().integer else { throw error(expecting: "an integer") }
    return integer
  }

  /// A JSON number, or a string such as "3/2".
  public func number() throws(JSONContentError) -> Rational {
    switch value {
    case .number(let text), .string(let text):
      do { return try Rational(parsing: text) } catch {
        throw self.error(expecting: "a number (\(error))")
      }
    default: throw error(expecting: "a number")
    }
  }

  public func vector() throws(JSONContentError) -> [Rational] {
    var vector: [Rational] = []
    for element in try elements() { vector.append(try element.number()) }
    return vector
  }

  public func vectors() throws(JSONContentError) -> [[Rational]] {
    var vectors: [[Rational]] = []
    for element in try elements() { vectors.append(try element.vector()) }
    return vectors
  }

  /// A matrix as a list of rows of equal length; at least one row.
  public func matrix() throws(JSONContentError) -> Matrix {
    let rows = try vectors()
    guard let width = rows.first?.count, width > 0 else {
      throw error(expecting: "a matrix with rows and columns")
    }
    for (index, row) in rows.enumerated() where row.count != width {
      throw JSONContentError(
        path: "\(path)[\(index)]", expected: "\(width) columns", found: "\(row.count)")
    }
    return Matrix(dense: rows)
  }
}
