import ExactArithmetic

/// What keeps a state from being computed by channels that decay by factors from 0 to 1: facts on
/// the eigenvalues of a strongly connected block of its matrix, exactly determined.
public struct StateObstacle: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The eigenvalue itself, where it is rational and was found.
    case negativeEigenvalue(Rational?)
    case eigenvalueAboveOne(Rational?)
    case complexEigenvalues

    /// Real and from 0 to 1, but not a number that a weight can be.
    case irrationalEigenvalue

    /// A block too large for the analysis, or of too long numbers.
    case notAnalysed(dimension: Int)

    /// The eigenvalue 1: a sum over all tokens. Channels that multiply what they remember by a and
    /// what enters by √(1 − a²) take nothing in when they keep everything.
    case integrator

    /// An eigenvalue a in (0, 1) with an irrational √(1 − a²): such channels have no exact values.
    case irrationalMultiplier(Rational)
  }

  /// The block, in coordinates of the state, ascending.
  public let coordinates: [Int]
  public let kind: Kind

  public init(coordinates: [Int], kind: Kind) {
    self.coordinates = coordinates
    self.kind = kind
  }
}

extension StateObstacle: CustomStringConvertible {
  public var description: String {
    let place =
      coordinates.count == 1
      ? "coordinate \(coordinates[0])"
      : "the block of \(coordinates.count) coordinates from \(coordinates[0])"
    switch kind {
    case .negativeEigenvalue(let value):
      return "\(place) has a negative eigenvalue" + (value.map { " (\($0))" } ?? "")
    case .eigenvalueAboveOne(let value):
      return "\(place) has an eigenvalue above 1" + (value.map { " (\($0))" } ?? "")
    case .complexEigenvalues: return "\(place) has complex eigenvalues: it turns"
    case .irrationalEigenvalue: return "\(place) has an irrational eigenvalue"
    case .integrator: return "\(place) has the eigenvalue 1: it sums over all tokens"
    case .irrationalMultiplier(let value):
      return "\(place) has the eigenvalue \(value), and the square root of 1 - (\(value))^2 is "
        + "irrational"
    case .notAnalysed(let dimension):
      return "\(place) is strongly connected, and its \(dimension) eigenvalues were not analysed "
        + "(the analysis takes blocks of up to \(StateMatrixClass.largestAnalysedBlock) "
        + "coordinates with short numbers)"
    }
  }
}
