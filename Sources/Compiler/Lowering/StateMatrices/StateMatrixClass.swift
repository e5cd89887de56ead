import ExactArithmetic

/// What kind of memory a state matrix is, seen from a recurrence of decaying channels.
public enum StateMatrixClass: Hashable, Sendable {
  /// A^index = 0: the state is a weighted sum of the last `index` inputs. Index 1: A = 0.
  case nilpotent(index: Int)

  /// Triangular up to a permutation, the diagonal in [0, 1].
  case triangular

  /// Triangular, the diagonal in [0, 1], in the coordinates of the basis.
  case triangularisable(StateBasis)

  /// Some eigenvalue is not a rational number in [0, 1] (or was not analysed).
  ///
  /// A state that neither reads nor shows that eigenvalue could still be computed; that is not
  /// looked for. Otherwise channels of constant step sizes cannot compute it for every length: on
  /// an input that stays constant each is in the end a sum of polynomials times powers of rational
  /// bases in [0, 1], stack after stack, so nothing turns, alternates or grows exponentially.
  case beyond([StateObstacle])

  /// Strongly connected blocks above this dimension are not analysed for eigenvalues, unless they
  /// are a single cycle.
  public static let largestAnalysedBlock = 40
}

/// Coordinates of a state that have to do with each other, directly or not, and with no others.
public struct StateComponent: Hashable, Sendable {
  /// Ascending.
  public let coordinates: [Int]

  /// A, on these coordinates.
  public let matrix: Matrix

  /// Obstacles in it name coordinates of the whole state.
  public let kind: StateMatrixClass
}

/// A change of coordinates s = P r. Then r has the matrix P⁻¹ A P.
public struct StateBasis: Hashable, Sendable {
  /// P.
  public let matrix: Matrix

  /// P⁻¹.
  public let inverse: Matrix
}

extension StateMatrixClass {
  /// The independent components of the square matrix `recurrence`, by their first coordinate, and
  /// what each of them is.
  ///
  /// Everything is decided exactly. Polynomial in the dimension: only strongly connected blocks of
  /// up to `largestAnalysedBlock` coordinates, with short numbers, are looked at for eigenvalues.
  public static func components(of recurrence: Matrix) -> [StateComponent] {
    connectedComponents(of: recurrence).map { coordinates in
      let matrix = recurrence.restricted(to: coordinates)
      return StateComponent(
        coordinates: coordinates, matrix: matrix, kind: classify(matrix, named: coordinates))
    }
  }

  private static func classify(_ matrix: Matrix, named names: [Int]) -> StateMatrixClass {
    var obstacles: [StateObstacle] = []
    var bases: [(block: [Int], basis: StateBasis)] = []
    var isNilpotent = true
    for block in stronglyConnectedComponents(of: matrix) {
      let part = matrix.restricted(to: block)
      switch Spectrum(of: part) {
      case .beyond(let kinds):
        let coordinates = block.map { names[$0] }
        obstacles += kinds.map { StateObstacle(coordinates: coordinates, kind: $0) }
      case .decaying(let eigenvalues):
        if eigenvalues != [0] { isNilpotent = false }
        if block.count > 1 {
          bases.append((block, .jordan(of: part, eigenvalues: eigenvalues)))
        }
      }
    }
    guard obstacles.isEmpty else { return .beyond(obstacles) }
    if isNilpotent, let index = matrix.nilpotencyIndex { return .nilpotent(index: index) }
    return bases.isEmpty ? .triangular : .triangularisable(.joined(bases, matrix.rowCount))
  }
}

extension Matrix {
  /// The least k with A^k = 0; nil if there is none, or if finding it is too much work.
  var nilpotencyIndex: Int? {
    var powers = MatrixPowers(of: self)
    for index in 1...max(1, rowCount) {
      guard let power = powers.next() else { return nil }
      if power.nonzeroCount == 0 { return index }
    }
    return nil
  }
}
