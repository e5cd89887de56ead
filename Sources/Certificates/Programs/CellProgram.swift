import ExactArithmetic

/// A program of the language that certificates speak about: LSRL's operations, and one more,
/// `previous`, the value of a node one step before. A recurrent cell with ReLU gates is such a
/// program, so one checker judges debranching and lowering alike.
///
/// Nodes are numbered from 0 and read earlier nodes; only `previous` and a state's own old value
/// look back in time. `proofs/checker/Language.v` defines the same language.
public struct CellProgram: Hashable, Sendable {
  public enum Node: Hashable, Sendable {
    /// The current token.
    case input

    /// x ↦ A x + b of a node.
    case linear(AffineMap, of: Int)

    /// max(0, x), elementwise.
    case relu(of: Int)

    /// s ← A s + (B x + b): the node's own value.
    case state(recurrence: Matrix, input: AffineMap, of: Int)

    /// What any node was one step before; at the first step, its initial value.
    case previous(of: Int)

    /// Nodes on top of each other.
    case concat([Int])

    /// [p; q] ↦ p ⊙ q.
    case multiply(of: Int)
  }

  public let nodes: [Node]

  /// By node its value before the first step; empty for nodes that nothing remembers. May be
  /// shorter than `nodes`.
  public let initial: [[Rational]]

  /// The node whose value is the output.
  public let output: Int

  public init(nodes: [Node], initial: [[Rational]], output: Int) {
    self.nodes = nodes
    self.initial = initial
    self.output = output
  }
}
