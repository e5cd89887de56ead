import Certificates
import ExactArithmetic

/// A program with the outputs of another that remembers, beside what that remembers, sums of it and
/// of what a second program remembers that reads the same tokens. The sums are read in the place of
/// some of these numbers: what is known of a sum is known then of what is computed from them.
struct JointProgram {
  private(set) var program: CellProgram
  let sumCount: Int

  /// What is read of a step ago.
  fileprivate enum Quantity: Hashable {
    case memory(Memory)
    case sum(Int)
  }

  private typealias Expression = [Quantity: Rational]

  private let source: CellProgram
  private let target: CellProgram
  private let sums: [JointBound]

  /// The numbers that are not read any more, by others and sums. The constant is that of nothing.
  private let replaced: [Memory: (terms: Expression, constant: Rational)]

  private var nodes: [CellProgram.Node] = []
  private var places: [Memory.Side: [Int]] = [.source: [], .target: []]
  private var restored: [NodeOfSide: Int] = [:]

  /// The nodes that are the sums.
  private(set) var sumPlaces: [Int] = []

  /// Nodes that look back at something that has no place yet.
  private var looksBack: [(node: Int, at: LookedAt)] = []

  fileprivate struct NodeOfSide: Hashable {
    let side: Memory.Side
    let node: Int
  }

  private enum LookedAt {
    case node(NodeOfSide)
    case sum(Int)
  }

  init(_ source: CellProgram, _ target: CellProgram, _ bounds: [JointBound]) {
    self.source = source
    self.target = target
    (sums, replaced) = JointProgram.solved(bounds)
    sumCount = sums.count
    program = source
    if !sums.isEmpty { write() }
  }

  /// The sums, each of which takes the place of another number.
  private static func solved(
    _ bounds: [JointBound]
  ) -> ([JointBound], [Memory: (terms: Expression, constant: Rational)]) {
    var sums: [JointBound] = []
    var replaced: [Memory: (terms: Expression, constant: Rational)] = [:]
    for bound in bounds {
      // The sum by what is still read.
      var (terms, constant) = (Expression(), bound.constant)
      func add(_ quantity: Quantity, _ coefficient: Rational) {
        terms[quantity, default: 0] += coefficient
        if terms[quantity] == 0 { terms[quantity] = nil }
      }
      for term in bound.terms {
        guard let other = replaced[term.memory] else {
          add(.memory(term.memory), term.coefficient)
          continue
        }
        for (quantity, coefficient) in other.terms { add(quantity, term.coefficient * coefficient) }
        constant += term.coefficient * other.constant
      }
      guard let pivot = bound.pivots.first(where: { terms[.memory($0)] != nil }),
        let factor = terms.removeValue(forKey: .memory(pivot))
      else { continue }
      // sum = factor · pivot + rest.
      let share = factor.reciprocal
      var solution = terms.mapValues { -$0 * share }
      solution[.sum(sums.count)] = share
      let offset = -constant * share
      for (memory, other) in replaced {
        guard let coefficient = other.terms[.memory(pivot)] else { continue }
        var next = other.terms
        next[.memory(pivot)] = nil
        for (quantity, value) in solution {
          next[quantity, default: 0] += coefficient * value
          if next[quantity] == 0 { next[quantity] = nil }
        }
        replaced[memory] = (next, other.constant + coefficient * offset)
      }
      replaced[pivot] = (solution, offset)
      sums.append(bound)
    }
    return (sums, replaced)
  }

  private func program(_ side: Memory.Side) -> CellProgram { side == .source ? source : target }

  // MARK: Writing

