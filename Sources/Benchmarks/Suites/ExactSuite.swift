import Evaluation
import ExactArithmetic

/// The exact engine beside python-flint, gmpy2 and C FLINT.
struct ExactSuite {
  let peers: Peers
  let stopwatch: Stopwatch

  /// By the length of numbers: floors and aims against python-flint (the better of its two ways)
  /// and against C FLINT.
  private static let goals: [(python: (Double, Double), flint: (Double, Double))] = [
    ((150, 250), (5, 8)), ((50, 100), (2, 4)), ((30, 50), (1.1, 1.5)),
  ]

  func rows() throws -> [Row] {
    var rows: [Row] = []
    for (workload, goal) in zip(try Workload.recurrences(), ExactSuite.goals) {
      let engine = ExactEngine(Tape(workload.path))
      let outputs = try engine.run(workload.tokens)
      let bits = outputs.last?.map(\.bitCount).max() ?? 0
      let seconds = try stopwatch.seconds { _ = try engine.run(workload.tokens) }
      let expected = outputs.last?.map(\.description).joined(separator: " ") ?? ""
      let python = try ["python-flint", "python-flint-matrix", "gmpy2"].compactMap { library in
        try peer(.exactPython(library), workload, repetitions: 3, expecting: expected)
      }
      let flint = try peer(.flint, workload, repetitions: 9, expecting: expected)
      let sizes = "\(workload.sizes), last numbers up to \(bits) bits"
      let figure = seconds.map { workload.megaproducts / $0 }
      rows.append(
        Row(
          "exact recurrence, \(workload.name)", sizes: sizes, figure,
          unit: "million products/s", peers: python,
          goal: Row.Goal(
            .timesFaster(["python-flint", "python-flint-matrix"]), floor: goal.python.0,
            aim: goal.python.1)))
      rows.append(
        Row(
          "exact recurrence, \(workload.name)", sizes: sizes, figure,
          unit: "million products/s", peers: flint.map { [$0] } ?? [],
          goal: Row.Goal(.timesFaster(["C FLINT"]), floor: goal.flint.0, aim: goal.flint.1)))
    }
    return rows
  }

  private func peer(
    _ program: Peers.Program, _ workload: Workload, repetitions: Int, expecting output: String
  ) throws -> Row.Peer? {
    guard let run = peers.run(program, workload, repetitions: repetitions) else { return nil }
    guard run.output == output else { throw BenchError.peerDisagrees(program.name) }
    return Row.Peer(program.name, run.seconds.map { workload.megaproducts / $0 })
  }
}

/// Why a bench gives no figures.
public enum BenchError: Error, CustomStringConvertible {
  /// It computed other numbers, so its time is for another job.
  case peerDisagrees(String)

  public var description: String {
    switch self {
    case .peerDisagrees(let name): "\(name) computes other numbers than the exact engine"
    }
  }
}

extension Workload {
  var megaproducts: Double { Double(productCount) / 1e6 }
}
