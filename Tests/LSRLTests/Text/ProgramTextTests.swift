import ExactArithmetic
import LSRL
import Testing

@Suite("Programs as text")
struct ProgramTextTests {
  private func outputs(
    _ text: String, _ tokens: [[Rational]], setting: [String: ParameterValue] = [:]
  ) throws -> [[Rational]] {
    let program = try Program(parsing: text, file: "test.lsrl", setting: setting)
    var interpreter = Interpreter<Rational>(program.graph)
    return try interpreter.run(tokens)
  }

  @Test("Figure 1 is read as it is printed in the paper, and counts")
  func figure1() throws {
    let bits: [[Rational]] = [[1], [0], [0], [1], [1]]
    #expect(try outputs(TextPrograms.moreOnesThanZeros, bits) == [[1], [0], [0], [0], [1]])
    let text = try ProgramText(parsing: TextPrograms.moreOnesThanZeros, file: "figure1.lsrl")
    let names = text.program.graph.nodes.compactMap { text.program.origins[$0.id]?.name }
    #expect(
      names == [
        "input", "ctr1s", "is_zero", "ctr0s", "f_larger", "f_larger", "f_larger", "f_larger",
        "f_larger",
      ])
    let state = try #require(text.program.graph.nodes.first { $0.id == 1 })
    #expect(text.program.name(of: state.id) == "'ctr1s' (figure1.lsrl:5:3)")
    #expect(text.program.name(of: text.program.graph.output) == "'f_larger' (figure1.lsrl:8:10)")
  }

  @Test(
    "Listing 1 gives the value of the query's cell, in every variant",
    arguments: ["direct", "optimized", "step", "step_optimized", "multiplicative"])
  func listing1(variant: String) throws {
    let half = Rational(1, 2)
    let query: [Rational] = [Rational(7, 10), Rational(2, 10), 0, 0]
    let cells: [[Rational]] = [
      [half, 0, 0, 5], [half, half, 0, 7], [half, 0, half, -3], [half, half, half, 11],
    ]
    let found = try outputs(
      TextPrograms.continuous, [query] + cells, setting: ["variant": .word(variant)])
    #expect(found == [[0], [0], [7], [7], [7]])
  }

  @Test("Listing 1 takes vectors of any dimension", arguments: [1, 3])
  func listing1(dimension: Int) throws {
    let query = Array(repeating: Rational(1, 4), count: dimension) + [0, 0, 0]
    let cell = [1] + Array(repeating: Rational(0), count: dimension) + [8, 9]
    let setting: [String: ParameterValue] = [
      "d_in": .number(Rational(dimension)), "d_out": .number(2),
    ]
    #expect(
      try outputs(TextPrograms.continuous, [query, cell], setting: setting) == [[0, 0], [8, 9]])
  }

  @Test(
    "Listing 2 looks up the value of a key, for keys of every length", arguments: [1, 2, 3])
  func listing2(length: Int) throws {
    let key = { (seed: Int) in (0..<length).map { [Rational((seed * 7 + $0 * $0) % 10)] } }
    let value = { (seed: Int) in (0..<length).map { [Rational(seed + $0)] } }
    let pairs = [1, 2, 3].flatMap { key($0) + value(10 * $0) }
    let setting: [String: ParameterValue] = ["n": .number(Rational(length))]
    for seed in [1, 2, 3] {
      let found = try outputs(TextPrograms.dictionary, key(seed) + pairs, setting: setting)
      #expect(Array(found.suffix(length)) == value(10 * seed))
    }
    let missing = (0..<length).map { _ in [Rational(99)] }
    let found = try outputs(TextPrograms.dictionary, missing + pairs, setting: setting)
    #expect(Array(found.suffix(length)) == missing.map { _ in [0] })
  }

  @Test("A state, a comprehension of taps and a sum make a filter")
  func delayLine() throws {
    let text = try ProgramText(parsing: TextPrograms.delayLine, file: "delay.lsrl")
    var interpreter = Interpreter<Rational>(text.program.graph)
    #expect(
      try interpreter.run([[1], [0], [0], [0], [0]])
        == [[1], [Rational(1, 2)], [Rational(1, 4)], [Rational(1, 8)], [0]])
    #expect(text.program.inputRanges == [Interval(-1, 1)])
    #expect(
      text.warnings.map(\.description) == [
        "delay.lsrl:8:3: warning: 'unused' does not reach the output; it is dropped"
      ])
    let names = Set(text.program.origins.values.compactMap(\.name))
    #expect(names.isSuperset(of: ["x", "past", "taps[0]", "taps[3]", "sum"]))
  }

  @Test("Parameters are listed with their values, and can be set")
  func parameters() throws {
    let text = try ProgramText(
      parsing: TextPrograms.delayLine, file: "delay.lsrl", setting: ["n": .number(2)])
    #expect(text.parameters.map(\.name) == ["n", "scale", "weights"])
    #expect(text.parameters.map(\.value) == [.number(2), .number(Rational(1, 2)), nil])
    #expect(text.parameters.map(\.isSet) == [true, false, false])
    #expect(text.parameters[1].place.description == "delay.lsrl:2:1")
    #expect(
      try outputs(TextPrograms.delayLine, [[1], [0], [0]], setting: ["n": .number(2)])
        == [[1], [Rational(1, 2)], [0]])
  }

  @Test(
    "A setting that the program does not know, or of another kind, is refused",
    arguments: [
      (
        ["nu": .number(1)],
        "t:5:1: expected one of the parameters n, variant, w, found a setting of 'nu'"
      ),
      (
        ["n": .word("two")], "t:2:1: expected a number for 'n', found the setting \"two\""
      ),
      (["variant": .number(2)], "t:3:1: expected a word for 'variant', found the setting 2"),
      (
        ["w": .number(2)],
        "t:4:1: expected no setting, only what the program says, for 'w', found the setting 2"
      ),
    ] as [([String: ParameterValue], String)])
  func refusedSettings(setting: [String: ParameterValue], message: String) throws {
    let text = """
      # a comment
      n = 2
      variant = "direct"
      w = [1]
      ForEach:
        return Input(dim=n)
      """
    let error = #expect(throws: TextError.self) {
      try Program(parsing: text, file: "t", setting: setting)
    }
    #expect(error?.description == message)
  }

  @Test("What stands on a command line is a number or a word")
  func parameterValues() {
    #expect(ParameterValue(parsing: "1000") == .number(1000))
    #expect(ParameterValue(parsing: "-1/2") == .number(Rational(-1, 2)))
    #expect(ParameterValue(parsing: "1e3") == .number(1000))
    #expect(ParameterValue(parsing: "step_optimized") == .word("step_optimized"))
    for text in ["", "1x", "1/0", "a b", "\"", "é"] {
      #expect(ParameterValue(parsing: text) == nil)
    }
  }

  @Test("Every function of the standard library can be called by name")
  func library() throws {
    for function in LibraryFunction.catalogue {
      let arguments = function.parameters.compactMap { parameter -> String? in
        guard parameter.defaultValue == nil else { return nil }
        return switch parameter.kind {
        case .vector: "\(parameter.name)=x"
        case .number, .count: "\(parameter.name)=2"
        case .word(let words): "\(parameter.name)=\"\(words[0])\""
        }
      }
      let text = """
        ForEach:
          x = Input(dim=1)
          return \(function.id)(\(arguments.joined(separator: ", ")))
        """
      let program = try Program(parsing: text, file: "t")
      #expect(program.origins[program.graph.output]?.name == function.id)
    }
  }

  @Test("An excerpt shows the line, with a caret under the place")
  func excerpt() throws {
    let error = try #require(throws: TextError.self) {
      try Program(parsing: "ForEach:\n\tx = Input(dim=0)  # no\r\n return x", file: "t")
    }
    #expect(error.excerpt == "\tx = Input(dim=0)  # no\n\t          ^")
    let long = "x = 1" + String(repeating: " + 1", count: 100)
    let far = try #require(throws: TextError.self) {
      try Program(parsing: "\(long) 1", file: "t")
    }
    let lines = far.excerpt.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].count == 100 && lines[0].hasSuffix("+ 1 + 1 1"))
    #expect(lines[1] == String(repeating: " ", count: 99) + "^")
  }
}
