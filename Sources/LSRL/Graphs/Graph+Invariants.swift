extension Graph {
  /// The first invariant that this graph breaks, in words; nil if it keeps them all.
  ///
  /// The initialiser establishes the invariants, so this is a second, slower way to the same truth,
  /// for tests and properties: it follows the list at the head of `Graph` and shares no code with
  /// the initialiser.
  public var brokenInvariant: String? {
    var seen: Set<NodeID> = []
    var read: Set<NodeID> = []
    for node in nodes {
      for source in node.inputs where !seen.contains(source) {
        return "\(node.id) reads \(source), which does not come before it"
      }
      guard seen.insert(node.id).inserted else { return "\(node.id) occurs twice" }
      read.formUnion(node.inputs)
    }
    guard nodes.count(where: { if case .input = $0.operation { true } else { false } }) == 1 else {
      return "there is not exactly one Input"
    }
    guard nodes.last?.id == output, !read.contains(output) else {
      return "the output \(output) is not the last node, or is read"
    }
    if let unread = nodes.dropLast().first(where: { !read.contains($0.id) }) {
      return "\(unread.id) does not reach the output"
    }
    return brokenShape ?? brokenReaders
  }

  private var brokenShape: String? {
    var sizes: [NodeID: Int] = [:]
    for node in nodes {
      let inputs = node.inputs.compactMap { sizes[$0] }
      let total = inputs.reduce(0, +)
      let fits: Bool
      let size: Int
      switch node.operation {
      case .input(let dimension): (fits, size) = (inputs.isEmpty, dimension)
      case .concat: (fits, size) = (!inputs.isEmpty, total)
      case .relu: (fits, size) = (inputs.count == 1, total)
      case .multiply: (fits, size) = (inputs.count == 1 && total % 2 == 0, total / 2)
      case .slice(let range):
        (fits, size) = (inputs.count == 1 && (0...total).contains(range.upperBound), range.count)
      case .linear(let map):
        (fits, size) = (inputs == [map.matrix.columnCount], map.offset.count)
      case .linState(let state):
        (fits, size) = (inputs == [state.input.matrix.columnCount], state.initial.count)
      }
      guard fits, size > 0, dimension(of: node.id) == size else {
        return "\(node.id) has inputs of \(inputs) and dimension \(dimension(of: node.id))"
      }
      sizes[node.id] = size
    }
    return nil
  }

  private var brokenReaders: String? {
    for node in nodes {
      let uses = nodes.flatMap { reader in
        reader.inputs.filter { $0 == node.id }.map { _ in reader.id }
      }
      if successors(of: node.id).map(\.id) != uses {
        return "the readers of \(node.id) are \(uses), said to be \(successors(of: node.id))"
      }
    }
    return nil
  }
}
