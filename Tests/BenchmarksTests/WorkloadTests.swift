import Benchmarks
import Evaluation
import ExactArithmetic
import Foundation
import LSRL
import Testing

@Suite("What benches measure")
struct WorkloadTests {
  @Test("The text holds every operation, entry and token, in the documented order")
  func text() throws {
    let state = LinState(
      recurrence: Matrix(dense: [[0, 1], [Rational(1, 2), 0]]),
      input: AffineMap(Matrix(dense: [[3], [0]]), offset: [0, -1]), initial: [7, 0])
    let path = try PathGraph(
      inputDimension: 1,
      steps: [
        PathGraph.Step(.linState(state)), PathGraph.Step(.relu), PathGraph.Step(.multiply),
        PathGraph.Step(.linear(AffineMap(Matrix(dense: [[2]])))),
      ])
    let workload = Workload("small", path, on: [[1], [Rational(-1, 2)]])
    #expect(
      workload.text
        == "4 state 2 2 1 1 1 1 0 1/2 2 1 1 0 3 0 2 0 -1 2 7 0 relu multiply "
        + "linear 1 1 1 0 2 1 0 2 1 1 1 -1/2\n")
    #expect(workload.productCount == 8)
    #expect(workload.width == 2)
  }

  @Test("Recurrences have numbers as long as their names say")
  func lengths() throws {
    for (workload, range) in zip(
      try Workload.recurrences(), [64...128, 250...350, 3_500...4_500])
    {
      let outputs = try ExactEngine(Tape(workload.path)).run(workload.tokens)
      let bits = outputs.last?.map(\.bitCount).max() ?? 0
      #expect(range.contains(bits), "\(workload.name): \(bits) bits")
    }
  }

  @Test("A row is held to its floor, and to nothing when a peer is missing")
  func verdicts() {
    func row(_ ours: Double, _ peers: [Row.Peer], _ goal: Row.Goal) -> Row {
      Row("r", sizes: "s", Figure([ours]), unit: "u", peers: peers, goal: goal)
    }
    let faster = Row.Goal(.timesFaster(["a", "b"]), floor: 2, aim: 4)
    let peers = [Row.Peer("a", Figure([1])), Row.Peer("b", Figure([3, 5, 4]))]
    #expect(row(16, peers, faster).verdict == .aim)
    #expect(row(15.9, peers, faster).verdict == .floor)
    #expect(row(7.9, peers, faster).verdict == .below)
    #expect(row(1_000, [peers[0]], faster).verdict == .notCompared)
    let most = Row.Goal(.atMost, floor: 4, aim: 1)
    #expect(row(1, [], most).verdict == .aim)
    #expect(row(4, [], most).verdict == .floor)
    #expect(row(4.1, [], most).verdict == .below)
    #expect(row(3, [], Row.Goal(.atLeast, floor: 3)).verdict == .aim)
  }

  @Test("The median of an even number of samples is between the middle ones")
  func median() {
    #expect(Figure([4, 1, 3, 2]).median == 2.5)
    #expect(Figure([9, 1, 5]).median == 5)
    #expect(Figure([4, 1, 3, 2]).low == 1 && Figure([4, 1, 3, 2]).high == 4)
  }
}
