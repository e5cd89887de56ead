import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import ExactJSON
import FixtureFiles
import LSRL
import Testing

@Suite("Programs as FPCore")
struct FPCoreTests {
  private static func random(_ count: Int) throws -> [CorpusCase] {
    try PackageRoot.text("fixtures/corpus/random.jsonl").split(separator: "\n").prefix(count)
      .map { try CorpusCase(parsing: JSONValue(parsing: $0)) }
  }

  /// The outputs of the last token, bit by bit as a NaN or a number: what the engine computes, and
  /// what is written down.
  private func compare<Number: LaneNumber & FormattedNumber>(
    _ tape: Tape, _ tokens: [[Rational]], _ number: Number.Type, _ name: String
  ) throws -> Int {
    let file = try FPCoreFile(
      tape, named: name, tokens: tokens.count,
      ranges: Array(repeating: .everything, count: tape.inputDimension), format: Number.format)
    let cores = try FPCoreReader.cores(file.text)
    let floats = tokens.map { $0.map(Number.init(nearest:)) }
    let outputs = try #require(try FloatEngine<Number>(tape).run(floats).last)
    #expect(cores.count == outputs.count)
    for (core, output) in zip(cores, outputs) {
      #expect(core.arguments.count == tokens.count * tape.inputDimension)
      let value = try core.value(floats.flatMap(\.self)).double
      let isSame =
        value.isNaN
        ? output.double.isNaN : value.bitPattern == output.double.bitPattern
      #expect(isSame, "\(name), \(Number.format.name): \(value), engine \(output)")
    }
    return cores.count
  }

  @Test("Random programs and their lean paths: the engine's bits, binary64 and binary32")
  func bits() throws {
    var count = 0
    for run in try Self.random(60) {
      for tape in [Tape(run.program.graph), Tape(run.program.leanPath)] {
        for length in [1, 3] where length <= run.tokens.count {
          let tokens = Array(run.tokens.prefix(length))
          count += try compare(tape, tokens, Double.self, run.name)
          count += try compare(tape, tokens, Float.self, run.name)
        }
      }
    }
    #expect(count > 800)
  }

  @Test("A zero of either sign, an overflow and a NaN are those of the engine")
  func specials() throws {
    let text = """
      x = Input(dim=2)
      a = ReLU(Linear(x, A=[[-1, 0], [1, 1e200]]))
      return Concat([Linear(a, A=[[-2, 0]]), Multi(Concat([x, x])), Linear(x, A=[[1, -3]])])
      """
    let graph = try Program(parsing: "ForEach:\n" + text.indented, file: "test.lsrl").graph
    for token in [[0, 0], [1, -1], [0, Rational(10).raised(to: 200)]] as [[Rational]] {
      _ = try compare(Tape(graph), [token], Double.self, "specials")
    }
    let file = try FPCoreFile(
      Tape(graph), named: "s", tokens: 1, ranges: [.everything, .everything], format: .binary64)
    for core in try FPCoreReader.cores(file.text) {
      let value: Double = try core.value([-0.0, .infinity])
      #expect(value.isNaN || value.isInfinite || value == 0)
    }
  }

  @Test("Preconditions are the ranges, precisions the formats")
  func properties() throws {
    let graph = try Program(
      parsing: "ForEach:\n  x = Input(dim=2)\n  return Linear(x, A=[[1/3, 2]], b=[1/10])",
      file: "test.lsrl"
    ).graph
    let file = try FPCoreFile(
      Tape(graph), named: "third", tokens: 1, ranges: [Interval(-1, Rational(1, 2)), .nonnegative],
      format: .bfloat16)
    #expect(
      file.text == """
        (FPCore (x0 x1)
          :name "third, output 0 after 1 tokens"
          :cite (petrov-et-al-2024)
          :precision (float 8 16)
          :round nearestEven
          :pre (and (<= -1 x0 1/2) (<= 0 x1))
          (+ (+ 1/10 (* 1/3 x0)) (* 2 x1)))

        """)
    let core = try #require(try FPCoreReader.cores(file.text).first)
    #expect(try core.admits([0.5, 3.0]))
    #expect(try !core.admits([0.75, 3.0]) && !core.admits([0.5, -1.0]))
  }

  @Test("What is too long is refused")
  func size() throws {
    let program = try Program(
      parsing: PackageRoot.text("fixtures/programs/dictionary.lsrl"), file: "dictionary.lsrl")
    #expect(throws: EngineError.self) {
      try FPCoreFile(
        Tape(program.graph), named: "dictionary", tokens: 1_000, ranges: program.inputRanges,
        format: .binary64)
    }
  }
}

extension String {
  fileprivate var indented: String {
    split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }
}
