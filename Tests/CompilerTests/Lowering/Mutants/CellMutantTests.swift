import Architectures
import Compiler
import ExactArithmetic
import LSRL
import Testing

/// A comparison with the path is worth what it rejects.
@Suite("Wrong lowerings to cells are caught")
struct CellMutantTests {
  static let mutants: [CellMutant] =
    CellMutant.rnn + CellMutant.gatedRNN + CellMutant.lstm + CellMutant.gru
    + CellMutant.gruResetAfter

  @Test("caught within 1,000 random paths", arguments: mutants)
  func caught(mutant: CellMutant) throws {
    let first = try (0..<1000).first { seed in
      let sample = try PathCase(
        seed: seed, matrices: MatrixKind.allCases, multiplies: mutant.architecture.multiplies)
      var options = LoweringOptions()
      var tokens = sample.tokens
      if mutant.knowsRanges {
        options.inputRanges = Array(repeating: Interval(0, 4), count: sample.path.inputDimension)
        tokens = tokens.map { $0.map { max($0, -$0) } }
      }
      return try mutant.lower(sample.path, options).run(tokens) != sample.path.run(tokens)
    }
    #expect(first != nil)
  }

  @Test("Each lowering has at least four")
  func counts() {
    for architecture in CellLoweringTests.architectures {
      #expect(Self.mutants.count { $0.architecture == architecture } >= 4)
    }
  }
}
