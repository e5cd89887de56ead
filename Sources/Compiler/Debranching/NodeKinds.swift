import LSRL

/// Kinds of nodes, to see at a glance which rules cannot apply.
struct NodeKinds: OptionSet, Sendable {
  let rawValue: UInt8

  static let input = NodeKinds(rawValue: 1)
  static let linear = NodeKinds(rawValue: 2)
  static let slice = NodeKinds(rawValue: 4)
  static let relu = NodeKinds(rawValue: 8)
  static let concat = NodeKinds(rawValue: 16)
  static let multiply = NodeKinds(rawValue: 32)
  static let linState = NodeKinds(rawValue: 64)
  /// See `Node.isEvent`.
  static let events: NodeKinds = [.relu, .multiply, .linState]
  static let all = NodeKinds(rawValue: 127)
}

extension Operation {
  var kind: NodeKinds {
    switch self {
    case .input: .input
    case .linear: .linear
    case .slice: .slice
    case .relu: .relu
    case .concat: .concat
    case .multiply: .multiply
    case .linState: .linState
    }
  }
}

extension WorkingGraph {
  func kind(at slot: Int) -> NodeKinds { entries[slot].kind }

  /// As `Node.isLinearOrSlice`.
  func isLinearOrSlice(_ node: NodeID) -> Bool {
    !kind(at: slot(of: node)).isDisjoint(with: [.linear, .slice])
  }

  /// The first node that `node` reads.
  func firstInput(of node: NodeID) -> NodeID? {
    entries[slot(of: node)].inputs.first.map { entries[targets[$0]].node.id }
  }

  /// The kinds of the nodes that read the one at `slot`.
  func readerKinds(at slot: Int) -> NodeKinds {
    entries[slot].readers.reduce(into: []) { $0.formUnion(kind(at: $1)) }
  }
}
