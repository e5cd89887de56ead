import ExactArithmetic
import LSRL

extension RewriteRule {
  /// **Push slices forward.**
  ///
  ///     x → slice → slice              x → slice
  ///     x → slice → Linear(A, b)       x → Linear(AS, b)
  ///     x → slice → LinState(A, B, b)  x → LinState(A, BS, b)
  ///     x → slice → ReLU               x → ReLU → slice
  ///     x → slices → Concat            x → Linear [S₁; …; Sₖ]
  ///
  /// Applies when Slices read x, and nothing else but Concats does. All of these actions are taken
  /// at once, wherever they are possible; ReLUs become one. S is the matrix of the slice.
  ///
  /// A Concat is passed when slices of x, or x itself, are all that it reads: as the block-diagonal
  /// diag(S₁, …, Sₖ) behind Concat([x, …, x]), which together are [S₁; …; Sₖ] on x. A Concat that
  /// still waits for something else is left alone: x would have to enter it as a whole, and all of
  /// x would have to be carried until then. Something can always be pushed: the first node behind x
  /// that is no Slice reads only x and slices of it.
  ///
  /// Why the meaning stays: A(Sx) = (AS)x, and to select coordinates before an elementwise
  /// operation is to select them after it: ReLU(Sx) = S ReLU(x).
  ///
  /// Source: arXiv 2406.01424, appendix A, case 5A. The paper remarks that ReLU commutes with every
  /// A of non-negative eigenvalues; that is false for A = [[1, −1], [0, 1]], x = (0, 1).
  public static let pushSlicesForward = RewriteRule(
    id: "push-slices-forward",
    statement: "slices on one node go into or past what reads them",
    source: "arXiv 2406.01424, appendix A, case 5A",
    site: .firstBranchingNode
  ) { graph, branching in
    guard let pieces = graph.pieces(of: branching) else { return nil }
    var edit = GraphEdit(of: graph)
    var relu: NodeID?
    for node in graph.readers(ofNothingBut: pieces) {
      let ranges = node.inputs.compactMap { pieces[$0] }
      switch node.operation {
      case .relu:
        let common = relu ?? edit.insert(.relu, reading: [branching])
        relu = common
        edit.redirect(node.id, to: edit.insert(.slice(ranges[0]), reading: [common]))
      default:
        // A slice of x itself is where it should be.
        guard node.inputs != [branching] || node.isConcat,
          let pushed = graph.operation(node, readingPieces: ranges, of: branching)
        else { continue }
        edit.redirect(node.id, to: edit.insert(pushed, reading: [branching]))
      }
    }
    return edit.redirections.isEmpty ? nil : edit
  }
}

extension WorkingGraph {
  /// What does the same as `node` but reads all of `source`, when `node` reads `pieces` of it.
  fileprivate func operation(
    _ node: Node, readingPieces pieces: [Range<Int>], of source: NodeID
  ) -> Operation? {
    let dimension = dimension(of: source)
    switch node.operation {
    case .slice(let range):
      let start = pieces[0].lowerBound
      return .slice(start + range.lowerBound..<start + range.upperBound)
    case .linear(let map):
      return .linear(map.reading(from: pieces[0].lowerBound, within: dimension))
    case .linState(let state):
      let input = state.input.reading(from: pieces[0].lowerBound, within: dimension)
      return .linState(
        LinState(recurrence: state.recurrence, input: input, initial: state.initial))
    case .concat:
      return .linear(.stacked(pieces.map { .selection(of: $0, from: dimension) }))
    case .input, .relu, .multiply:
      return nil
    }
  }
}
