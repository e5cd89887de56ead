import Architectures
import ExactArithmetic
import LSRL
import Properties
import PropertyTesting
import Testing
import Verification

/// Specifications are met before compilation (`ExampleProgramTests`), and after it.
@Suite("Compiled example programs")
struct CompiledExampleTests {
  private static let trials = 4

  @Test(
    "By the rules, lean and lowered, each computes what its specification says",
    arguments: ExampleProgram.catalogue)
  func meetsSpecification(example: ExampleProgram) throws {
    for setting in example.settings {
      let set = try SetProgram(example, setting: setting)
      let compilation = Compilation(set.program, for: Architecture.allCases)
      let rules = try compilation.rules.get().path
      for trial in 0..<Self.trials {
        var choices = Choices(random: SplitMix64(seed: 2, trial: trial))
        let tokens = example.tokens(set.parameters)(&choices)
        func expectMet(_ outputs: [[Rational]], _ route: String) {
          let disagreement = example.disagreement(of: outputs, on: tokens, set.parameters)
          #expect(disagreement == nil, "\(example.id) with \(set.parameters), \(route)")
        }
        expectMet(rules.run(tokens), "rules")
        expectMet(compilation.lean.run(tokens), "lean")
        for (architecture, stack) in compilation.stacks {
          guard case .success(let stack) = stack else { continue }
          if let limit = stack.maximumLength, tokens.count > limit { continue }
          expectMet(try stack.run(tokens), architecture.rawValue)
        }
      }
    }
  }

  @Test("What Mamba refuses of them, it refuses for a state that turns or grows")
  func refusals() throws {
    var refused: Set<String> = []
    for example in ExampleProgram.catalogue {
      let set = try SetProgram(example, setting: example.settings[0])
      let compilation = Compilation(set.program, for: [.mamba])
      if case .failure = compilation.stacks[0].stack { refused.insert(example.id) }
    }
    #expect(
      refused == [
        "dictionary", "dictionary-as-printed", "parity-of-time", "fibonacci",
        "f_modulo_counter", "f_one_hot_counter",
      ])
  }
}
