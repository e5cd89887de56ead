import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import Testing

@Suite("Running bounds")
struct RunningBoundTests {
  @Test("are 0 where nothing is lost: counting bits, for thousands of tokens")
  func exactness() throws {
    let text = """
      ForEach:
        x = Input(dim=1)
        ones = LinState(x, A=[[1]], B=[[1]], init_state=[[0]])
        zeros = LinState(f_not(x), A=[[1]], B=[[1]], init_state=[[0]])
        return f_larger(ones, zeros, mu=2)
      """
    let tokens = (0..<3_000).map { [Rational(($0 * $0 / 7) % 2)] }
    let run = try BoundedRun(text, tokens)
    #expect(try run.values(.binary64, .tight).allSatisfy { $0.bound == 0 })
    #expect(try run.values(.binary32, .tight).allSatisfy { $0.bound == 0 })
    #expect(try run.values(.binary64, .fast).allSatisfy { $0.bound < 1e-8 })
    let short = try run.values(.bfloat16, .tight)
    #expect(short.prefix(128).allSatisfy { $0.bound == 0 })
    #expect(short.contains { $0.bound > 0 }, "8 bits count to 256")
  }

  @Test("are small where one rounding is all")
  func oneRounding() throws {
    let run = try BoundedRun(1, [.linear(AffineMap([[Rational(1, 3)]]))], [[1], [Rational(1, 7)]])
    try run.everywhere { values, format, _ in
      for value in values {
        let unit = Double(nearest: format.unitRoundoff)
        #expect(value.bound > 0 && value.bound < 5 * unit * value.value)
      }
    }
  }

  @Test("do not grow along a chain of steps that have saturated, in the tight mode")
  func saturation() throws {
    let text = """
      ForEach:
        x = Input(dim=1)
        a = f_step(x, mu=1000)
        b = f_step(a - 1/2, mu=1000)
        c = f_step(b - 1/2, mu=1000)
        d = f_step(c - 1/2, mu=1000)
        return f_step(d - 1/2, mu=1000)
      """
    let run = try BoundedRun(text, [[Rational(16, 3)], [Rational(-16, 3)], [Rational(22, 7)]])
    let tight = try run.values(.binary64, .tight)
    let fast = try run.values(.binary64, .fast)
    #expect(tight.allSatisfy { $0.bound < 1e-12 && $0.roundsRight })
    #expect(fast[0].bound > 1e-3 && fast[1].bound == 0, "\(fast)")
  }

  @Test("cost no more in the tight mode than in the fast one, on all of these")
  func modes() throws {
    for text in [
      "ForEach:\n  x = Input(dim=2)\n  return Multi(Concat([x, x]))",
      "ForEach:\n  x = Input(dim=2)\n  return LinState(x, A=[[1/2, 1/3], [0, 1]], "
        + "B=[[1/7, 1], [2, 3/11]], b=[0.1, 1e-3], init_state=[[1/9], [0]])",
      "ForEach:\n  x = Input(dim=2)\n  return ReLU(Linear(input=x, A=[[1/3, -1/3]], b=[1e-17]))",
    ] {
      let tokens = (1...20).map { [Rational($0, 7), Rational(5, $0)] }
      let run = try BoundedRun(text, tokens)
      for format in FloatFormat.catalogue {
        let fast = try run.values(format, .fast)
        let tight = try run.values(format, .tight)
        for (fast, tight) in zip(fast, tight) {
          #expect(fast.value == tight.value)
          #expect(tight.bound <= fast.bound, "\(format.name)")
        }
      }
    }
  }

  @Test("forget everything between runs")
  func reset() throws {
    let text =
      "ForEach:\n  x = Input(dim=1)\n"
      + "  return LinState(x, A=[[1/3]], B=[[1/7]], init_state=[[1/9]])"
    let tape = Tape(try Program(parsing: text, file: "test.lsrl").graph)
    for mode in BoundMode.allCases {
      let bound = try RunningBound(tape, format: .binary32, mode: mode)
      let first = try bound.run([[1], [2], [3]])
      #expect(try bound.run([[1], [2], [3]]) == first)
      #expect(try bound.run([[1]]) == [first[0]])
    }
  }

  @Test("refuse tokens of another size")
  func tokenSize() throws {
    let bound = try RunningBound(
      Tape(try Program(parsing: "ForEach:\n  x = Input(dim=2)\n  return x", file: "t").graph),
      format: .binary64, mode: .tight)
    #expect(throws: EngineError.tokenSize(expected: 2, found: 1)) { try bound.run([[1]]) }
  }
}
