import Architectures
import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import Testing

/// Gated cells read their states before they write them: what a bound knows about a state must
/// survive from token to token.
@Suite("Bounds on networks")
struct NetworkBoundTests {
  private static let program = """
    ForEach:
      x = Input(dim=2)
      s = LinState(x, A=[[1/3, 0], [0, 9/10]], B=[[1/7, 1], [2, 3/11]], init_state=[[1/9], [1/5]])
      r = ReLU(s - 1/3)
      return Linear(input=r, A=[[1/3, -1/7], [10, 1/11]], b=[1/13, -5])
    """

  private static let tokens: [[Rational]] = (1...30).map { time in
    [Rational((7 * time) % 11 - 5, 3), Rational((5 * time) % 13 - 6, 7)]
  }

  @Test("hold where a tape is to be had, and stay close", arguments: Architecture.allCases)
  func networks(architecture: Architecture) throws {
    let graph = try Program(parsing: Self.program, file: "test.lsrl").graph
    let exact = try ExactEngine(Tape(graph)).run(Self.tokens)
    let options = LoweringOptions()
    let stack = try? lowered(path: graph.leanPath(), to: architecture, options: options)
    guard let tape = stack.flatMap({ Tape($0)?.withPlainConstants }) else {
      #expect([.mamba, .hawk, .griffin].contains(architecture), "\(architecture)")
      return
    }
    for format in FloatFormat.catalogue {
      for mode in BoundMode.allCases {
        let found = try RunningBound(tape, format: format, mode: mode).run(Self.tokens)
        for (value, truth) in zip(found.joined(), exact.joined()) {
          #expect(value.holds(for: truth), "\(format.name) \(mode): \(value), \(truth)")
          let unit = Double(nearest: format.unitRoundoff)
          #expect(value.bound < 1e4 * unit || mode == .fast, "\(format.name): \(value)")
        }
      }
    }
  }

  @Test("know that the state before the token had an error, too")
  func memory() throws {
    let text =
      "ForEach:\n  x = Input(dim=1)\n"
      + "  return LinState(x, A=[[9/10]], B=[[1/7]], init_state=[[1/9]])"
    let graph = try Program(parsing: text, file: "test.lsrl").graph
    let tokens: [[Rational]] = [[1]] + Array(repeating: [0], count: 20)
    for architecture in [Architecture.gatedRNN, .lstm, .gru] {
      let stack = try lowered(
        path: graph.leanPath(), to: architecture, options: LoweringOptions())
      let tape = try #require(Tape(stack)?.withPlainConstants)
      let found = try RunningBound(tape, format: .binary64, mode: .tight).run(tokens)
      #expect(found.joined().allSatisfy { $0.bound > 0 }, "\(architecture)")
    }
  }
}
