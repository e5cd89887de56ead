import ExactArithmetic
import LSRL
import Testing

@testable import Verification

@Suite("Programs of which certificates are hard to find")
struct HardCertificateTests {
  /// What is certified of the network of `architecture` for the program.
  private static func verdict(
    _ text: String, _ architecture: String, upTo length: Int = 6
  ) throws -> String? {
    let program = try ProgramText(parsing: text, file: "test.lsrl", setting: [:]).program
    let route = Route.architecture(try #require(.init(rawValue: architecture)))
    let compilation = Compilation(program, for: [try #require(.init(rawValue: architecture))])
    return compilation.certification(of: route, upTo: length).verdict
  }

  @Test("What all others are sums of is a clock, which has bounds; the numbers before it have none")
  func boundedFirst() throws {
    let text = """
      ForEach:
        x = Input(dim=1)
        a = LinState(x, A=[[1, 0], [0, 1]], B=[[9/2], [-3/4]], b=[0, -2], init_state=[[0], [0]])
        q = LinState(x - x, A=[[1]], B=[[0]], b=[-1], init_state=[[0]])
        p = LinState(q, A=[[0, 0], [5, 0]], B=[[-6], [0]], b=[3, 0], init_state=[[0], [0]])
        w = LinState(Linear(p, A=[[0, -1]], b=[0]),
          A=[[0, 0, 0, 0], [0, 4/5, 0, 0], [-3, 1/3, 0, 0], [2, 5, 0, 0]],
          B=[[0], [0], [0], [1]], b=[-2, -1, 0, 0], init_state=[[0], [0], [-3/2], [0]])
        return Concat([Linear(a, A=[[-3, 1]], b=[0]), w])
      """
    #expect(try Self.verdict(text, "mamba") == "certified")
  }

  @Test("Sums that one attempt needs are in the way of another's")
  func sumsOfOneAttempt() throws {
    let text = """
      ForEach:
        x = Input(dim=1, range=[0, 1])
        s = LinState(x, A=[[0, 0, 0, 0], [1/3, 0, 0, 0], [2, -3, 0, 0], [0, -3, 0, 0]],
          B=[[-2], [0], [0], [0]], init_state=[[0], [1/3], [0], [0]])
        return Linear(ReLU(s), A=[[0, 0, 1, 2]], b=[0])
      """
    #expect(try Self.verdict(text, "mamba") == "certified through bounds of sums")
  }

  @Test("Products of sums over many tokens are certified for fewer")
  func fewerTokens() throws {
    let text = """
      ForEach:
        x = Input(dim=2)
        y = ReLU(Concat([x, x + ReLU(2 * x - 1)]))
        s = LinState(y, A=[[1/2]], B=[[1, 2, 3, -1]], b=[1], init_state=[[1]])
        t = Multi(Concat([s, s]))
        return Multi(Concat([t, t]))
      """
    #expect(try Self.verdict(text, "hawk-dense") == "certified up to 3 tokens")
  }
}
