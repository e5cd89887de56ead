import Architectures
import Compiler
import Evaluation
import ExactArithmetic
import FixtureFiles
import LSRL
import PropertyTesting
import Testing

@testable import Verification

@Suite("The noise experiment")
struct NoiseTests {
  private func dictionary(length: Int, _ variant: String) throws -> Program {
    try ProgramText(
      parsing: PackageRoot.text("fixtures/programs/dictionary.lsrl"), file: "dictionary.lsrl",
      setting: [
        "n": .number(Rational(length)), "variant": .word(variant), "mu": .number(4),
        "lambda": .number(32),
      ]
    ).program
  }

  @Test("Gaussian numbers have mean 0, variance 1 and few far out, and repeat themselves")
  func gaussian() {
    var source = Gaussian(SplitMix64(seed: 1, trial: 0))
    let numbers = (0..<100_000).map { _ in source.next() }
    let mean = numbers.reduce(0, +) / 100_000
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 100_000
    #expect(mean.magnitude < 0.02 && (variance - 1).magnitude < 0.02)
    let within = Double(numbers.count { $0.magnitude < 1 }) / 100_000
    let beyond = Double(numbers.count { $0.magnitude > 3 }) / 100_000
    #expect((within - 0.6827).magnitude < 0.01 && (beyond - 0.0027).magnitude < 0.001)
    var again = Gaussian(SplitMix64(seed: 1, trial: 0))
    #expect((0..<100).map { _ in again.next() } == Array(numbers.prefix(100)))
  }

  @Test("Without noise a path computes, bit for bit, what the interpreter computes in binary64")
  func clean() throws {
    let path = try dictionary(length: 2, "direct").leanPath
    let tokens: [[Double]] = [3, 1, 4, 1, 5, 9, 3, 1, 2, 6].map { [$0] }
    let model = try #require(DisturbedTape(Tape(path)))
    var states = model.initialStates
    var outputs: [[Double]] = []
    for token in tokens {
      let (output, after) = model.step(token, from: states)
      outputs.append(output)
      states = after
    }
    #expect(outputs == path.run(tokens))
    var noise = Gaussian(SplitMix64(seed: 3, trial: 0))
    let disturbed = model.disturbed(by: 0.01, &noise)
    #expect(disturbed.initialStates == model.initialStates)
    #expect(disturbed.step(tokens[0], from: states).output != outputs[0])
  }

  @Test("Good constants: nothing wrong without noise, proved; everything wrong with much of it")
  func words() throws {
    let program = try dictionary(length: 2, "direct")
    let experiment = try #require(
      NoiseExperiment(.words(length: 2, pairs: 5), Tape(program.leanPath), seed: 7))
    let figures = (0..<4).map { experiment.figures(target: $0, levels: [0, 1e-12, 10]) }
    #expect(figures.allSatisfy { $0[0] == 0 && $0[1] == 0 && $0[2] > 50 }, "\(figures)")
    #expect(
      figures == (0..<4).map { experiment.figures(target: $0, levels: [0, 1e-12, 10]) },
      "not deterministic")
    guard case .certified(let bound) = try experiment.verdict(on: program, targets: 0..<2) else {
      Issue.record("not certified")
      return
    }
    #expect(bound < 0.5)
  }

  @Test("A path that is not the program's is shown wrong, by a short prompt")
  func wrong() throws {
    let program = try dictionary(length: 1, "direct")
    let other = try ProgramText(
      parsing: PackageRoot.text("fixtures/programs/dictionary.lsrl"), file: "dictionary.lsrl",
      setting: ["n": .number(1), "mu": .number(4), "lambda": .number(2)]
    ).program
    let experiment = try #require(
      NoiseExperiment(.words(length: 1, pairs: 5), Tape(other.leanPath), seed: 7))
    guard
      case .wrong(let tokens, let found, let exact) =
        try experiment.verdict(on: program, targets: 0..<3)
    else {
      Issue.record("not shown wrong")
      return
    }
    #expect(tokens.count <= 3, "\(tokens)")
    #expect(found != exact.map(Double.init(nearest:)))
  }

  @Test(
    "Networks compute, without noise, what the float engine computes, and go wrong with it",
    arguments: [Architecture.gatedLinearRNN, .lstm, .gru])
  func networks(architecture: Architecture) throws {
    let program = try dictionary(length: 1, "direct")
    let stack = try lowered(path: program.leanPath, to: architecture, options: LoweringOptions())
    let tape = try #require(Tape(stack)?.withPlainConstants)
    let model = try #require(DisturbedTape(tape))
    let tokens: [[Double]] = [3, 1, 4, 3, 5, 9, 3].map { [$0] }
    var states = model.initialStates
    var outputs: [[Double]] = []
    for token in tokens {
      let (output, after) = model.step(token, from: states)
      outputs.append(output)
      states = after
    }
    #expect(outputs == (try FloatEngine<Double>(tape).run(tokens)))
    let experiment = try #require(NoiseExperiment(.words(length: 1, pairs: 3), tape, seed: 3))
    let figures = experiment.figures(target: 0, levels: [0, 10])
    #expect(figures[0] == 0 && figures[1] > 0, "\(figures)")
  }

  @Test("Functions looked up in a grid come out near their values")
  func vectors() throws {
    let program = try ProgramText(
      parsing: PackageRoot.text("fixtures/programs/continuous.lsrl"), file: "continuous.lsrl",
      setting: [
        "d_in": .number(2), "d_out": .number(2), "mu": .number(1024), "lambda": .number(4),
        "variant": .word("multiplicative"),
      ]
    ).program
    let experiment = try #require(
      NoiseExperiment(.vectors, Tape(program.leanPath), seed: 1))
    let figures = (0..<3).map { experiment.figures(target: $0, levels: [0])[0] }
    #expect(figures.allSatisfy { 0 < $0 && $0 < 0.2 }, "\(figures)")
  }

  @Test("The authors' results are read, and their medians are those of the paper")
  func reference() throws {
    let words = try NoiseReference(
      parsing: PackageRoot.text("fixtures/reference-numbers/noise_robustness_tok2tok.csv"))
    #expect(words.figures.count == 5)
    #expect(words.figures["direct"]?[0]?.count == 25)
    let medians = [0, 1e-9, 1e-7, 1e-5, 1e-3].compactMap { level in
      words.figures["optimized"]?[level].map { Quartiles($0).median }
    }
    #expect(medians == [0, 0, 70, 100, 100])
    #expect(throws: NoiseReference.Failure.self) {
      try NoiseReference(parsing: "a,b,c,d\n1,direct,zero,0\n")
    }
    let spread = Quartiles([4, 1, 3, 2, .nan])
    #expect(spread.lower == 2 && spread.median == 3 && spread.upper == 4)
  }
}
