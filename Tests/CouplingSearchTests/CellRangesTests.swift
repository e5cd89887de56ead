import Certificates
import ExactArithmetic
import LSRL
import Testing

@testable import CouplingSearch

@Suite("Enclosures of what is remembered")
struct CellRangesTests {
  private static func range(_ state: String) throws -> Interval? {
    let text = "ForEach:\n  x = Input(dim=1, range=[0, 1])\n  return \(state)"
    let program = try CouplingSearchTests.program(text)
    return CellProgram(program.graph).rememberedRanges(ofInputs: program.inputRanges).last?.last
  }

  @Test("A bound that moves by less and less is where it tends to")
  func contracting() throws {
    let half = "LinState(x, A=[[1/2]], B=[[1]], init_state=[[0]])"
    #expect(try Self.range(half) == Interval(0, 2))
    let falling = "LinState(x, A=[[3/5]], B=[[-2]], b=[1], init_state=[[7]])"
    #expect(try Self.range(falling) == Interval(Rational(-5, 2), 7))
  }

  @Test("What grows without end has no bound there")
  func growing() throws {
    let sum = "LinState(x, A=[[1]], B=[[1]], init_state=[[-3]])"
    #expect(try Self.range(sum) == Interval(-3, nil))
    let twice = "LinState(x, A=[[2]], B=[[1]], b=[-1/4], init_state=[[1]])"
    #expect(try Self.range(twice) == Interval(1, nil))
  }
}
