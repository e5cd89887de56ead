import ExactArithmetic
import ExactJSON

/// Takes named arrays out of the "weights" of a layer, each checked against the shape it must have
/// before anything is built from it.
///
/// A dimension that is nil is not known yet: the array sets it.
struct ArrayReader {
  private let weights: JSONPath
  private let settings: JSONPath?
  private let names: [String]
  private var taken: Set<String> = []
  private var takenSettings: Set<String> = []
  private(set) var limits: ArrayLimits

  init(
    _ weights: JSONPath, settings: JSONPath? = nil, limits: ArrayLimits
  ) throws(JSONContentError) {
    self.weights = weights
    self.settings = settings
    names = try weights.members().map(\.name)
    self.limits = limits
  }

  /// A setting that is no weight; false unless given.
  mutating func flag(_ name: String) throws(JSONContentError) -> Bool {
    takenSettings.insert(name)
    guard let place = try settings?.optional(name) else { return false }
    guard case .bool(let value) = place.value else {
      throw place.error(expecting: "true or false")
    }
    return value
  }

  /// A setting that is a positive number; must be given.
  mutating func count(_ name: String) throws(JSONContentError) -> Int {
    takenSettings.insert(name)
    guard let settings else { throw weights.error(expecting: "\"settings\" beside", found: "none") }
    let place = try settings.member(name)
    let value = try place.integer()
    guard 1...ArrayLimits.largestDimension ~= value else {
      throw place.error(expecting: "a number from 1 to \(ArrayLimits.largestDimension)")
    }
    return value
  }

  /// Refuses a shape for a reason that one array alone does not show.
  func refuse(_ name: String, expecting expected: String, found: String) -> JSONContentError {
    JSONContentError(path: "\(weights.place).\(name)", expected: expected, found: found)
  }

  mutating func matrix(
    _ name: String, rows: Int? = nil, columns: Int? = nil
  ) throws(JSONContentError) -> Matrix {
    taken.insert(name)
    return try weights.member(name).array(rows: rows, columns: columns, limits: &limits)
  }

  mutating func vector(_ name: String, count: Int? = nil) throws(JSONContentError) -> [Rational] {
    taken.insert(name)
    return try weights.member(name).list(count: count, limits: &limits)
  }

  mutating func affine(
    _ name: String, from inputs: Int? = nil, to outputs: Int? = nil
  ) throws(JSONContentError) -> AffineMap {
    let matrix = try matrix("\(name).matrix", rows: outputs, columns: inputs)
    return AffineMap(matrix, offset: try vector("\(name).offset", count: matrix.rowCount))
  }

  /// The maps `name.0`, `name.1`, … At least one.
  mutating func mlp(
    _ name: String, from inputs: Int? = nil, to outputs: Int? = nil
  ) throws(JSONContentError) -> MLP {
    var maps: [AffineMap] = []
    var dimension = inputs
    repeat {
      let isLast = !names.contains("\(name).\(maps.count + 1).matrix")
      let map = try affine(
        "\(name).\(maps.count)", from: dimension, to: isLast ? outputs : nil)
      dimension = map.outputDimension
      maps.append(map)
      if isLast { return MLP(maps) }
    } while true
  }

  /// Says that evaluation keeps a state of `count` numbers.
  mutating func keep(_ count: Int) throws(JSONContentError) {
    try limits.takeMemory(count, at: weights)
  }

  /// Whether there is an array of this name, or one whose name begins so.
  func has(_ name: String) -> Bool {
    names.contains { $0 == name || $0.hasPrefix("\(name).") }
  }

  /// Refuses arrays that nobody asked for: a misspelt name must not go unseen.
  func finish() throws(JSONContentError) {
    for (name, _) in try settings?.members() ?? [] where !takenSettings.contains(name) {
      throw settings?.error(expecting: "only known settings", found: "\"\(name)\"")
        ?? weights.error(expecting: "no settings")
    }
    guard let stray = names.first(where: { !taken.contains($0) }) else { return }
    throw weights.error(
      expecting: "only " + taken.sorted().joined(separator: ", "), found: "\"\(stray)\"")
  }
}

/// Files come from strangers: how much their arrays may take, over the whole file.
struct ArrayLimits {
  /// Of rows or columns of one array.
  static let largestDimension = 1 << 18

  /// Rows and vector elements over all arrays.
  private var rows = 1 << 22

  /// Elements over all arrays, zeros included: evaluation may hold as many numbers.
  private var elements = 1 << 30

  /// Numbers that states hold although no array of that size is in the file.
  private var memory = 1 << 24