  private mutating func append(_ node: CellProgram.Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func write() {
    write(.source)
    let isTargetRead = sums.contains { $0.terms.contains { $0.memory.side == .target } }
    if isTargetRead { write(.target) }
    for sum in sums {
      let read = Array(Set(sum.terms.map { NodeOfSide($0.memory) })).sorted()
      let row = row(sum.terms, of: read)
      let values = append(.concat(read.map { place(of: $0) }))
      sumPlaces.append(
        append(
          .linear(
            AffineMap(
              Matrix(columnCount: width(of: read), rows: [row]), offset: [sum.constant]),
            of: values)))
    }
    for (node, at) in looksBack {
      switch at {
      case .node(let other): nodes[node] = .previous(of: place(of: other))
      case .sum(let number): nodes[node] = .previous(of: sumPlaces[number])
      }
    }
    var initial = [[Rational]](repeating: [], count: nodes.count)
    for side in isTargetRead ? [Memory.Side.source, .target] : [.source] {
      for (node, value) in program(side).initial.enumerated() where !value.isEmpty {
        initial[place(of: NodeOfSide(side: side, node: node))] = value
      }
    }
    for (number, sum) in sums.enumerated() {
      initial[sumPlaces[number]] = [
        sum.terms.reduce(sum.constant) { $0 + $1.coefficient * start(of: $1.memory) }
      ]
    }
    program = CellProgram(
      nodes: nodes, initial: initial,
      output: place(of: NodeOfSide(side: .source, node: source.output)))
  }

  private func start(of memory: Memory) -> Rational {
    program(memory.side).initialValue(of: memory.place.node)[memory.place.place]
  }

  func place(ofSource node: Int) -> Int { place(of: NodeOfSide(side: .source, node: node)) }

  private func place(of node: NodeOfSide) -> Int { places[node.side]?[node.node] ?? 0 }

  private func width(of read: [NodeOfSide]) -> Int {
    read.reduce(0) { $0 + program($1.side).initialValue(of: $1.node).count }
  }

  /// Σ coefficient · memory, of the nodes on top of each other.
  private func row(
    _ terms: [(memory: Memory, coefficient: Rational)], of read: [NodeOfSide]
  ) -> [Matrix.Entry] {
    var starts: [NodeOfSide: Int] = [:]
    var width = 0
    for node in read {
      starts[node] = width
      width += program(node.side).initialValue(of: node.node).count
    }
    return terms.map { term in
      Matrix.Entry(
        column: (starts[NodeOfSide(term.memory)] ?? 0) + term.memory.place.place,
        value: term.coefficient)
    }.sorted { $0.column < $1.column }
  }

  private mutating func write(_ side: Memory.Side) {
    for (number, node) in program(side).nodes.enumerated() {
      let written: Int
      switch node {
      case .input: written = append(.input)
      case .linear(let map, let read): written = append(.linear(map, of: place(side, read)))
      case .relu(let read): written = append(.relu(of: place(side, read)))
      case .concat(let read): written = append(.concat(read.map { place(side, $0) }))
      case .multiply(let read): written = append(.multiply(of: place(side, read)))
      case .previous(let read): written = previous(NodeOfSide(side: side, node: read))
      case .state(let recurrence, let input, let read):
        let itself = NodeOfSide(side: side, node: number)
        if !isReplaced(itself) {
          written = append(
            .state(recurrence: recurrence, input: input, of: place(side, read)))
        } else {
          let both = append(.concat([previous(itself), place(side, read)]))
          written = append(.linear(input.adding(recurrence), of: both))
        }
      }
      places[side]?.append(written)
    }
  }

  private func place(_ side: Memory.Side, _ node: Int) -> Int {
    place(of: NodeOfSide(side: side, node: node))
  }

  private func isReplaced(_ node: NodeOfSide) -> Bool {
    replaced.keys.contains { NodeOfSide($0) == node }
  }

  /// What the node was a step ago, from what is still read.
  private mutating func previous(_ node: NodeOfSide) -> Int {
    if let known = restored[node] { return known }
    let own = lookBack(at: .node(node))
    guard isReplaced(node) else {
      restored[node] = own
      return own
    }
    let count = program(node.side).initialValue(of: node.node).count
    var rows = (0..<count).map { [$0: 1 as Rational] }
    var offset = [Rational](repeating: 0, count: count)
    var read = [own]
    var columns: [Quantity: Int] = [:]
    var width = count
    for place in 0..<count {
      let memory = Memory(
        side: node.side, place: Certificate.Coordinate(node: node.node, place: place))
      guard let (terms, constant) = replaced[memory] else { continue }
      rows[place] = [:]
      offset[place] = constant
      for (quantity, coefficient) in terms.sorted(by: { $0.key < $1.key }) {
        let column: Int
        if let known = columns[quantity] {
          column = known
        } else {
          let start = width
          switch quantity {
          case .sum(let number):
            read.append(lookBack(at: .sum(number)))
            width += 1
            column = start
          case .memory(let other):
            let node = NodeOfSide(other)
            read.append(lookBack(at: .node(node)))
            width += program(node.side).initialValue(of: node.node).count
            column = start + other.place.place
          }
          columns[quantity] = column
        }
        rows[place][column] = coefficient
      }
    }
    let entries = rows.map { row in
      row.sorted { $0.key < $1.key }.map { Matrix.Entry(column: $0.key, value: $0.value) }
    }
    let all = append(.concat(read))
    let result = append(
      .linear(AffineMap(Matrix(columnCount: width, rows: entries), offset: offset), of: all))
    restored[node] = result
    return result
  }

  private mutating func lookBack(at looked: LookedAt) -> Int {
    let node = append(.previous(of: 0))
    looksBack.append((node, looked))
    return node
  }

  // MARK: The certificate

  /// That the program has the outputs of the source.
  func certificate(inputBounds: [Interval]) -> Certificate {
    var reads: [Certificate.Coordinate] = []
    var links = [[Int?]](repeating: [], count: program.nodes.count)
    var columns: [Memory: Int] = [:]
    for (node, value) in source.initial.enumerated() where !value.isEmpty {
      let place = place(.source, node)
      links[place] = value.indices.map { reads.count + $0 }
      for index in value.indices {
        let coordinate = Certificate.Coordinate(node: node, place: index)
        columns[Memory(side: .source, place: coordinate)] = reads.count
        reads.append(coordinate)
      }
    }
    let ownCount = reads.count
    var targetReads: [Certificate.Coordinate] = []
    for memory in sums.flatMap({ $0.terms.map(\.memory) })
    where memory.side == .target && columns[memory] == nil {
      columns[memory] = ownCount + targetReads.count
      targetReads.append(
        Certificate.Coordinate(
          node: place(.target, memory.place.node), place: memory.place.place))
    }
    var rows = (0..<ownCount).map { [Matrix.Entry(column: $0, value: 1)] }
    var offset = [Rational](repeating: 0, count: ownCount)
    for (number, sum) in sums.enumerated() {
      links[sumPlaces[number]] = [rows.count]
      rows.append(
        sum.terms.map { Matrix.Entry(column: columns[$0.memory] ?? 0, value: $0.coefficient) }
          .sorted { $0.column < $1.column })
      offset.append(sum.constant)
    }
    let map = AffineMap(
      Matrix(columnCount: ownCount + targetReads.count, rows: rows), offset: offset)
    return Certificate(
      inputBounds: inputBounds, source: source, target: program, reads: reads,
      targetReads: targetReads,
      coupling: CellProgram(nodes: [.input, .linear(map, of: 0)], initial: [], output: 1),
      links: links)
  }
}

extension JointProgram.NodeOfSide: Comparable {
  fileprivate init(_ memory: Memory) {
    self.init(side: memory.side, node: memory.place.node)
  }

  fileprivate static func < (left: Self, right: Self) -> Bool {
    (left.side == .source ? 0 : 1, left.node) < (right.side == .source ? 0 : 1, right.node)
  }
}

extension JointProgram.Quantity: Comparable {
  fileprivate static func < (left: Self, right: Self) -> Bool { left.order < right.order }

  private var order: (Int, Int, Int) {
    switch self {
    case .sum(let number): (2, number, 0)
    case .memory(let memory):
      (memory.side == .source ? 0 : 1, memory.place.node, memory.place.place)
    }
  }
}

extension AffineMap {
  /// [s; x] ↦ `recurrence` s + self(x).
  fileprivate func adding(_ recurrence: Matrix) -> AffineMap {
    let size = recurrence.columnCount
    let rows = (0..<outputDimension).map { row in
      Array(recurrence.row(row))
        + matrix.row(row).map { Matrix.Entry(column: size + $0.column, value: $0.value) }
    }
    return AffineMap(Matrix(columnCount: size + inputDimension, rows: rows), offset: offset)
  }
}
