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
