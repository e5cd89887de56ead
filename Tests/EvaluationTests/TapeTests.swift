import ExactArithmetic
import LSRL
import Testing

@testable import Evaluation

@Suite("Tapes")
struct TapeTests {
  /// Figure 1's counting, with a Concat and two Slices of it.
  private static func sliced() throws -> Graph {
    let state = LinState(recurrence: [[1]], input: AffineMap([[1]]), initial: [3])
    return try Graph(
      nodes: [
        Node(0, .input(dimension: 1)),
        Node(1, .linState(state), reading: [0]),
        Node(2, .concat, reading: [1, 0, 1]),
        Node(3, .slice(1..<3), reading: [2]),
        Node(4, .relu, reading: [3]),
        Node(5, .slice(0..<2), reading: [2]),
        Node(6, .multiply, reading: [5]),
        Node(7, .concat, reading: [4, 6]),
      ], output: 7)
  }

  @Test("Slices and Concats leave no instruction behind")
  func views() throws {
    let tape = Tape(try Self.sliced())
    #expect(tape.instructions.count == 3)
    #expect(tape.output.count == 3 && tape.output.pieces.count == 2)
    #expect(tape.states.map(\.initial) == [[3]])
  }

  @Test("Neighbouring coordinates of a slot become one piece again")
  func pieces() {
    let whole = Tape.Source(slot: 4, count: 5)
    let joined = Tape.Source(stacking: [whole[0..<2], whole[2..<5]])
    #expect(joined == whole)
    let crossed = Tape.Source(stacking: [whole[2..<5], whole[0..<2]])
    #expect(crossed.pieces.count == 2)
    #expect(crossed[2..<4].pieces.map(\.range) == [4..<5, 0..<1])
    #expect(whole[3..<3].pieces.isEmpty)
  }

  @Test("A long path needs few slots, however long it is")
  func reuse() throws {
    let step = PathGraph.Step(.linear(AffineMap([[1, 2], [3, 4]])))
    let steps = [PathGraph.Step](repeating: step, count: 500)
    let tape = Tape(try PathGraph(inputDimension: 2, steps: steps))
    #expect(tape.slotSizes == [2, 2])
    #expect(tape.instructions.count == 500)
  }

  @Test("No instruction writes what it reads, nor a state that is not its own")
  func noOverlap() throws {
    let tape = Tape(try Self.sliced())
    let kept = Set(tape.states.map(\.slot))
    for instruction in tape.instructions {
      if case .update = instruction { continue }
      #expect(!kept.contains(instruction.slot))
      for source in instruction.sources {
        #expect(!source.pieces.contains { $0.slot == instruction.slot })
      }
    }
  }
}
