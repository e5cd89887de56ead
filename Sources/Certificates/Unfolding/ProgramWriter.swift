import ExactArithmetic

/// Writes a program node by node. Knows of each coordinate whether it is the same number at every
/// step of every run; products with such numbers are written as linears, and those with zero not at
/// all.
///
/// Vectors are named by their node.
struct ProgramWriter {
  private var nodes: [CellProgram.Node] = [.input]
  private var initial: [[Rational]] = [[]]

  /// By node and coordinate; nil where a value may vary.
  private var constants: [[Rational?]]

  /// Whether the program may be the network's only as long as some numbers are positive.
  let takesGuards: Bool

  /// The nodes that must be positive.
  private(set) var guards: [Int] = []

  init(inputDimension: Int, takesGuards: Bool = false) {
    constants = [Array(repeating: nil, count: inputDimension)]
    self.takesGuards = takesGuards
  }

  mutating func guardPositive(_ node: Int) { guards.append(node) }

  /// The current token.
  var token: Int { 0 }

  func dimension(of node: Int) -> Int { constants[node].count }

  func constants(of node: Int) -> [Rational?] { constants[node] }

  func program(output: Int) -> CellProgram {
    CellProgram(nodes: nodes, initial: initial, output: output)
  }

  private mutating func append(_ node: CellProgram.Node, _ values: [Rational?]) -> Int {
    nodes.append(node)
    initial.append([])
    constants.append(values)
    return nodes.count - 1
  }
}

// MARK: - Operations without memory

extension ProgramWriter {
  /// Which coordinates of `map` of `node` are constant.
  func constants(of map: AffineMap, at node: Int) -> [Rational?] {
    let values = constants[node]
    return map.offset.indices.map { row in
      var sum = map.offset[row]
      for entry in map.matrix.row(row) {
        guard let value = values[entry.column] else { return nil }
        sum += entry.value * value
      }
      return sum
    }
  }

  mutating func affine(_ map: AffineMap, of node: Int) -> Int {
    let isIdentity =
      map.inputDimension == map.outputDimension && map.offset.allSatisfy { $0 == 0 }
      && map.matrix == .identity(map.outputDimension)
    if isIdentity { return node }
    return append(.linear(map, of: node), constants(of: map, at: node))
  }

  mutating func constant(_ values: [Rational]) -> Int {
    let inputDimension = dimension(of: token)
    return affine(AffineMap(.zero(values.count, inputDimension), offset: values), of: token)
  }

  /// The coordinates `picked`, in this order.
  mutating func selection(_ picked: [Int], of node: Int) -> Int {
    let rows = picked.map { [Matrix.Entry(column: $0, value: 1)] }
    return affine(AffineMap(Matrix(columnCount: dimension(of: node), rows: rows)), of: node)
  }

  mutating func relu(_ node: Int) -> Int {
    append(.relu(of: node), constants[node].map { $0?.positivePart })
  }

  mutating func concat(_ vectors: [Int]) -> Int {
    let parts = vectors.filter { dimension(of: $0) > 0 }
    if parts.count == 1 { return parts[0] }
    return append(.concat(parts), parts.flatMap { constants[$0] })
  }

  mutating func sum(_ left: Int, _ right: Int) -> Int {
    if constants[left].allSatisfy({ $0 == 0 }) { return right }
    if constants[right].allSatisfy({ $0 == 0 }) { return left }
    let size = dimension(of: left)
    let rows = (0..<size).map { row in
      [Matrix.Entry(column: row, value: 1), Matrix.Entry(column: size + row, value: 1)]
    }
    return affine(
      AffineMap(Matrix(columnCount: 2 * size, rows: rows)), of: concat([left, right]))
  }

  /// `left` ⊙ `right`.
  mutating func product(_ left: Int, _ right: Int) -> Int {
    let (lefts, rights) = (constants[left], constants[right])
    let size = lefts.count
    let varying = lefts.indices.filter { lefts[$0] == nil && rights[$0] == nil }
    if varying.count == size { return multiply(concat([left, right])) }

    var parts = [left, right]
    if !varying.isEmpty {
      parts.append(
        multiply(concat([selection(varying, of: left), selection(varying, of: right)])))
    }
    var offset = [Rational](repeating: 0, count: size)
    var products = 0
    let rows = (0..<size).map { row -> [Matrix.Entry] in
      switch (lefts[row], rights[row]) {
      case (let factor?, let other?):
        offset[row] = factor * other
        return []
      case (let factor?, nil): return [Matrix.Entry(column: size + row, value: factor)]
      case (nil, let factor?): return [Matrix.Entry(column: row, value: factor)]
      case (nil, nil):
        products += 1
        return [Matrix.Entry(column: 2 * size + products - 1, value: 1)]
      }
    }
    let map = AffineMap(
      Matrix(columnCount: 2 * size + varying.count, rows: rows), offset: offset)
    return affine(map, of: concat(parts))
  }

  private mutating func multiply(_ factors: Int) -> Int {
    append(
      .multiply(of: factors), Array(repeating: nil, count: dimension(of: factors) / 2))
  }
}

// MARK: - Memory

extension ProgramWriter {
  /// s ← A s + B x + b.
  mutating func state(
    _ recurrence: Matrix, _ input: AffineMap, of node: Int, initial value: [Rational]
  ) -> Int {
    if value.isEmpty { return constant([]) }
    let state = append(
      .state(recurrence: recurrence, input: input, of: node),
      Array(repeating: nil, count: value.count))
    initial[state] = value
    return state
  }

  /// What a vector that is yet to be written was one step before; `remember` says which one it is.
  mutating func previous(_ value: [Rational]) -> Int {
    if value.isEmpty { return constant([]) }
    return append(.previous(of: nodes.count), Array(repeating: nil, count: value.count))
  }

  /// Makes `previous` look back at `node`, which was `value` before the first step. Returns the
  /// node that is looked at: another one, if `node` is remembered with another value already.
  @discardableResult
  mutating func remember(_ node: Int, as previous: Int, initial value: [Rational]) -> Int {
    if value.isEmpty { return node }
    var remembered = node
    if !initial[node].isEmpty && initial[node] != value {
      remembered = append(.linear(.identity(value.count), of: node), constants[node])
    }
    nodes[previous] = .previous(of: remembered)
    initial[remembered] = value
    return remembered
  }
}
