import ExactArithmetic
import LSRL
import Testing

/// Short texts that ask for much. What is refused is in `fixtures/rejected`; these are accepted, or
/// refused late, and must not take long either way.
@Suite("Limits of program texts", .timeLimit(.minutes(10)))
struct LimitTests {
  private static let input = "ForEach:\n  x0 = Input(dim=2, range=[2, 3])\n"

  private static func repeated(_ count: Int, _ statement: (Int) -> String) -> String {
    input + (1...count).map { "  \(statement($0))\n" }.joined() + "  return x\(count)\n"
  }

  @Test("Bounds of products do not double their length for ever")
  func squares() throws {
    let text = Self.repeated(60) { "x\($0) = Multi(Concat([x\($0 - 1), x\($0 - 1)]))" }
    #expect(try Program(parsing: text, file: "t").graph.nodes.count == 121)
    let scaled = Self.repeated(300) { "x\($0) = x\($0 - 1) * 1e1000" }
    #expect(try Program(parsing: scaled, file: "t").graph.nodes.count == 301)
  }

  @Test("The range of a large dense state is given up, not iterated for")
  func denseState() throws {
    let text = Self.input + "  return LinState(x0, A=ones(400, 400), B=ones(400, 2))\n"
    #expect(try Program(parsing: text, file: "t").graph.outputDimension == 400)
    let chain = Self.input + "  return LinState(x0, A=shift(2000), B=ones(2000, 2))\n"
    #expect(try Program(parsing: chain, file: "t").graph.outputDimension == 2000)
  }

  @Test("Many states of some size are refused once they cost too much")
  func manyStates() throws {
    let text =
      Self.input
      + "  return sum([LinState(x0, A=shift(300), B=ones(300, 2)) for i in range(10000)])\n"
    let error = try #require(throws: TextError.self) { try Program(parsing: text, file: "t") }
    #expect(error.message.contains("steps"))
    let counters = Self.input + "  return sum([f_modulo_counter(20000) for i in range(10000)])\n"
    let other = try #require(throws: TextError.self) { try Program(parsing: counters, file: "t") }
    #expect(other.message.contains("steps"))
  }

  @Test("Long sums and long rows of brackets are flat")
  func flat() throws {
    let sum = "v = 1" + String(repeating: " + 1", count: 100_000)
    let text = try ProgramText(
      parsing: "\(sum)\nForEach:\n  return Input(dim=1)", file: "t")
    #expect(text.parameters[0].value == .number(100_001))
    let brackets = String(repeating: "[0:1]", count: 5_000)
    let slices = Self.input + "  return x0\(brackets)\n"
    #expect(try Program(parsing: slices, file: "t").graph.nodes.count == 5_001)
    let vectors = Self.input + "  return x0" + String(repeating: " + x0", count: 5_000)
    #expect(try Program(parsing: vectors, file: "t").graph.nodes.count == 10_001)
  }

  @Test("Lists that hold lists many times over are not walked in full")
  func sharedLists() throws {
    let doubling = (1...60).map { "a\($0) = [a\($0 - 1), a\($0 - 1)]\n" }.joined()
    let text = "a0 = [1]\n\(doubling)ForEach:\n  x = Input(dim=1)\n"
    for use in ["x + a60", "Linear(x, A=a60)", "Concat(a60)", "sum(a60)", "f_step(a60)"] {
      #expect(throws: TextError.self) { try Program(parsing: "\(text)  return \(use)", file: "t") }
    }
    let named = "\(text)  y = [ReLU(x), a60]\n  return y[0]"
    let error = try #require(throws: TextError.self) { try Program(parsing: named, file: "t") }
    #expect(error.message.contains("steps"))
  }

  @Test("Operations on huge numbers cost more than on small ones")
  func hugeNumbers() throws {
    let huge = "huge = 1 / 3 ** 20000\n"
    for use in [
      "sum([f_step(x0, mu=huge) for i in range(50000)])",
      "sum([x0 * huge for i in range(50000)])",
      "x0 + sum([huge for i in range(50000)])",
      "x0 + [huge + i for i in range(50000)][0:2]",
    ] {
      let text = huge + Self.input + "  return \(use)\n"
      let error = try #require(throws: TextError.self) { try Program(parsing: text, file: "t") }
      #expect(error.message.contains("steps"), "\(use)")
    }
  }
}
