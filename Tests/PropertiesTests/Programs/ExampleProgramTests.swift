import ExactArithmetic
import FixtureFiles
import Foundation
import LSRL
import Properties
import PropertyTesting
import Testing

/// An example program read with one of its settings.
struct SetProgram {
  let example: ExampleProgram
  let program: Program
  let parameters: ExampleParameters
  let warnings: [TextWarning]

  init(
    _ example: ExampleProgram, setting: [String: ParameterValue]
  ) throws {
    let text = try ProgramText(
      parsing: PackageRoot.text(example.file), file: example.file, setting: setting)
    self.example = example
    warnings = text.warnings
    program = text.program
    parameters = ExampleParameters(text.parameters)
  }

  func outputs(_ tokens: [[Rational]]) throws -> [[Rational]] {
    var interpreter = Interpreter<Rational>(program.graph)
    return try interpreter.run(tokens)
  }
}

@Suite("Example programs")
struct ExampleProgramTests {
  private static let trials = 30

  @Test("Each computes what its specification says, exactly", arguments: ExampleProgram.catalogue)
  func meetsSpecification(example: ExampleProgram) throws {
    var distinct: Set<[Rational]> = []
    for setting in example.settings {
      let set = try SetProgram(example, setting: setting)
      let isSound = example.id != "dictionary-as-printed"  // see `PaperListingTests`
      #expect(!isSound || set.warnings.isEmpty, "\(set.warnings)")
      var (outputs, specified) = (0, 0)
      for trial in 0..<Self.trials {
        var choices = Choices(random: SplitMix64(seed: 1, trial: trial))
        let tokens = example.tokens(set.parameters)(&choices)
        for token in tokens {
          #expect(set.program.undeclared(in: token) == nil, "\(token) leaves its declared range")
        }
        let found = try set.outputs(tokens)
        outputs += found.count
        let wanted = example.specify(tokens, set.parameters).compactMap(\.self)
        specified += wanted.count
        distinct.formUnion(wanted)
        let disagreement = example.disagreement(of: found, on: tokens, set.parameters)
        #expect(
          disagreement == nil,
          "\(example.id) with \(set.parameters) on \(tokens): \(disagreement?.description ?? "")")
      }
      #expect(outputs >= 2 * Self.trials, "\(example.id): hardly any tokens are generated")
      #expect(
        2 * specified >= outputs,
        "\(example.id) with \(set.parameters): only \(specified) of \(outputs) are specified")
    }
    #expect(distinct.count > 1, "\(example.id): nothing ever happens")
  }

  @Test("The catalogue and the folder hold the same programs")
  func files() throws {
    let listed = ExampleProgram.catalogue.map(\.file)
    #expect(Set(listed).count == listed.count)
    let folder = PackageRoot.file("fixtures/programs")
    let found = try FileManager.default.subpathsOfDirectory(atPath: folder.path())
      .filter { $0.hasSuffix(".lsrl") }.map { "fixtures/programs/\($0)" }
    #expect(Set(found) == Set(listed))
  }

  @Test("Every library function has a program of its own")
  func sugar() {
    let alone = ExampleProgram.catalogue.filter { $0.file.contains("/sugar/") }.map(\.id)
    #expect(alone.sorted() == LibraryFunction.catalogue.map(\.id).sorted())
  }

  @Test("Where something is known to be 0, optimized conditionals are smaller")
  func optimizedSizes() throws {
    for id in ["continuous", "dictionary"] {
      let example = try #require(ExampleProgram.catalogue.first { $0.id == id })
      func parameters(_ variant: ConditionalVariant) throws -> Int {
        let setting = ["variant": ParameterValue.word(variant.rawValue)]
        return try SetProgram(example, setting: setting).program.graph.size.denseParameters
      }
      #expect(try parameters(.optimized) < parameters(.direct))
      #expect(try parameters(.stepOptimized) < parameters(.step))
      #expect(try parameters(.multiplicativeOptimized) < parameters(.multiplicative))
    }
  }

  @Test("A specification can be contradicted")
  func disagreement() throws {
    let example = try #require(ExampleProgram.catalogue.first { $0.id == "delay" })
    let set = try SetProgram(example, setting: ["n": .number(1)])
    let tokens: [[Rational]] = [[5], [7], [9]]
    #expect(example.disagreement(of: [[0], [5], [7]], on: tokens, set.parameters) == nil)
    let wrong = example.disagreement(of: [[0], [5], [8]], on: tokens, set.parameters)
    #expect(wrong?.description == "expected [7] at t = 2, found [8]")
    let short = example.disagreement(of: [[0], [5]], on: tokens, set.parameters)
    #expect(short?.description == "expected [7] at t = 2, found nothing")
  }
}
