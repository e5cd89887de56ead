import LSRL

extension RewriteRule {
  /// **Carry Linears through a ReLU.**
  ///
  ///     x → ReLU, and Linear(Aᵢ, bᵢ) for i = 1 … k
  ///     x → Linear [I; −I] → ReLU = [u; v] → slice u, and u − v, which the Linears now read
  ///
  /// Applies when ReLUs and Linears, slices included, read x, and one of the Linears has another
  /// reader than a single ReLU. Those Linears that have none join the stack, as in case 7A.
  ///
  /// Why the meaning stays: u = ReLU(x), and x = max(0, x) − max(0, −x) = u − v.
  ///
  /// Source: arXiv 2406.01424, appendix A, case 7B.
  public static let carryLinearsThroughRelu = RewriteRule(
    id: "carry-linears-through-relu",
    statement: "Linears beside a ReLU on x read ReLU(x) − ReLU(−x) instead of x",
    source: "arXiv 2406.01424, appendix A, case 7B",
    site: .firstBranchingNode
  ) { graph, branching in
    guard let stage = ReLUStage(at: branching, in: graph), !stage.linears.isEmpty,
      stage.concats.isEmpty
    else { return nil }
    return stage.merged(at: branching, in: graph)
  }
}
