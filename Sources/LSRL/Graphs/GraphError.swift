/// Why nodes do not make a graph. Every case names the node and what was expected or found.
public enum GraphError: Error, Hashable, Sendable {
  case duplicateNode(NodeID)
  case unknownInput(of: NodeID, named: NodeID)
  case unknownOutput(NodeID)
  case wrongNumberOfInputNodes([NodeID])
  case cycle(through: [NodeID])
  case unusedNode(NodeID)
  case wrongInputCount(NodeID, expected: ClosedRange<Int>, found: Int)
  case dimensionMismatch(NodeID, expected: Int, found: Int)
  case emptyVector(NodeID)
  case oddDimension(NodeID, found: Int)
  case sliceOutOfRange(NodeID, Range<Int>, dimension: Int)
  case notAPathStep(NodeID)
}

extension GraphError: CustomStringConvertible {
  public var description: String { description(naming: \.description) }

  /// The error with nodes called by the names that the author gave them.
  public func description(naming name: (NodeID) -> String) -> String {
    switch self {
    case .duplicateNode(let node): "\(name(node)) is defined twice"
    case .unknownInput(let node, let unknown):
      "\(name(node)) reads \(name(unknown)), which is not defined"
    case .unknownOutput(let node): "the output \(name(node)) is not defined"
    case .wrongNumberOfInputNodes(let nodes):
      "expected one Input, found \(nodes.count): \(nodes.map(name))"
    case .cycle(let nodes): "a cycle runs through \(nodes.map(name))"
    case .unusedNode(let node): "\(name(node)) does not reach the output"
    case .wrongInputCount(let node, let expected, let found):
      "\(name(node)) reads \(found) nodes, expected "
        + (expected.count == 1 ? "\(expected.lowerBound)" : "at least \(expected.lowerBound)")
    case .dimensionMismatch(let node, let expected, let found):
      "\(name(node)) expects dimension \(expected), found \(found)"
    case .emptyVector(let node): "\(name(node)) has dimension 0"
    case .oddDimension(let node, let found):
      "\(name(node)) multiplies two halves, found the odd dimension \(found)"
    case .sliceOutOfRange(let node, let range, let dimension):
      "\(name(node)) slices \(range.lowerBound):\(range.upperBound) out of dimension \(dimension)"
    case .notAPathStep(let node): "step \(name(node)) of a path is an Input, a Concat or a Slice"
    }
  }
}
