import Architectures
import Compiler
import ExactArithmetic
import LSRL
import PropertyTesting
import Verification

extension Property {
  /// What an architecture offers beside its usual way: initial states shifted to zero, LSTM states
  /// in the cell, Hawk's reset at the first token. Each case lowers in all of these ways at once,
  /// for a bounded length, so that nothing but multiplication is refused, and also without declared
  /// ranges, so that nothing is known of signs.
  public static func loweringVariationsPreserveMeaning(
    on architectures: [Architecture]
  ) -> Property {
    Property(
      id: "lowering-variations-preserve-meaning",
      statement: "lowered with shifted states, states in cells, resets, and without known signs, "
        + "layers have the outputs of the program"
    ) { run in
      let graph = run.program.graph
      guard let expected = try? graph.exactOutputs(on: run.tokens, bitLimit: 1 << 20) else {
        return Examination(.undecided("too large to evaluate"))
      }
      let options = LoweringOptions.variations
      let path = graph.leanPath()
      var covered: Set<String> = []
      for architecture in architectures {
        guard let stack = try? lowered(path: path, to: architecture, options: options) else {
          continue
        }
        covered.insert("\(architecture.rawValue) compiled")
        guard let found = try? stack.exactOutputs(on: [run.tokens])[0] else {
          return Examination(
            .refuted(kind: "\(architecture.rawValue) cannot be evaluated", explanation: ""))
        }
        if let difference = Difference(expected: expected, found: found) {
          return Examination(
            .refuted(
              kind: "\(architecture.rawValue) changes the outputs",
              explanation: "\(difference)"))
        }
      }
      return Examination(.holds, covering: covered)
    }
  }
}

extension LoweringOptions {
  /// Every other way of lowering at once, for the longest random sequences.
  static var variations: LoweringOptions {
    var options = LoweringOptions(
      maximumLength: ProgramLimits().tokens, resetsAtStart: true)
    options.initialState = .shifted
    options.keepsStatesInCell = true
    return options
  }
}
