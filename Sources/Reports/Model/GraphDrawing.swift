/// A directed graph without cycles, to be drawn in layers.
public struct GraphDrawing: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable { case input, affine, relu, product, state, wiring }

  public struct Node: Hashable, Sendable {
    /// What it is called.
    public var name: String

    /// What it does.
    public var operation: String
    public var kind: Kind

    /// A matrix in words, or where it stands in a text; may be empty.
    public var detail: String

    /// Positions of earlier nodes, in the order in which they are read.
    public var inputs: [Int]

    public init(
      _ name: String, _ operation: String, _ kind: Kind, detail: String = "", reading inputs: [Int]
    ) {
      self.name = name
      self.operation = operation
      self.kind = kind
      self.detail = detail
      self.inputs = inputs
    }
  }

  public var title: String

  /// Each reads earlier ones only.
  public var nodes: [Node]

  /// Precondition: each node reads earlier ones only.
  public init(_ title: String, nodes: [Node]) {
    for (position, node) in nodes.enumerated() {
      precondition(
        node.inputs.allSatisfy { 0..<position ~= $0 }, "node \(position) reads later ones")
    }
    self.title = title
    self.nodes = nodes
  }
}
