import LSRL

extension RewriteRule {
  /// **Carry Concats and Linears through a ReLU.**
  ///
  ///     x → ReLU, Linear(Aᵢ, bᵢ) → ReLU, other Linears, and Concats that read x
  ///     x → Linear([I; −I; A₁; …; Aₖ], [0; 0; b₁; …; bₖ]) → ReLU = [u; v; w₁; …; wₖ] → slices u,
  ///         wᵢ, and u − v, which the Concats and the other Linears now read
  ///
  /// Applies when ReLUs, Linears (slices included) and Concats read x, and nothing else does.
  ///
  /// Why the meaning stays: u = ReLU(x), wᵢ = ReLU(Aᵢ x + bᵢ), as ReLU works on each coordinate by
  /// itself, and x = max(0, x) − max(0, −x) = u − v.
  ///
  /// Source: arXiv 2406.01424, appendix A, case 10.
  public static let carryConcatsAndLinearsThroughRelu = RewriteRule(
    id: "carry-concats-and-linears-through-relu",
    statement: "Concats and Linears beside a ReLU on x read ReLU(x) − ReLU(−x) instead of x",
    source: "arXiv 2406.01424, appendix A, case 10",
    site: .firstBranchingNode
  ) { graph, branching in
    guard let stage = ReLUStage(at: branching, in: graph), !stage.concats.isEmpty,
      !stage.linears.isEmpty || !stage.preparing.isEmpty
    else { return nil }
    return stage.merged(at: branching, in: graph)
  }
}
