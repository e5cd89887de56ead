import Evaluation
import ExactArithmetic
import Foundation

/// Why a peer that is installed gives no figure.
public struct PeerFailure: Error, CustomStringConvertible {
  public let description: String

  init(_ program: Peers.Program, _ reason: String) { description = "\(program.name): \(reason)" }
}

extension Peers {
  /// How far a number of the reference may be from the exact one, which is at least 1 or near 0:
  /// conditionals with λ = 10^10 lose ten digits of sixteen.
  private static let tolerance = 1e-3

  /// The reference on the same path and tokens; nil if it is not there, in `reference` beside the
  /// other peers. Throws if it is there and fails, or computes something else.
  func reference(_ workload: Workload, repetitions: Int) throws -> Run? {
    let package = folder.appending(path: "reference/lsrl/__init__.py")
    guard FileManager.default.fileExists(atPath: package.path) else { return nil }
    let run = try result(of: .reference, workload, repetitions: repetitions)
    let outputs = (run.output ?? "").split(separator: " ").map { Double($0) }
    let expected = try ExactEngine(Tape(workload.path)).run(workload.tokens).joined()
      .map { Double(nearest: $0) }
    let agrees =
      outputs.count == expected.count
      && zip(outputs, expected).allSatisfy { output, exact in
        guard let output else { return false }
        return (output - exact).magnitude <= Peers.tolerance * max(1, exact.magnitude)
      }
    guard agrees else { throw BenchError.peerDisagrees(Program.reference.name) }
    return run
  }
}
