import Architectures
import Compiler
import Evaluation
import ExactArithmetic
import ExactJSON
import FixtureFiles
import LSRL
import Testing

@Suite("Tapes of networks")
struct LayerTapeTests {
  private static func corpus() throws -> [CorpusCase] {
    try PackageRoot.text("fixtures/corpus/random.jsonl").split(separator: "\n").prefix(60)
      .map { try CorpusCase(parsing: JSONValue(parsing: $0)) }
  }

  @Test("They give what the layers' equations say, exactly and in floats",
    arguments: [Architecture.linearRNN, .gatedLinearRNN])
  func equations(architecture: Architecture) throws {
    var compiled = 0
    for line in try Self.corpus() {
      let path = line.program.leanPath
      guard let stack = try? lowered(path: path, to: architecture, options: LoweringOptions())
      else { continue }
      compiled += 1
      let tape = try #require(Tape(stack))
      #expect(try ExactEngine(tape).run(line.tokens) == line.outputs)
      let tokens = line.tokens.map { $0.map(Double.init(nearest:)) }
      #expect(try FloatEngine<Double>(tape).run(tokens) == stack.run(tokens), "\(line.name)")
    }
    #expect(compiled >= 20)
  }

  @Test("Mamba has none")
  func mamba() throws {
    let path = try PathGraph(inputDimension: 1, steps: [.init(.relu)])
    let stack = try lowered(path: path, to: .mamba, options: LoweringOptions())
    #expect(Tape(stack) == nil)
  }
}
