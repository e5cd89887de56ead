import ExactArithmetic
import ExactJSON
import LSRL
import Testing

@Suite("What programs declare of tokens, in the corpus's form")
struct DeclarationTests {
  private static func reread(_ program: Program) throws -> Program {
    let written = CorpusCase(name: "case", program: program, tokens: [], outputs: nil).json
    return try CorpusCase(parsing: JSONValue(parsing: written.description)).program
  }

  @Test("A text's declarations are written and read back")
  func declaredInText() throws {
    let text = "ForEach:\n  x = Input(dim=2, range=[-1/3, 5], step=1/2)\n  return ReLU(x)"
    let program = try Program(parsing: text, file: "test.lsrl")
    let range = Interval(Rational(-1, 3), 5)
    #expect(program.inputRanges == [range, range])
    let read = try Self.reread(program)
    #expect(read.inputRanges == program.inputRanges)
    #expect(read.inputSteps == program.inputSteps)
  }

  @Test("So are bounds of which one is missing, other ones for each coordinate, and none")
  func uneven() throws {
    let graph = try Graph(
      nodes: [Node(3, .input(dimension: 4)), Node(8, .relu, reading: [3])], output: 8)
    let ranges = [Interval(nil, 7), .everything, Interval(0, nil), Interval(2, 2)]
    let steps: [Rational?] = [nil, Rational(2, 7), nil, 1]
    let read = try Self.reread(Program(graph: graph, inputRanges: ranges, inputSteps: steps))
    #expect(read.inputRanges == ranges)
    #expect(read.inputSteps == steps)
    let plain = CorpusCase(name: "plain", program: Program(graph: graph), tokens: [], outputs: nil)
    #expect(!plain.json.description.contains("ranges"))
    #expect(try Self.reread(plain.program).inputRanges == ranges.map { _ in .everything })
  }

  @Test(
    "Declarations that make no sense are refused",
    arguments: [
      #""ranges": [[0, 1]]"#, #""ranges": [[0, 1], [2, 1]]"#, #""ranges": [[0, 1], [0]]"#,
      #""ranges": [[0, 1], "all"]"#, #""ranges": []"#, #""steps": [1]"#, #""steps": [1, 0]"#,
      #""steps": [-1, null]"#,
    ])
  func refused(declaration: String) throws {
    func json(_ declaration: String) throws -> JSONValue {
      try JSONValue(
        parsing: #"{"nodes": [{"id": "x", "type": "Input", "dim": 2, \#(declaration)}], "#
          + #""output": "x"}"#)
    }
    #expect(throws: JSONContentError.self) { try CorpusCase(parsing: json(declaration)) }
    let sane = #""ranges": [[0, 1], null], "steps": [null, 1]"#
    #expect(try CorpusCase(parsing: json(sane)).program.inputRanges[0] == Interval(0, 1))
  }
}