  mutating func takeMemory(_ count: Int, at place: JSONPath) throws(JSONContentError) {
    memory -= count
    guard memory >= 0 else {
      throw place.error(
        expecting: "states of at most \(1 << 24) numbers altogether", found: "more")
    }
  }

  mutating func take(_ shape: [Int], at place: JSONPath) throws(JSONContentError) {
    for dimension in shape where !(0...ArrayLimits.largestDimension ~= dimension) {
      throw place.error(
        expecting: "dimensions from 0 to \(ArrayLimits.largestDimension)",
        found: "\(dimension)")
    }
    rows -= shape[0]
    elements -= shape.reduce(1, *)
    guard rows >= 0, elements >= 0 else {
      throw place.error(
        expecting: "arrays of at most \(1 << 22) rows and \(1 << 30) elements altogether",
        found: "more")
    }
  }
}

// MARK: - Arrays, dense and sparse

extension JSONPath {
  /// `[[number, …], …]`, or `{"shape": [rows, columns], "nonzeros": [[row, column, number], …]}`.
  fileprivate func array(
    rows: Int?, columns: Int?, limits: inout ArrayLimits
  ) throws(JSONContentError) -> Matrix {
    if case .array = value {
      let lines = try elements()
      guard let width = try lines.first?.elements().count else {
        throw error(expecting: "rows, or a shape and non-zeros", found: "an empty list")
      }
      try expect([lines.count, width], [rows, columns], &limits)
      var dense: [[Rational]] = []
      for line in lines {
        let row = try line.vector()
        guard row.count == width else {
          throw line.error(expecting: "\(width) columns", found: "\(row.count)")
        }
        dense.append(row)
      }
      return Matrix(dense: dense)
    }
    let shape = try shape(dimensions: 2)
    try expect(shape, [rows, columns], &limits)
    return try nonzeros(shape[0], shape[1], parts: 3) { (entry) throws(JSONContentError) in
      (try entry[0].index(below: shape[0]), try entry[1].index(below: shape[1]), entry[2])
    }
  }

  /// `[number, …]`, or `{"shape": [count], "nonzeros": [[index, number], …]}`.
  fileprivate func list(
    count: Int?, limits: inout ArrayLimits
  ) throws(JSONContentError) -> [Rational] {
    if case .array = value {
      let vector = try vector()
      try expect([vector.count], [count], &limits)
      return vector
    }
    let shape = try shape(dimensions: 1)
    try expect(shape, [count], &limits)
    let column = try nonzeros(shape[0], 1, parts: 2) { (entry) throws(JSONContentError) in
      (try entry[0].index(below: shape[0]), 0, entry[1])
    }
    return column.rows.map { $0.first?.value ?? 0 }
  }

  private func shape(dimensions: Int) throws(JSONContentError) -> [Int] {
    let place = try member("shape")
    let list = try place.elements()
    guard list.count == dimensions else {
      throw place.error(expecting: "\(dimensions) dimensions", found: "\(list.count)")
    }
    var shape: [Int] = []
    for element in list { shape.append(try element.integer()) }
    return shape
  }

  private func expect(
    _ shape: [Int], _ wanted: [Int?], _ limits: inout ArrayLimits
  ) throws(JSONContentError) {
    try limits.take(shape, at: self)
    guard zip(shape, wanted).allSatisfy({ $1 == nil || $0 == $1 }) else {
      let names = wanted.map { $0.map(String.init) ?? "any" }
      throw error(
        expecting: names.joined(separator: "×") + (wanted.count == 1 ? " numbers" : ""),
        found: shape.map(String.init).joined(separator: "×"))
    }
  }

  /// Entries in ascending order, none twice.
  private func nonzeros(
    _ rows: Int, _ columns: Int, parts count: Int,
    _ place: ([JSONPath]) throws(JSONContentError) -> (row: Int, column: Int, value: JSONPath)
  ) throws(JSONContentError) -> Matrix {
    var entries = [[Matrix.Entry]](repeating: [], count: rows)
    var last = -1
    for entry in try member("nonzeros").elements() {
      let parts = try entry.elements()
      guard parts.count == count else {
        throw entry.error(expecting: "\(count) elements", found: "\(parts.count)")
      }
      let (row, column, value) = try place(parts)
      guard row * columns + column > last else {
        throw entry.error(expecting: "entries by ascending row and column", found: "one behind")
      }
      last = row * columns + column
      entries[row].append(Matrix.Entry(column: column, value: try value.number()))
    }
    return Matrix(columnCount: columns, rows: entries)
  }

  fileprivate func index(below count: Int) throws(JSONContentError) -> Int {
    let index = try integer()
    guard 0..<count ~= index else { throw error(expecting: "an index below \(count)") }
    return index
  }
}
