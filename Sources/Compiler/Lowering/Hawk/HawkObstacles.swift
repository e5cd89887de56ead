import ExactArithmetic

extension StateComponent {
  /// What keeps channels h ← a h + √(1 − a²) i z, with constant rational a in [0, 1) and i, from
  /// computing this state.
  ///
  /// Nor would gates that depend on the tokens help, where a denominator is even or divisible by a
  /// prime 4n + 3: a rational a with a rational √(1 − a²) is a leg of a Pythagorean triangle over
  /// its hypotenuse, which after cancelling has only primes 4n + 1. So for such a prime p neither a
  /// nor the root has p in its denominator, and numbers in h have no higher power of p there than i
  /// z has; the state s ← s/p + 1 has ever higher ones.
  var hawkObstacles: [StateObstacle] {
    switch kind {
    case .nilpotent: return []
    case .beyond(let obstacles): return obstacles
    case .triangular:
      return (0..<matrix.rowCount).compactMap { index in
        matrix.diagonalEntry(index).hawkObstacle.map {
          StateObstacle(coordinates: [coordinates[index]], kind: $0)
        }
      }
    case .triangularisable(let basis):
      let triangle = basis.inverse.multiplied(by: matrix).multiplied(by: basis.matrix)
      var obstacles: [StateObstacle] = []
      for block in stronglyConnectedComponents(of: matrix) {
        var kinds: [StateObstacle.Kind] = []
        for kind in block.compactMap({ triangle.diagonalEntry($0).hawkObstacle })
        where !kinds.contains(kind) {
          kinds.append(kind)
        }
        let named = block.map { coordinates[$0] }
        obstacles += kinds.map { StateObstacle(coordinates: named, kind: $0) }
      }
      return obstacles
    }
  }
}

extension Rational {
  /// √(1 − a²), if it is rational. Precondition: 0 ≤ a ≤ 1.
  var hawkMultiplier: Rational? { (1 - self * self).squareRoot }

  /// What is wrong with this eigenvalue in [0, 1].
  fileprivate var hawkObstacle: StateObstacle.Kind? {
    if self == 1 { return .integrator }
    return hawkMultiplier == nil ? .irrationalMultiplier(self) : nil
  }
}

extension Matrix {
  fileprivate func diagonalEntry(_ index: Int) -> Rational {
    row(index).first { $0.column == index }?.value ?? 0
  }
}
