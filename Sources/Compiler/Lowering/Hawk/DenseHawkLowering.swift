import Architectures
import ExactArithmetic
import LSRL

/// A recurrence for each state, a gated MLP for each ReLU and each multiplication, two of them a
/// layer where a recurrence comes first; the missing half is the identity. Linears are folded into
/// what follows them. There are no residual connections.
///
/// - ReLU of v ∈ ℝᵈ: 1 ⊙ σ(v), width d.
/// - Product of p, q ∈ ℝᵈ: p σ(q) − p σ(−q), width 2d.
/// - State of dimension d: u = B x + b + (A − I) s₀ and K_i = Aⁱ, a = 0, so h = s − s₀; width d. The
///   bias in u starts with the first token, so the convolution sums Aⁱ b′ over the tokens so far.
///   (As printed, Ã B̃ = 0: nothing is remembered; and b and s₀ are missing.)
///
/// The kernel ends where Aⁱ = 0 or at the bound on the length, whichever comes first.
///
/// Source: arXiv 2406.01424, appendices E.1 to E.6, corrected.
func denseHawk(
  _ path: PathGraph, _ options: LoweringOptions
) throws(LoweringRefusal) -> LayerStack {
  let length = options.maximumLength ?? LoweringOptions.denseKernelLength
  var isBounded = false
  var parts: [DensePart] = []
  var wire = AffineMap.identity(path.inputDimension)
  for (position, step) in path.steps.enumerated() {
    switch step.operation {
    case .linear(let map):
      wire = map.composed(after: wire)
      continue
    case .relu: parts.append(.mlp(.rectifying(wire)))
    case .multiply: parts.append(.mlp(.multiplying(wire)))
    case .linState(let state):
      guard let kernel = denseKernel(of: state.recurrence, length: length) else {
        throw LoweringRefusal(
          .lengthBoundTooLarge(requested: length), by: .hawkDense, at: position, of: path)
      }
      if kernel.isCut { isBounded = true }
      let input = state.inputFromZero.composed(after: wire)
      parts.append(
        .recurrence(
          .convolving(
            input, by: kernel.matrices, adding: state.initial,
            resetsAtStart: options.resetsAtStart)))
    case .input, .slice, .concat: preconditionFailure("step \(position) is not of a path")
    }
    wire = .identity(path.dimensions[position + 1])
  }
  return LayerStack(
    architecture: .hawkDense, inputDimension: path.inputDimension,
    layers: denseLayers(parts, inputDimension: path.inputDimension, options.resetsAtStart),
    readOut: wire, maximumLength: isBounded ? length : nil)
}

private enum DensePart {
  case recurrence(HawkRecurrence)
  case mlp(GatedMLP)
}

private func denseLayers(
  _ parts: [DensePart], inputDimension: Int, _ resetsAtStart: Bool
) -> [Layer] {
  var layers: [Layer] = []
  var waiting: HawkRecurrence?
  var dimension = inputDimension
  func append(_ recurrence: HawkRecurrence, _ mlp: GatedMLP) {
    layers.append(.hawk(HawkBlock(family: .dense, mixing: .recurrence(recurrence), mlp: mlp)))
    dimension = mlp.outputDimension
    waiting = nil
  }
  func identity() -> HawkRecurrence {
    .convolving(
      .identity(dimension), by: [.identity(dimension)],
      adding: Array(repeating: 0, count: dimension), resetsAtStart: resetsAtStart)
  }
  func passing(_ recurrence: HawkRecurrence) {
    append(recurrence, .passing(recurrence.outputDimension))
  }
  for part in parts {
    switch part {
    case .mlp(let mlp): append(waiting ?? identity(), mlp)
    case .recurrence(let recurrence):
      if let waiting { passing(waiting) }
      waiting = recurrence
    }
  }
  if let waiting { passing(waiting) }
  return layers
}

/// I, A, A², … up to A^(length − 1), and whether more of them are not zero; nil if they are too
/// many or too large.
private func denseKernel(
  of recurrence: Matrix, length: Int
) -> (matrices: [Matrix], isCut: Bool)? {
  guard length <= LoweringOptions.longestBound else { return nil }
  var powers = MatrixPowers(of: recurrence)
  var kernel = [Matrix.identity(recurrence.rowCount)]
  while true {
    guard let power = powers.next() else { return nil }
    if power.nonzeroCount == 0 { return (kernel, false) }
    if kernel.count >= max(1, length) { return (kernel, true) }
    kernel.append(power)
  }
}

extension HawkRecurrence {
  /// Σ_i K_i (input of i tokens ago) + `offset`, nothing remembered in h: Λ = 0, r = 1/8, i = 1,
  /// gate 1.
  fileprivate static func convolving(
    _ input: AffineMap, by kernel: [Matrix], adding offset: [Rational], resetsAtStart: Bool
  ) -> HawkRecurrence {
    let count = input.outputDimension
    return HawkRecurrence(
      input: input, convolution: .dense(kernel),
      convolutionBias: Array(repeating: 0, count: count),
      decay: Array(repeating: 0, count: count),
      recurrenceGate: .constant(Rational(1, 8), from: count, to: count),
      inputGate: .constant(1, from: count, to: count),
      gate: .constant(1, from: input.inputDimension, to: count),
      output: AffineMap(.identity(count), offset: offset), resetsAtStart: resetsAtStart)
  }
}

extension GatedMLP {
  /// σ(map).
  fileprivate static func rectifying(_ map: AffineMap) -> GatedMLP {
    let count = map.outputDimension
    return GatedMLP(
      up: .constant(1, from: map.inputDimension, to: count), gate: map, down: .identity(count))
  }

  /// The upper half of `map` times the lower.
  fileprivate static func multiplying(_ map: AffineMap) -> GatedMLP {
    let half = map.outputDimension / 2
    let p = map.selecting(0..<half)
    let q = map.selecting(half..<2 * half)
    let negated = AffineMap(-q.matrix, offset: q.offset.map { -$0 })
    let rows = (0..<half).map { index -> [Matrix.Entry] in
      [.init(column: index, value: 1), .init(column: half + index, value: -1)]
    }
    return GatedMLP(
      up: .stacked([p, p]), gate: .stacked([q, negated]),
      down: AffineMap(Matrix(columnCount: 2 * half, rows: rows)))
  }

  /// The identity.
  fileprivate static func passing(_ dimension: Int) -> GatedMLP {
    GatedMLP(
      up: .identity(dimension), gate: .constant(1, from: dimension, to: dimension),
      down: .identity(dimension))
  }
}
