import Architectures
import Compiler
import ExactArithmetic
import LSRL
import PropertyTesting
import Verification

extension Property {
  /// A compiler that refuses too much would pass every other claim. So each refusal is checked by a
  /// test of its own: Linear and ReLU RNNs may refuse only what multiplies; Mamba only a state
  /// whose matrix does not have all its eigenvalues among the rationals in [0, 1]; Hawk and Griffin
  /// only one whose matrix does not have them all among the rationals a in [0, 1) with a rational
  /// √(1 − a²); the others nothing.
  ///
  /// The test shares no code with the compiler: it takes the characteristic polynomial by
  /// Faddeev and LeVerrier's recurrence and divides out every rational root in [0, 1] there can be.
  public static func refusalsAreJustified(
    on architectures: [Architecture], by compilers: Compilers
  ) -> Property {
    Property(
      id: "refusals-are-justified",
      statement: "what an architecture refuses, it cannot express by the table of state matrices"
    ) { run in
      let lean = compilers.lean(run.program)
      var covered: Set<String> = []
      for architecture in architectures {
        guard
          case .failure(let refusal) = compilers.lower(
            lean, architecture, run.program.inputRanges)
        else { continue }
        covered.insert("\(architecture.rawValue) refused: \(refusal.summary)")
        if let complaint = refusal.complaint(about: lean) {
          return Examination(
            .refuted(kind: "\(architecture.rawValue) refuses wrongly", explanation: complaint),
            covering: covered)
        }
      }
      return Examination(.holds, covering: covered)
    }
  }
}

extension LoweringRefusal {
  /// Why the refusal is wrong; nil if it is right.
  fileprivate func complaint(about path: PathGraph) -> String? {
    guard path.steps.indices.contains(step) else { return "there is no step \(step)" }
    switch (reason, path.steps[step].operation) {
    case (.multiplication, .multiply):
      let neverMultiply: [Architecture] = [.linearRNN, .rnn]
      return neverMultiply.contains(architecture) ? nil : "a \(architecture.title) can multiply"
    case (.stateMatrix(let obstacles), .linState(let state)):
      let coordinates = obstacles.flatMap(\.coordinates)
      guard !coordinates.isEmpty, coordinates.allSatisfy((0..<state.dimension).contains) else {
        return "obstacles at \(coordinates)"
      }
      guard let decays = Decays(of: architecture) else { return "it takes any state matrix" }
      return state.recurrence.hasSpectrum(among: decays)
        ? "all eigenvalues of \(state.recurrence) are \(decays.rawValue)" : nil
    default: return "step \(step) is no such thing"
    }
  }
}

/// The eigenvalues that a recurrence of decaying channels can have.
private enum Decays: String {
  case unitInterval = "rationals in [0, 1]"
  case pythagorean = "rationals a in [0, 1) with a rational square root of 1 - a^2"

  /// Nil: the architecture's recurrence is not of this kind.
  init?(of architecture: Architecture) {
    switch architecture {
    case .mamba: self = .unitInterval
    case .hawk, .griffin: self = .pythagorean
    default: return nil
    }
  }

  /// For p/q in [0, 1], in lowest terms or not: √(q² − p²)/q is rational if q² − p² is a square.
  func contain(_ p: Int, over q: Int) -> Bool {
    switch self {
    case .unitInterval: return true
    case .pythagorean:
      let square = q * q - p * p
      let root = Int(Double(square).squareRoot())
      return p < q && root * root == square
    }
  }
}

extension Matrix {
  /// Whether the characteristic polynomial is a product of x − r with r among `decays`.
  fileprivate func hasSpectrum(among decays: Decays) -> Bool {
    var polynomial = characteristicPolynomial
    for root in rationalCandidates(of: polynomial, decays) {
      while polynomial.count > 1, let quotient = polynomial.divided(byRoot: root) {
        polynomial = quotient
      }
    }
    return polynomial.count == 1
  }

  /// Coefficients of det(xI − A), the highest first. With M₀ = 0 and c₀ = 1:
  /// Mₖ = A Mₖ₋₁ + cₖ₋₁ I, cₖ = −trace(A Mₖ)/k.
  private var characteristicPolynomial: [Rational] {
    var coefficients: [Rational] = [1]
    var auxiliary = Matrix.zero(rowCount, rowCount)
    for k in 1...rowCount {
      let shift = Matrix.diagonal(Array(repeating: coefficients[k - 1], count: rowCount))
      auxiliary = multiplied(by: auxiliary).sum(with: shift)
      coefficients.append(-multiplied(by: auxiliary).trace / Rational(k))
    }
    return coefficients
  }

  private var trace: Rational {
    (0..<rowCount).reduce(0) { sum, index in
      sum + (row(index).first { $0.column == index }?.value ?? 0)
    }
  }

  private func sum(with other: Matrix) -> Matrix {
    let rows = (0..<rowCount).map { index -> [Rational] in
      var dense = [Rational](repeating: 0, count: columnCount)
      for entry in row(index) { dense[entry.column] += entry.value }
      for entry in other.row(index) { dense[entry.column] += entry.value }
      return dense
    }
    return Matrix(dense: rows)
  }

  /// Every p/q in [0, 1] with q a divisor of the leading coefficient, once the polynomial is made
  /// one over the integers: the rational root theorem. Entries of generated matrices have
  /// denominators whose product is small.
  private func rationalCandidates(
    of polynomial: [Rational], _ decays: Decays
  ) -> [Rational] {
    let content = Rational.content(of: polynomial)
    guard let leading = (polynomial[0] / content).magnitude.integer else { return [] }
    var candidates: [Rational] = []
    for q in 1...min(leading, 2_000) where leading.isMultiple(of: q) {
      candidates += (0...q).filter { decays.contain($0, over: q) }.map { Rational($0, q) }
    }
    return candidates
  }
}

extension [Rational] {
  /// The quotient by x − `root` if that divides the polynomial, by Horner's rule.
  fileprivate func divided(byRoot root: Rational) -> [Rational]? {
    var quotient: [Rational] = []
    var value: Rational = 0
    for coefficient in self {
      value = value * root + coefficient
      quotient.append(value)
    }
    return quotient.last == 0 ? Array(quotient.dropLast()) : nil
  }
}
