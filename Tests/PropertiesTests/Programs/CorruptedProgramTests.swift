import ExactArithmetic
import FixtureFiles
import LSRL
import Properties
import PropertyTesting
import Testing

/// A program with one slip in its text.
struct CorruptedProgram: Sendable, CustomTestStringConvertible {
  let id: String
  let right: String
  let wrong: String

  init(_ id: String, _ right: String, to wrong: String) {
    self.id = id
    self.right = right
    self.wrong = wrong
  }

  var testDescription: String { "\(id): \(right) becomes \(wrong)" }

  static let all = [
    CorruptedProgram("more-ones-than-zeros", "f_larger(ctr1s, ctr0s", to: "f_larger(ctr0s, ctr1s"),
    CorruptedProgram("more-ones-than-zeros", "f_not(input)", to: "f_not(ctr1s)"),
    CorruptedProgram("continuous", "f_larger(counter, 3/2", to: "f_larger(counter, 1/2"),
    CorruptedProgram("continuous", "f_smaller(counter, 3/2", to: "f_smaller(counter, 5/2"),
    CorruptedProgram("continuous", "d_in - 1/2", to: "d_in - 3/2"),
    CorruptedProgram("continuous", "lower + input[0]", to: "lower + 2*input[0]"),
    CorruptedProgram("continuous-as-printed", "counters[0], 1/2", to: "counters[0], 3/2"),
    CorruptedProgram("dictionary", "init_state=[-1]", to: "init_state=[0]"),
    CorruptedProgram(
      "dictionary", "mu=mu) for i in range(n)]", to: "mu=mu) for i in range(1, n + 1)]"),
    CorruptedProgram("dictionary", "wanted + 1/2", to: "wanted + 3/2"),
    CorruptedProgram("dictionary", "A=shift(n + 1)", to: "A=eye(n + 1)"),
    CorruptedProgram("dictionary", "f_larger(matched, n - 1/2", to: "f_larger(matched, n - 3/2"),
    CorruptedProgram("dictionary", "started_on + n", to: "started_on + n - 1"),
    CorruptedProgram("parity-of-time", "init_state=[0, 1]", to: "init_state=[1, 0]"),
    CorruptedProgram("parity-of-bits", "(-1)**k", to: "1"),
    CorruptedProgram("running-maximum", "A=eye(most)", to: "A=zeros(most, most)"),
    CorruptedProgram("delay", "line[0]", to: "line[1]"),
    CorruptedProgram("moving-average", "(1 - alpha)", to: "alpha**2"),
    CorruptedProgram("fibonacci", "pair[1]", to: "pair[0]"),
    CorruptedProgram("countdown", "B=[[-1]]", to: "B=[[1]]"),
    CorruptedProgram("signed-products", "input[0] - input[1]", to: "input[0] + input[1]"),
    CorruptedProgram("deep-relu", "y3 - 1/2", to: "y2 - 1/2"),
    CorruptedProgram("relu-ladder", "y3 + input", to: "y3 - input"),
    CorruptedProgram("wide-concat", "k*input", to: "(k + 1)*input"),
    CorruptedProgram("f_bump", "input[1], input[2]", to: "input[2], input[1]"),
    CorruptedProgram("f_eq", "f_eq", to: "f_neq"),
    CorruptedProgram("f_ifelse", "input[1:3], input[3:5]", to: "input[3:5], input[1:3]"),
  ]
}

/// Specifications are worth what they reject.
@Suite("Slips in programs are seen")
struct CorruptedProgramTests {
  @Test("within 30 sequences, with one of the settings", arguments: CorruptedProgram.all)
  func seen(corrupted: CorruptedProgram) throws {
    let example = try #require(ExampleProgram.catalogue.first { $0.id == corrupted.id })
    let right = try PackageRoot.text(example.file)
    let wrong = right.replacing(corrupted.right, with: corrupted.wrong, maxReplacements: 1)
    try #require(wrong != right)
    for setting in example.settings {
      let text = try ProgramText(parsing: wrong, file: example.file, setting: setting)
      let parameters = ExampleParameters(text.parameters)
      var interpreter = Interpreter<Rational>(text.program.graph)
      for trial in 0..<30 {
        var choices = Choices(random: SplitMix64(seed: 1, trial: trial))
        let tokens = example.tokens(parameters)(&choices)
        let outputs = try interpreter.run(tokens)
        if example.disagreement(of: outputs, on: tokens, parameters) != nil { return }
      }
    }
    Issue.record("not seen: \(corrupted.testDescription)")
  }
}
