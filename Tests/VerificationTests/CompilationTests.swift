import Architectures
import Compiler
import ExactArithmetic
import LSRL
import Testing
import Verification

@Suite("Compilations and their routes")
struct CompilationTests {
  private static func program(_ text: String) throws -> Program {
    try ProgramText(parsing: text, file: "test.lsrl").program
  }

  @Test("Every route of Figure 1's program gives what it should, exactly")
  func figure1() throws {
    let program = try Self.program(
      """
      ForEach:
        input = Input(dim=1)
        ones = LinState(input, A=[[1]], B=[[1]], init_state=[0])
        is_zero = f_not(input)
        zeros = LinState(is_zero, A=[[1]], B=[[1]], init_state=[0])
        return f_larger(ones, zeros, mu=10)
      """)
    let compilers = Compilers.standard(lowering: LoweringOptions(maximumLength: 5))
    let compilation = Compilation(program, for: Architecture.allCases, by: compilers)
    let bits: [[Rational]] = [[1], [0], [0], [1], [1]]
    let results = compilation.results(on: bits, expecting: [[1], [0], [0], [0], [1]])
    #expect(results.count == 3 + Architecture.allCases.count)
    for (route, result) in results { #expect(result == .right, "\(route)") }
  }

  @Test("A wrong output is found at its first token, with what was expected and what was found")
  func wrongOutput() throws {
    let program = try Self.program("ForEach:\n  x = Input(dim=1)\n  return ReLU(x)")
    let results = Compilation(program, for: [])
      .results(on: [[1], [-2]], expecting: [[1], [2]])
    for (route, result) in results {
      guard case .wrong(let difference) = result else {
        Issue.record("\(route): \(result)")
        continue
      }
      #expect(difference.description == "token 1: expected [2], found [0]")
    }
  }

  @Test("What an architecture cannot express is refused, with the name and the place")
  func refusal() throws {
    let program = try Self.program(
      """
      ForEach:
        x = Input(dim=1)
        doubling = LinState(x, A=[[2]], B=[[1]])
        return doubling
      """)
    let results = Compilation(program, for: [.mamba]).results(on: [[1]])
    guard case .refused(let reason) = results.last?.result else {
      Issue.record("not refused: \(results)")
      return
    }
    #expect(reason.contains("'doubling' (test.lsrl:3:"), "\(reason)")
  }

  @Test("Numbers that outgrow the limit leave every route undecided")
  func explosion() throws {
    let program = try Self.program(
      """
      ForEach:
        a = Input(dim=1)
        b = Multi(Concat([a, a]))
        c = Multi(Concat([b, b]))
        d = Multi(Concat([c, c]))
        return d
      """)
    let results = Compilation(program, for: [.mamba]).results(on: [[1000]], bitLimit: 50)
    #expect(results.map(\.route) == [.source])
    guard case .undecided = results[0].result else {
      Issue.record("decided: \(results)")
      return
    }
  }
}
