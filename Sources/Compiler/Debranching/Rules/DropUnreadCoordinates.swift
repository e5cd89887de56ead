import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Drop unread coordinates.**
  ///
  ///     Linear(A, b) → slices, or Linears and LinStates, that do not read coordinate i
  ///     Linear without row i → the same without column i
  ///
  /// and so for ReLU, Multi and LinState, behind a Linear that selects what they still need.
  ///
  /// Applies on the path, up to the first branching node, when all readers are Linears, Slices and
  /// LinStates and all have a zero column for some coordinate. A coordinate of a state that another
  /// one remembers is read.
  ///
  /// Why the meaning stays: 0 · y = 0, whatever y is; and an elementwise operation computes the
  /// other coordinates without it.
  ///
  /// Source: ours. The paper's cases carry all of a node if anything of it is needed.
  public static let dropUnreadCoordinates = RewriteRule(
    id: "drop-unread-coordinates",
    statement: "coordinates on the path that no matrix behind them reads go",
    source: "ours: 0 · y = 0",
    site: .path
  ) { graph, site in
    guard let kept = graph.readCoordinates(of: site) else { return nil }
    var edit = GraphEdit(of: graph)
    let node = graph[site]
    let narrowed: NodeID
    switch node.operation {
    case .linear(let map):
      narrowed = edit.insert(.linear(map.outputs(kept)), reading: node.inputs)
    case .linState(let state):
      narrowed = edit.insert(.linState(state.keeping(kept)), reading: node.inputs)
    case .relu, .multiply:
      let half = graph.dimension(of: site)
      let needed = node.isMultiply ? kept + kept.map { $0 + half } : kept
      let all = AffineMap.identity(graph.dimension(of: node.inputs[0]))
      let selection = edit.insert(.linear(all.outputs(needed)), reading: node.inputs)
      narrowed = edit.insert(node.operation, reading: [selection])
    case .input, .slice, .concat:
      return nil
    }
    for reader in graph.readers(of: site) {
      let operation = reader.operation.reading(kept)
      edit.redirect(reader.id, to: edit.insert(operation, reading: [narrowed]))
    }
    return edit
  }
}

extension Graph {
  /// The coordinates of `node` that its readers read, ascending, and at least one. Nil if that is
  /// all of them, or if some reader does not say.
  fileprivate func readCoordinates(of node: NodeID) -> [Int]? {
    var isRead = [Bool](repeating: false, count: dimension(of: node))
    let readers = readers(of: node)
    guard !readers.isEmpty else { return nil }
    for reader in readers {
      let columns: [Bool]
      switch reader.operation {
      case .slice(let range):
        for coordinate in range { isRead[coordinate] = true }
        continue
      case .linear(let map): columns = map.matrix.occupiedColumns
      case .linState(let state): columns = state.input.matrix.occupiedColumns
      case .input, .relu, .concat, .multiply: return nil
      }
      for (coordinate, isOccupied) in columns.enumerated() where isOccupied {
        isRead[coordinate] = true
      }
    }
    if let state = self[node].linState { state.recurrence.addWhatIsRemembered(to: &isRead) }
    if !isRead.contains(true) { isRead[0] = true }
    return isRead.contains(false) ? isRead.indices.filter { isRead[$0] } : nil
  }
}

extension Matrix {
  /// What a needed coordinate of a state remembers is needed too.
  fileprivate func addWhatIsRemembered(to isNeeded: inout [Bool]) {
    var pending = isNeeded.indices.filter { isNeeded[$0] }
    while let index = pending.popLast() {
      for entry in row(index) where !isNeeded[entry.column] {
        isNeeded[entry.column] = true
        pending.append(entry.column)
      }
    }
  }
}

extension LinState {
  /// The coordinates `kept`, which remember no others.
  fileprivate func keeping(_ kept: [Int]) -> LinState {
    LinState(
      recurrence: recurrence.rows(kept).columns(kept), input: input.outputs(kept),
      initial: kept.map { initial[$0] })
  }
}

extension Operation {
  /// The same reader when only the coordinates `kept` are left of what it reads.
  fileprivate func reading(_ kept: [Int]) -> Operation {
    switch self {
    case .slice(let range):
      let start = kept.count { $0 < range.lowerBound }
      return .slice(start..<start + range.count)
    case .linear(let map):
      return .linear(map.inputs(kept))
    case .linState(let state):
      return .linState(
        LinState(
          recurrence: state.recurrence, input: state.input.inputs(kept), initial: state.initial))
    case .input, .relu, .concat, .multiply:
      return self
    }
  }
}
