import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import Testing

@Suite("Constants for given sequences")
struct SequenceConstantsTests {
  private func select(
    _ statements: String, on sequences: [[Rational]]
  ) throws -> ConstantSelection {
    let text = "ForEach:\n  x = Input(dim=1)\n\(statements)\n"
    return try ConstantSelection.select(
      on: sequences.map { $0.map { [$0] } }
    ) { chosen throws(any Error) in
      let read = try ProgramText(parsing: text, file: "test.lsrl", setting: [:], choosing: chosen)
      return (read.program, read.constantSites)
    }.get()
  }

  @Test("mu from the least positive value that a step meets on them, lambda from what is chosen")
  func met() throws {
    let statements = "  return f_ifelse(f_larger(x, 1/3), 5 * x, 0)"
    let far = try select(statements, on: [[0, 1], [Rational(7, 12)]])
    #expect(far.decisions.map(\.value) == [4, 8])
    // 1/3 + 1/100 is met by the second sequence only.
    let near = try select(statements, on: [[0, 1], [Rational(103, 300)]])
    #expect(near.decisions.map(\.value) == [128, 8])
    #expect(near.basis == .sequences(2) && near.inputs.isEmpty)
    #expect(!near.changesMeaning)
  }

  @Test("On these sequences the program is the ideal one")
  func meaning() throws {
    let tokens: [Rational] = [0, Rational(1, 3), Rational(33_334, 100_000), 9]
    let found = try select(
      "  return f_ifelse(f_larger(x, 1/3), x, 100, mu=10, lambda=10)", on: [tokens])
    #expect(found.changesMeaning)
    let outputs = try ExactEngine(Tape(found.program.graph)).run(tokens.map { [$0] })
    #expect(outputs == tokens.map { [$0 > Rational(1, 3) ? $0 : 100] })
  }

  @Test("No sequences, no choice")
  func none() throws {
    #expect(try select("  return f_step(x)", on: []).decisions.isEmpty)
  }
}
