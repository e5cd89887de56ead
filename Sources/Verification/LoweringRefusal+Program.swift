import Architectures
import Compiler
import LSRL

extension LoweringRefusal {
  /// The refusal in the author's words: the nodes by their names and places in the program's text.
  public func description(in program: Program) -> String {
    let names = offenders.map(program.name(of:)).joined(separator: ", ")
    return names.isEmpty ? explanation : "\(names): \(explanation)"
  }

  /// The kind of reason alone, the same for all programs that are refused so: for counting.
  public var summary: String {
    switch reason {
    case .multiplication: "it multiplies"
    case .stateMatrix(let obstacles):
      "state matrix with \(obstacles.first?.kind.name ?? "an obstacle")"
    case .lengthBoundTooLarge: "length bound too large"
    case .tooLarge: "state too large"
    }
  }
}

extension StateObstacle.Kind {
  /// The obstacle without its numbers.
  public var name: String {
    switch self {
    case .negativeEigenvalue: "a negative eigenvalue"
    case .eigenvalueAboveOne: "an eigenvalue above 1"
    case .complexEigenvalues: "complex eigenvalues"
    case .irrationalEigenvalue: "an irrational eigenvalue"
    case .integrator: "the eigenvalue 1"
    case .irrationalMultiplier: "an eigenvalue of irrational multiplier"
    case .notAnalysed: "a block too large to analyse"
    }
  }
}
