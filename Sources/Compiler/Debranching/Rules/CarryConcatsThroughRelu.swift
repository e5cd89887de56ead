import LSRL

extension RewriteRule {
  /// **Carry Concats through a ReLU.**
  ///
  ///     x → ReLU, and Concats that read x
  ///     x → Linear [I; −I] → ReLU = [u; v] → slice u, and u − v, which the Concats now read
  ///
  /// Applies when ReLUs and Concats read x, and nothing else does.
  ///
  /// Why the meaning stays: u = ReLU(x), and x = max(0, x) − max(0, −x) = u − v.
  ///
  /// Source: arXiv 2406.01424, appendix A, case 9.
  public static let carryConcatsThroughRelu = RewriteRule(
    id: "carry-concats-through-relu",
    statement: "Concats beside a ReLU on x read ReLU(x) − ReLU(−x) instead of x",
    source: "arXiv 2406.01424, appendix A, case 9",
    site: .firstBranchingNode
  ) { graph, branching in
    guard let stage = ReLUStage(at: branching, in: graph), !stage.concats.isEmpty,
      stage.linears.isEmpty, stage.preparing.isEmpty
    else { return nil }
    return stage.merged(at: branching, in: graph)
  }
}
