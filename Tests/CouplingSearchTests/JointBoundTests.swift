import Certificates
import ExactArithmetic
import LSRL
import Testing

@testable import CouplingSearch

@Suite("Programs between that remember sums")
struct JointBoundTests {
  /// s + t is never negative, though s and t may be anything.
  private static func text(returning output: String) -> String {
    """
    ForEach:
      x = Input(dim=2)
      s = LinState(x, A=[[1]], B=[[1, 0]], init_state=[[0]])
      t = LinState(x, A=[[1]], B=[[-1, 3]], init_state=[[1]])
      return \(output)
    """
  }

  private static let inputBounds = [Interval.everything, Interval(0, nil)]

  private func search(for output: String) throws -> CouplingSearch {
    func program(_ output: String) throws -> CellProgram {
      CellProgram(
        try ProgramText(parsing: Self.text(returning: output), file: "test.lsrl", setting: [:])
          .program.graph)
    }
    return CouplingSearch(
      source: try program(output), target: try program("s + t"), inputBounds: Self.inputBounds)
  }

  @Test("show a sign that needs two remembered numbers")
  func findsSum() throws {
    let search = try search(for: "ReLU(s + t)")
    guard case .notFound = search.run() else {
      Issue.record("expected that no single certificate shows it")
      return
    }
    let found = try #require(search.runThroughJointBounds())
    #expect(found.count == 2)
    let chain = try #require(CertificateChain(found))
    #expect(chain.source == search.source)
    #expect(chain.target == search.target)
    for judgement in chain.judgements() { #expect(judgement.isAccepted) }
  }

  @Test("do not show what is wrong")
  func findsNothing() throws {
    #expect(try search(for: "ReLU(s + t - 2)").runThroughJointBounds() == nil)
    #expect(try search(for: "ReLU(s + 2 * t)").runThroughJointBounds() == nil)
  }
}
