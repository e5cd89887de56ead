import Architectures
import Certificates
import Compiler
import ExactArithmetic
import ExactJSON
import FixtureFiles
import LSRL
import Testing

@Suite("Unfolding")
struct UnfoldingTests {
  /// Every program of the corpus with the tokens that come with it; each program once.
  private static func corpus() throws -> [CorpusCase] {
    var seen: Set<Graph> = []
    return try ["random", "named"].flatMap { file in
      try PackageRoot.text("fixtures/corpus/\(file).jsonl").split(separator: "\n")
        .map { try CorpusCase(parsing: JSONValue(parsing: $0)) }
        .filter { seen.insert($0.program.graph).inserted }
    }
  }

  @Test("Graphs and paths of the corpus compute what they did")
  func graphs() throws {
    for line in try Self.corpus() {
      let graph = line.program.graph
      var interpreter = Interpreter<Rational>(graph)
      let expected = try interpreter.run(line.tokens)
      let program = CellProgram(graph)
      #expect(program.nodes.count == graph.nodes.count)
      #expect(try program.run(line.tokens) == expected, "\(line.name)")
      let path = CellProgram(line.program.leanPath)
      #expect(try path.run(line.tokens) == expected, "\(line.name)")
    }
  }

  @Test("Networks compiled from the corpus compute what they did", arguments: Architecture.allCases)
  func compiled(architecture: Architecture) throws {
    var unfolded = 0
    for line in try Self.corpus() {
      var options = LoweringOptions(maximumLength: line.tokens.count)
      options.resetsAtStart = unfolded.isMultiple(of: 2)
      let path = line.program.leanPath
      guard let stack = try? lowered(path: path, to: architecture, options: options) else {
        continue
      }
      let program = try CellProgram(stack)
      let tokens = Array(line.tokens.prefix(5))
      #expect(
        try program.run(tokens) == stack.run(tokens), "\(line.name), \(architecture.rawValue)")
      unfolded += 1
    }
    #expect(unfolded >= 60, "\(unfolded)")
  }

  @Test("Random networks compute what they did", arguments: Architecture.allCases)
  func random(architecture: Architecture) throws {
    for seed in 0..<300 {
      var dice = Dice(seed: seed)
      let stack = dice.stack(architecture)
      let tokens = (0..<6).map { _ in dice.vector(stack.inputDimension) }
      // An LSTM or GRU squares its numbers at each step.
      let kept = architecture.doublesBits ? Array(tokens.prefix(4)) : tokens
      let program = try CellProgram(stack)
      #expect(try program.run(kept) == stack.run(kept), "seed \(seed)")
      _ = try program.dimensions(reading: stack.inputDimension)
    }
  }

  @Test("Unrolled, a network without memory gives all outputs", arguments: Architecture.allCases)
  func unrolled(architecture: Architecture) throws {
    for seed in 0..<60 {
      var dice = Dice(seed: seed)
      let stack = dice.stack(architecture)
      let steps = dice.roll(1...4)
      let tokens = (0..<steps).map { _ in dice.vector(stack.inputDimension) }
      let program = try CellProgram(stack).unrolled(steps: steps, reading: stack.inputDimension)
      #expect(program.isStateless)
      let outputs = try program.run([tokens.flatMap(\.self)])
      #expect(try outputs == [stack.run(tokens).flatMap(\.self)], "seed \(seed)")
    }
  }

  @Test("A mutated weight mutates the program too")
  func weights() throws {
    var changed = 0
    for architecture in Architecture.allCases {
      var dice = Dice(seed: 7)
      var stack = dice.stack(architecture)
      while stack.layers.isEmpty { stack = dice.stack(architecture) }
      let tokens = (0..<3).map { _ in dice.vector(stack.inputDimension) }
      let outputs = try stack.run(tokens)
      for weight in stack.weights {
        for row in 0..<weight.values.rowCount {
          guard
            let mutant = stack.replacing(weight.name, row: row, by: weight[row, 0] + 1),
            let expected = try? mutant.run(tokens), expected != outputs,
            let program = try? CellProgram(mutant)
          else { continue }
          changed += 1
          #expect(try program.run(tokens) == expected, "\(architecture.rawValue) \(weight.name)")
        }
      }
    }
    #expect(changed > 50, "\(changed)")
  }
}

extension Architecture {
  fileprivate var doublesBits: Bool { self == .lstm || self == .gru || self == .gruResetAfter }
}
