import LSRL

extension RewriteRule {
  /// **Carry ReLUs through a Linear.**
  ///
  ///     x → ReLU, and Linear(Aᵢ, bᵢ) → ReLU for i = 1 … k
  ///     x → Linear([I; A₁; …; Aₖ], [0; b₁; …; bₖ]) → ReLU → slices
  ///
  /// Applies when ReLUs and Linears, slices included, read x, and each of the Linears is used once,
  /// by a ReLU.
  ///
  /// Why the meaning stays: ReLU works on each coordinate by itself, so ReLU([I x; Aᵢ x + bᵢ]) =
  /// [ReLU(x); ReLU(Aᵢ x + bᵢ)], and the slices pick these.
  ///
  /// Source: arXiv 2406.01424, appendix A, case 7A.
  public static let carryRelusThroughLinear = RewriteRule(
    id: "carry-relus-through-linear",
    statement: "ReLUs on x, and ReLUs on Linears on x, become one ReLU on one stacked Linear",
    source: "arXiv 2406.01424, appendix A, case 7A",
    site: .firstBranchingNode
  ) { graph, branching in
    guard let stage = ReLUStage(at: branching, in: graph), !stage.preparing.isEmpty,
      stage.linears.isEmpty, stage.concats.isEmpty
    else { return nil }
    return stage.merged(at: branching, in: graph)
  }
}
