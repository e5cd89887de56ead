import Compiler
import Evaluation
import ExactArithmetic
import FixtureFiles
import LSRL
import Testing

@testable import ErrorAnalysis

@Suite("Bounds on programs over boxes of tokens")
struct ProgramBoundTests {
  private func program(_ text: String) throws -> Program {
    try ProgramText(parsing: text, file: "test.lsrl").program
  }

  private func majority(mu: Int) throws -> Program {
    let url = PackageRoot.file("fixtures/programs/more-ones-than-zeros.lsrl")
    let text = try String(contentsOf: url, encoding: .utf8)
    return try ProgramText(
      parsing: text, file: url.lastPathComponent, setting: ["mu": .number(Rational(mu))]
    ).program
  }

  private static let bits = InputBox([.init(0, 1, .multiples(ofPowerOfTwo: 0))])

  @Test("More ones than zeros is exact on every sequence of 1,000 bits")
  func majorityIsExact() throws {
    let program = try majority(mu: 2)
    for tape in [Tape(program.graph), Tape(program.leanPath)] {
      for format in [FloatFormat.binary64, .binary32] {
        let bound = tape.errorBound(over: Self.bits, tokens: 1_000, in: format)
        #expect(bound.outputs.count == 1_000 && bound.gap == nil)
        #expect(bound.error == 0, "\(format.name)")
      }
    }
  }

  @Test("Counters are exact as far as the format counts, and no further")
  func horizon() throws {
    let bound = Tape(try majority(mu: 2).graph).errorBound(
      over: Self.bits, tokens: 2_200, in: .binary16)
    let first = try #require(bound.outputs.firstIndex { $0[0].error > 0 })
    // Doubled differences of 1,024 ones are the first that 11 bits do not hold.
    #expect(first >= 1_000 && first <= 2_100, "\(first)")
    #expect(bound.invariant == nil, "counters have no bound for all times")
  }

  @Test("Real numbers in between make errors, which are within the bound")
  func reals() throws {
    let tape = Tape(try majority(mu: 2).graph)
    let bound = tape.errorBound(over: InputBox([.init(0, 1)]), tokens: 20, in: .binary32)
    #expect(bound.error > 0 && bound.error < 1e-4)
  }

  @Test("A state that forgets has a bound for all times")
  func invariant() throws {
    let average = try program(
      """
      ForEach:
        input = Input(dim=1)
        return LinState(input, A=[[1/2]], B=[[1/2]])
      """)
    let tape = Tape(average.graph)
    let box = InputBox([.init(-3, 5)])
    let bound = tape.errorBound(over: box, tokens: 300, in: .binary32)
    let forever = try #require(bound.invariant)[0]
    #expect(forever.error >= bound.error && forever.error <= 16 * bound.error)
    #expect(forever.low <= -2.99 && forever.low >= -8 && forever.high >= 4.99 && forever.high <= 16)
  }

  @Test("What may overflow is not bounded, and the token is named")
  func overflow() throws {
    let doubling = try program(
      """
      ForEach:
        input = Input(dim=1)
        state = LinState(input, A=[[2]], B=[[1]])
        return ReLU(-state)
      """)
    let bound = Tape(doubling.graph).errorBound(
      over: InputBox([.init(0, 1)]), tokens: 40, in: .binary16)
    #expect(bound.gap == .unbounded(token: 15), "an overflow stays one behind a ReLU")
    #expect(bound.outputs[14][0].error.isFinite && bound.outputs[39][0].error == .infinity)
  }

  @Test("Windows only widen bounds, and boxes without tokens are said to be empty")
  func windows() throws {
    let tape = Tape(try majority(mu: 10).graph)
    let box = InputBox([.init(0, Rational(1, 3))])
    let whole = tape.errorBound(over: box, tokens: 12, in: .binary32)
    let parts = tape.errorBound(over: box, tokens: 12, in: .binary32, windowLimit: 1)
    #expect(whole.outputs.count == parts.outputs.count)
    for (wide, narrow) in zip(parts.outputs.joined(), whole.outputs.joined()) {
      #expect(wide.error >= narrow.error)
    }
    let empty = InputBox([.init(Rational(1, 3), Rational(1, 2), .multiples(ofPowerOfTwo: 0))])
    #expect(tape.errorBound(over: empty, tokens: 1, in: .binary64).gap == .emptyBox)
  }

  @Test("The float's side of the phase lemma is needed")
  func floatPhase() throws {
    // Just below 1/3 each: exactly the sum is negative; in bfloat16 it is 2^−8.
    let program = try program(
      """
      ForEach:
        input = Input(dim=3)
        return ReLU(Linear(input, A=[[1, 1, 1]], b=[-1]))
      """)
    let tape = Tape(program.graph)
    let third = Rational(1, 3)
    let near = InputBox.Coordinate(third - Rational(1, 500_000), third - Rational(1, 1_000_000))
    let box = InputBox([near, near, near])
    var floats = Interpreter<BFloat16>(program.graph)
    let token = [near.high, near.high, near.high].map(BFloat16.init(nearest:))
    let result = try floats.run([token])[0][0].double
    #expect(result == 0x1p-8)
    #expect(tape.errorBound(over: box, tokens: 1, in: .bfloat16).error == result)
    var rules = AnalysisRules()
    rules.looksAtFloatPhase = false
    let half = tape.errorBound(over: box, tokens: 1, in: .bfloat16, rules: rules)
    #expect(half.gap == .contradiction || half.error < result)
  }
}
