import ExactArithmetic

/// Why a program is none: a read of something that is not there, or numbers that do not fit.
public struct Malformation: Error, Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// Only `previous` reads nodes that do not come before.
    case readsNoEarlierNode(Int)

    /// A matrix for vectors of another length.
    case mapOfOtherDimension(map: Int, node: Int)

    case oddProduct(Int)

    /// The matrix that a state applies to itself is not square, or not of its dimension.
    case recurrenceOfOtherDimension(rows: Int, columns: Int, state: Int)

    /// A node is remembered that has no value before the first step.
    case nothingRemembered(of: Int)

    case initialValueOfOtherDimension(initial: Int, node: Int)

    case moreInitialValuesThanNodes(Int)
    case noOutput(Int)

    /// More coordinates in all than can be counted.
    case tooWide
  }

  /// Nil: the program as a whole.
  public let node: Int?
  public let reason: Reason

  public init(node: Int?, _ reason: Reason) {
    self.node = node
    self.reason = reason
  }
}

extension Malformation: CustomStringConvertible {
  public var description: String {
    let place = node.map { "node \($0): " } ?? ""
    switch reason {
    case .readsNoEarlierNode(let source): return "\(place)expected an earlier node, found \(source)"
    case .mapOfOtherDimension(let map, let node):
      return "\(place)expected columns for \(node) numbers, found columns for \(map)"
    case .oddProduct(let dimension):
      return "\(place)expected an even number of factors, found \(dimension)"
    case .recurrenceOfOtherDimension(let rows, let columns, let state):
      return "\(place)expected a recurrence of \(state)×\(state), found \(rows)×\(columns)"
    case .nothingRemembered(let source):
      return "\(place)expected an initial value of node \(source), found none"
    case .initialValueOfOtherDimension(let initial, let node):
      return "\(place)expected an initial value of \(node) numbers, found \(initial)"
    case .moreInitialValuesThanNodes(let count):
      return "\(place)expected at most as many initial values as nodes, found \(count)"
    case .noOutput(let output): return "\(place)expected a node as output, found \(output)"
    case .tooWide: return "\(place)more coordinates than can be counted"
    }
  }
}

extension CellProgram {
  /// The dimension of each node, for tokens of `inputDimension` numbers. A program that has them is
  /// well formed: it never reads what is not there. `proofs/checker/WellFormed.v` proves that.
  public func dimensions(reading inputDimension: Int) throws(Malformation) -> [Int] {
    guard initial.count <= nodes.count else {
      throw Malformation(node: nil, .moreInitialValuesThanNodes(initial.count))
    }
    var dimensions: [Int] = []
    dimensions.reserveCapacity(nodes.count)
    var total = 0
    for node in nodes {
      let dimension = try dimension(of: node, after: dimensions, reading: inputDimension)
      let sum = total.addingReportingOverflow(dimension)
      guard !sum.overflow else { throw Malformation(node: dimensions.count, .tooWide) }
      total = sum.partialValue
      dimensions.append(dimension)
    }
    for (node, value) in initial.enumerated()
    where !value.isEmpty && value.count != dimensions[node] {
      throw Malformation(
        node: node,
        .initialValueOfOtherDimension(initial: value.count, node: dimensions[node]))
    }
    for (position, node) in nodes.enumerated() {
      guard let source = node.remembered(at: position) else { continue }
      guard initial.indices.contains(source), initial[source].count == dimensions[source] else {
        throw Malformation(node: position, .nothingRemembered(of: source))
      }
    }
    guard nodes.indices.contains(output) else { throw Malformation(node: nil, .noOutput(output)) }
    return dimensions
  }

  private func dimension(
    of node: Node, after dimensions: [Int], reading inputDimension: Int
  ) throws(Malformation) -> Int {
    let position = dimensions.count
    func read(_ source: Int) throws(Malformation) -> Int {
      guard dimensions.indices.contains(source) else {
        throw Malformation(node: position, .readsNoEarlierNode(source))
      }
      return dimensions[source]
    }
    func fit(_ map: AffineMap, _ source: Int) throws(Malformation) {
      let dimension = try read(source)
      guard map.inputDimension == dimension else {
        throw Malformation(
          node: position, .mapOfOtherDimension(map: map.inputDimension, node: dimension))
      }
    }
    switch node {
    case .input: return inputDimension
    case .linear(let map, let source):
      try fit(map, source)
      return map.outputDimension
    case .relu(let source): return try read(source)
    case .state(let recurrence, let input, let source):
      try fit(input, source)
      let size = input.outputDimension
      guard recurrence.rowCount == size, recurrence.columnCount == size else {
        throw Malformation(
          node: position,
          .recurrenceOfOtherDimension(
            rows: recurrence.rowCount, columns: recurrence.columnCount, state: size))
      }
      return size
    case .previous(let source): return initialValue(of: source).count
    case .concat(let sources):
      var total = 0
      for source in sources {
        let sum = total.addingReportingOverflow(try read(source))
        guard !sum.overflow else { throw Malformation(node: position, .tooWide) }
        total = sum.partialValue
      }
      return total
    case .multiply(let source):
      let dimension = try read(source)
      guard dimension.isMultiple(of: 2) else {
        throw Malformation(node: position, .oddProduct(dimension))
      }
      return dimension / 2
    }
  }

  /// Empty where nothing is remembered, and for nodes that are not there.
  public func initialValue(of node: Int) -> [Rational] {
    initial.indices.contains(node) ? initial[node] : []
  }

  /// Whether it has no memory: no state, and no look back.
  public var isStateless: Bool { nodes.allSatisfy { $0.remembered(at: 0) == nil } }
}

extension CellProgram.Node {
  /// The node whose value one step before this one, at `position`, reads.
  func remembered(at position: Int) -> Int? {
    switch self {
    case .state: position
    case .previous(let source): source
    case .input, .linear, .relu, .concat, .multiply: nil
    }
  }
}
