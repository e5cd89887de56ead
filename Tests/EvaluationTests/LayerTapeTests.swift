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
    try PackageRoot.text("fixtures/corpus/random.jsonl").split(separator: "\n").prefix(25)
      .map { try CorpusCase(parsing: JSONValue(parsing: $0)) }
  }

  private static func options(varied: Bool) -> LoweringOptions {
    guard varied else { return LoweringOptions() }
    var options = LoweringOptions(maximumLength: 12, resetsAtStart: true)
    options.initialState = .shifted
    options.keepsStatesInCell = true
    return options
  }

  @Test(
    "They give what the layers' equations say, exactly and in floats",
    arguments: Architecture.allCases, [false, true])
  func equations(architecture: Architecture, varied: Bool) throws {
    var compiled = 0
    for line in try Self.corpus() {
      let path = line.program.leanPath
      guard
        let stack = try? lowered(
          path: path, to: architecture, options: Self.options(varied: varied))
      else { continue }
      compiled += 1
      let tape = try #require(Tape(stack))
      let tokens = Array(line.tokens.prefix(12))
      let outputs = line.outputs.map { Array($0.prefix(12)) }
      let engine = ExactEngine(tape)
      #expect(try engine.run(tokens) == outputs, "\(line.name)")
      #expect(try engine.run(tokens, by: .limbs) == outputs, "\(line.name)")
      let lean = ExactEngine(try #require(Tape(exactly: stack)))
      #expect(try lean.run(tokens) == outputs, "\(line.name)")
      let doubles = tokens.map { $0.map(Double.init(nearest:)) }
      #expect(
        try FloatEngine<Double>(tape).run(doubles) == stack.run(doubles), "\(line.name)")
      let floats = tokens.map { $0.map(Float.init(nearest:)) }
      if let engine = try? FloatEngine<Float>(tape) {
        #expect(try engine.run(floats) == stack.run(floats), "\(line.name)")
      }
    }
    #expect(compiled >= 3)
  }

  private static func mamba(_ change: String, to value: Rational) throws -> LayerStack {
    let path = try PathGraph(inputDimension: 1, steps: [.init(.relu)])
    let stack = try lowered(path: path, to: .mamba, options: LoweringOptions())
    return try #require(stack.replacing(change, row: 0, by: value))
  }

  @Test("Step sizes that depend on the input have none; constant ones have")
  func stepSizes() throws {
    #expect(Tape(try Self.mamba("layers.0.step.matrix", to: 1)) == nil)
    let stack = try Self.mamba("layers.0.step.offset", to: 3)
    let halved = try #require(
      stack.replacing("layers.0.decay", row: 0, by: Rational(1, 2))?
        .replacing("layers.0.writing", row: 0, by: 1)?
        .replacing("layers.0.reading", row: 0, by: 1))
    let tape = try #require(Tape(halved))
    let tokens: [[Rational]] = [[1], [5], [Rational(1, 3)], [-2]]
    #expect(try ExactEngine(tape).run(tokens) == halved.run(tokens))
    let doubles = tokens.map { $0.map(Double.init(nearest:)) }
    #expect(try FloatEngine<Double>(tape).run(doubles) == halved.run(doubles))
  }

  private static func hawk(resets: Bool = false) throws -> LayerStack {
    let state = LinState(
      recurrence: [[Rational(3, 5)]], input: AffineMap([[1]]), initial: [0])
    let path = try PathGraph(inputDimension: 1, steps: [.init(.linState(state))])
    return try lowered(
      path: path, to: .hawk, options: LoweringOptions(resetsAtStart: resets))
  }

  private static func name(_ stack: LayerStack, _ suffix: String) throws -> String {
    try #require(stack.weights.map(\.name).first { $0.hasSuffix(suffix) })
  }

  @Test("Decay gates that depend on the input have none; irrational multipliers have no exact one")
  func decayGates() throws {
    let stack = try Self.hawk()
    let gate = try Self.name(stack, "recurrenceGate.matrix")
    #expect(Tape(try #require(stack.replacing(gate, row: 0, by: 1))) == nil)

    let decay = try Self.name(stack, "recurrence.decay")
    let changed = try #require(stack.replacing(decay, row: 0, by: Rational(1, 2)))
    let tape = try #require(Tape(changed))
    #expect(throws: EngineError.self) { try ExactEngine(tape).run([[1]]) }
    let tokens: [[Double]] = [[1], [0.3], [-7]]
    #expect(try FloatEngine<Double>(tape).run(tokens) == changed.run(tokens))
  }

  @Test("Windows with infinite weights are refused in floats: before the first token is nothing")
  func infiniteWeights() throws {
    let stack = try Self.hawk(resets: true)
    let input = try Self.name(stack, "convolution.matrix")
    let huge = Rational(2).raised(to: 200)
    let changed = try #require(stack.replacing(input, row: 0, column: 1, by: huge))
    let tape = try #require(Tape(changed))
    #expect(throws: EngineError.self) { try FloatEngine<Float>(tape) }
    let tokens: [[Double]] = [[1], [0.5]]
    #expect(try FloatEngine<Double>(tape).run(tokens) == changed.run(tokens))
  }
}
