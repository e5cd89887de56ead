import Architectures
import ExactArithmetic
import LSRL

extension GatedLinearRNNLayer {
  /// The layer as steps of a path: a state that carries x along, then γ and φ side by side, then
  /// their product.
  ///
  ///     [s; x] ← [A 0; 0 0] [s; x] + [B; I] x + [b; 0],  K times Linear and ReLU,
  ///     Linear to [γ(x); φ(s)],  Multi
  ///
  /// K is the larger number of hidden layers of γ and φ; the other is filled up at its front with
  /// x = σ(x) − σ(−x). So the layer takes K + 2 cells where every step takes one.
  ///
  /// Source: arXiv 2406.01424, Eq. 4 and appendices C and D.
  public var steps: [LSRL.Operation] {
    let carried = inputDimension
    let state = LinState(
      recurrence: .blockDiagonal([recurrence, .zero(carried, carried)]),
      input: .stacked([input, .identity(carried)]),
      initial: initial + Array(repeating: 0, count: carried))
    let depth = max(gate.maps.count, output.maps.count)
    let outputs = output.padded(to: depth)
    let gates = gate.padded(to: depth)

    var steps: [LSRL.Operation] = [.linState(state)]
    for (position, (phi, gamma)) in zip(outputs, gates).enumerated() {
      let width = phi.inputDimension + gamma.inputDimension
      let lower = phi.reading(from: 0, within: width)
      let upper = gamma.reading(from: phi.inputDimension, within: width)
      let isLast = position == depth - 1
      steps.append(.linear(.stacked(isLast ? [upper, lower] : [lower, upper])))
      steps.append(isLast ? .multiply : .relu)
    }
    return steps
  }
}

extension MLP {
  /// The same function by `depth` maps, at least as many as there are.
  fileprivate func padded(to depth: Int) -> [AffineMap] {
    var maps = self.maps
    while maps.count < depth {
      let size = maps[0].inputDimension
      let parts = SignedCoordinate.units(of: Array(repeating: .everything, count: size))
      let split = AffineMap.identity(size).signed(parts)
      let joined = AffineMap(
        Matrix(
          columnCount: 2 * size,
          rows: (0..<size).map {
            [Matrix.Entry(column: $0, value: 1), Matrix.Entry(column: size + $0, value: -1)]
          }))
      maps[0] = maps[0].composed(after: joined)
      maps.insert(split, at: 0)
    }
    return maps
  }
}
