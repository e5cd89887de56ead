import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import Testing

@Suite("Programs as Gappa reads them")
struct GappaFileTests {
  private func tape(_ expression: String) throws -> Tape {
    let text = "ForEach:\n  x = Input(dim=1)\n  return \(expression)\n"
    return Tape(try Program(parsing: text, file: "test.lsrl").graph)
  }

  @Test("A ReLU is its argument's error times something from 0 to 1; weights are rounded once")
  func text() throws {
    let file = try #require(
      GappaFile(
        try tape("ReLU(Linear(x, A=[[3/10]], b=[-1]))"), ranges: [Interval(0, 10)],
        format: .binary16))
    #expect(
      file.text(output: 0) == """
        @rnd = float<11,-24,ne>;
        e0 = rnd(x0);
        f0 = e0;
        e3 = (3 / 10) * e0;
        f3 = rnd((1229 / 4096) * f0);
        e4 = (-1) + e3;
        f4 = rnd((-1) + f3);
        f5 = e5 + k5 * (f4 - e4);
        { e0 in [0,10] /\\ e5 in [0,2] /\\ k5 in [0,1] -> f5 - e5 in ? }
        f3 ~ e3;
        f4 ~ e4;
        f5 - e5 -> k5 * (f4 - e4);

        """)
  }

  @Test("Ranges without bounds are refused")
  func unbounded() throws {
    #expect(GappaFile(try tape("x + 1"), ranges: [.nonnegative], format: .binary64) == nil)
    #expect(GappaFile(try tape("x + 1"), ranges: [], format: .binary64) == nil)
  }
}
