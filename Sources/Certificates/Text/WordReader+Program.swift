import ExactArithmetic

extension WordReader {
  mutating func program(
    reading inputDimension: Int
  ) throws(CertificateTextError) -> CellProgram {
    try expect("prog")
    let nodeCount = try count(of: "nodes")
    let output = try natural("the output's number")
    var words: [NodeWords] = []
    for _ in 0..<nodeCount { words.append(try node()) }
    try expect("inits")
    var initial: [[Rational]] = []
    for _ in 0..<(try count(of: "initial values")) {
      var value: [Rational] = []
      for _ in 0..<(try count(of: "numbers")) { value.append(try rational()) }
      initial.append(value)
    }
    return CellProgram(
      nodes: NodeWords.nodes(words, initial: initial, reading: inputDimension), initial: initial,
      output: output)
  }

  private mutating func node() throws(CertificateTextError) -> NodeWords {
    let word = try word("a node")
    switch String(decoding: word, as: UTF8.self) {
    case "input": return .input
    case "relu": return .relu(try natural("a node's number"))
    case "prev": return .previous(try natural("a node's number"))
    case "multi": return .multiply(try natural("a node's number"))
    case "concat":
      var sources: [Int] = []
      for _ in 0..<(try count(of: "parts")) { sources.append(try natural("a node's number")) }
      return .concat(sources)
    case "lin":
      let rowCount = try count(of: "rows")
      let source = try natural("a node's number")
      var map = MapWords()
      for _ in 0..<rowCount {
        map.rows.append(try row())
        map.offset.append(try rational())
      }
      return .linear(map, source)
    case "state":
      let rowCount = try count(of: "rows")
      let source = try natural("a node's number")
      var recurrence = MapWords()
      var map = MapWords()
      for _ in 0..<rowCount {
        recurrence.rows.append(try row())
        map.rows.append(try row())
        map.offset.append(try rational())
      }
      return .state(recurrence, map, source)
    default: throw error(expected: "a node", found: word)
    }
  }

  private mutating func row() throws(CertificateTextError) -> [Matrix.Entry] {
    var entries: [Matrix.Entry] = []
    for _ in 0..<(try count(of: "entries")) {
      let column = try natural("a column")
      entries.append(Matrix.Entry(column: column, value: try rational()))
    }
    return entries
  }
}

/// An affine map as it is written, without the number of its columns.
private struct MapWords {
  var rows: [[Matrix.Entry]] = []
  var offset: [Rational] = []

  /// The matrix for vectors of `dimension`; a wider one if it has columns beyond, so that the judge
  /// sees that it does not fit.
  func matrix(columns dimension: Int) -> Matrix {
    let width = rows.reduce(dimension) { $1.reduce($0) { max($0, $1.column + 1) } }
    return Matrix(columnCount: width, rows: rows.map(MapWords.ascending))
  }

  func map(columns dimension: Int) -> AffineMap {
    AffineMap(matrix(columns: dimension), offset: offset)
  }

  private static func ascending(_ row: [Matrix.Entry]) -> [Matrix.Entry] {
    if zip(row, row.dropFirst()).allSatisfy({ $0.column < $1.column }) { return row }
    var sums: [Int: Rational] = [:]
    for entry in row { sums[entry.column, default: 0] += entry.value }
    return sums.sorted { $0.key < $1.key }.map { Matrix.Entry(column: $0.key, value: $0.value) }
  }
}

/// A node as it is written. How many columns its matrices have depends on the dimensions of other
/// nodes, and those of `previous` on initial values, which come last.
private enum NodeWords {
  case input
  case linear(MapWords, Int)
  case relu(Int)
  case state(MapWords, MapWords, Int)
  case previous(Int)
  case concat([Int])
  case multiply(Int)

  static func nodes(
    _ words: [NodeWords], initial: [[Rational]], reading inputDimension: Int
  ) -> [CellProgram.Node] {
    var dimensions: [Int] = []
    var nodes: [CellProgram.Node] = []
    func dimension(of source: Int) -> Int {
      dimensions.indices.contains(source) ? dimensions[source] : 0
    }
    for word in words {
      switch word {
      case .input:
        nodes.append(.input)
        dimensions.append(inputDimension)
      case .linear(let map, let source):
        nodes.append(.linear(map.map(columns: dimension(of: source)), of: source))
        dimensions.append(map.rows.count)
      case .relu(let source):
        nodes.append(.relu(of: source))
        dimensions.append(dimension(of: source))
      case .state(let recurrence, let map, let source):
        nodes.append(
          .state(
            recurrence: recurrence.matrix(columns: map.rows.count),
            input: map.map(columns: dimension(of: source)), of: source))
        dimensions.append(map.rows.count)
      case .previous(let source):
        nodes.append(.previous(of: source))
        dimensions.append(initial.indices.contains(source) ? initial[source].count : 0)
      case .concat(let sources):
        nodes.append(.concat(sources))
        dimensions.append(
          sources.reduce(0) { sum, source in
            let next = sum.addingReportingOverflow(dimension(of: source))
            return next.overflow ? .max : next.partialValue
          })
      case .multiply(let source):
        nodes.append(.multiply(of: source))
        dimensions.append(dimension(of: source) / 2)
      }
    }
    return nodes
  }
}
