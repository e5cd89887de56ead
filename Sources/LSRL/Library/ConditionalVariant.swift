/// The ways to choose between two vectors by a condition that is 0 or 1. They agree there; they
/// differ in what they cost and in what happens when the condition is slightly off.
///
/// With c = c₀ + δ, c₀ ∈ {0, 1}, and λ ≥ |t|, |f|:
public enum ConditionalVariant: String, CaseIterable, Sendable {
  /// Eq. 7: ReLU(−λc + f) + ReLU(−λ(1−c) + t) − ReLU(−λc − f) − ReLU(−λ(1−c) − t).
  ///
  /// For c₀ = 0 the error is min(λ|δ|, |f|) as long as λ(1 − |δ|) ≥ |t|; for c₀ = 1 it is
  /// min(λ|δ|, |t|) as long as λ(1 − |δ|) ≥ |f|. So |δ| ≥ |f|/λ loses the value altogether, or
  /// doubles it. t = f = 1, λ = 4: c = 1/8 gives 1/2, c = 1/4 gives 0.
  case direct

  /// Eq. 7 without the ReLUs whose arguments are known to be ≤ 0, and without a branch that is
  /// known to be 0. It is equal to `direct` on all inputs within the declared ranges.
  case optimized

  /// Eq. 9 in full: Eq. 7 with −λc replaced by −λ + λ f_step(1/2 − c) and −λ(1−c) by
  /// −λ + λ f_step(c − 1/2). Needs μ ≥ 2.
  ///
  /// No error for |δ| ≤ 1/2 − 1/μ. Within the ramps, with e = μ(c − 1/2): min(λ(1 + e), |f|) for
  /// e ≤ 0, min(λ(1 − e), |t|) for e ≥ 0. μ = 10, t = f = 1, λ = 4: c = 1/2 gives 0.
  case step

  /// `step` without what is known to be 0; equal to it within the declared ranges.
  case stepOptimized = "step_optimized"

  /// Eq. 10: c ⊙ t + (1 − c) ⊙ f. The error is exactly |δ| |t − f|. λ and μ play no part.
  case multiplicative

  /// Eq. 10 without a product whose factor t or f is known to be 0.
  case multiplicativeOptimized = "multiplicative_optimized"

  var dropsZeros: Bool {
    switch self {
    case .optimized, .stepOptimized, .multiplicativeOptimized: true
    case .direct, .step, .multiplicative: false
    }
  }
}
