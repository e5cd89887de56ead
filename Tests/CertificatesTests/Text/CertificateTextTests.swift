import Architectures
import Certificates
import ExactArithmetic
import Testing

@Suite("Certificates as text")
struct CertificateTextTests {
  /// A certificate about nothing in particular, of a network and its unrolling.
  static func random(seed: Int) throws -> Certificate {
    var dice = Dice(seed: seed)
    let stack = dice.stack(dice.pick(Architecture.allCases))
    let source = try CellProgram(stack)
    let target = try source.unrolled(steps: 1, reading: stack.inputDimension)
    func intervals(_ count: Int) -> [Interval] {
      (0..<count).map { _ in
        let lower = dice.number()
        return dice.pick([
          .everything, .nonnegative, Interval(nil, lower), Interval(lower, lower + 1),
        ])
      }
    }
    let reads = source.initial.indices.flatMap { node in
      source.initial[node].indices.map { Certificate.Coordinate(node: node, place: $0) }
    }
    return Certificate(
      inputBounds: intervals(stack.inputDimension), source: source, target: target, reads: reads,
      coupling: Example.passing, links: source.initial.map { $0.map { _ in dice.pick([nil, 3]) } },
      sourceBounds: source.initial.map { intervals($0.count) }, targetBounds: [[], []])
  }

  @Test("What is written is read back, the same")
  func roundTrip() throws {
    for seed in 0..<300 {
      let certificate = try Self.random(seed: seed)
      let text = certificate.text
      let read = try Certificate(parsing: text)
      #expect(read == certificate, "seed \(seed)")
      #expect(read.text == text, "seed \(seed)")
    }
  }

  @Test("The canonical layout")
  func layout() {
    #expect(
      Example.pair.text == """
        2 - - - -
        prog 3 2
        input
        state 2 0
          2 0 1/2 1 -1 2 0 1 1 2 1
          1 1 1/3 2 0 -1 1 1 -2
        relu 1
        inits 3
          0
          2 1/5 -1
          0
        prog 7 6
        input
        prev 4
        concat 2 1 0
        lin 4 2
          6 0 1/2 1 -1 2 -1/2 3 1 4 1 5 2 1
          4 1 1/3 3 -1/3 4 -1 5 1 -2
          6 0 -1/2 1 1 2 1/2 3 -1 4 -1 5 -2 -1
          4 1 -1/3 3 1/3 4 1 5 -1 2
        relu 3
        lin 2 4
          1 0 1 0
          1 1 1 0
        relu 5
        inits 7
          0
          0
          0
          0
          4 1/5 0 0 1
          0
          0
        2 1 0 1 1
        prog 3 2
        input
        lin 4 0
          1 0 1 0
          1 1 1 0
          1 0 -1 0
          1 1 -1 0
        relu 1
        inits 0
        5
          0
          0
          0
          0
          4 0 1 2 3
        0
        0

        """)
  }

  @Test("Columns in any order, numbers in any terms, zeros, tabs and other line ends")
  func freedom() throws {
    let text = Example.pair.text
      .replacing("2 0 1/2 1 -1 2 0 1 1 2 1", with: "4 1 -1 0 2/8 0 03/12\t1 0\r\n2 1 2 0 1 1")
      .replacing("2 1/5 -1", with: "2 2/10 -3/3")
    #expect(try Certificate(parsing: text) == Example.pair)
  }

  /// The text as it should be, its one change, and what is said of it.
  @Test(
    "Refusals name the word, its line, what was expected and what was found",
    arguments: [
      ("2 - - - -", "", 1, 2, "the number of inputs", "'prog'"),
      ("2 - - - -", "2 1 1/2 - -", 3, 1, "an upper bound that is not below the lower", "'1/2'"),
      ("relu 5", "tanh 5", 116, 25, "a node", "'tanh'"),
      (
        "lin 4 2", "lin 999999999 2", 53, 16, "at most 121 rows, the words that are left",
        "'999999999'"
      ),
      ("lin 4 2", "lin 9999999999999999 2", 53, 16, "the number of rows", "'9999999999999999'"),
      ("1/5 -1", "1/5 -", 40, 10, "a rational", "'-'"),
      ("1/5 -1", "0.2 -1", 39, 10, "a rational", "'0.2'"),
      ("1/5 -1", "1/0 -1", 39, 10, "a denominator other than 0", "'1/0'"),
      ("prog 7 6", "prog 7 -6", 44, 12, "the output's number", "'-6'"),
      ("4 0 1 2 3", "4 0 1 2 x", 172, 49, "a link or -", "'x'"),
      (
        "4 0 1 2 3\n0\n0\n", "4 0 1 2 3\n0\n", 174, 51, "the number of target nodes with bounds",
        "the end"
      ),
      ("4 0 1 2 3\n0\n0\n", "4 0 1 2 3\n0\n0\nmore", 175, 52, "the end", "'more'"),
    ])
  func refusals(
    good: String, bad: String, word: Int, line: Int, expected: String, found: String
  ) throws {
    let text = Example.pair.text
    let damaged = text.replacing(good, with: bad)
    #expect(damaged != text)
    let error = #expect(throws: CertificateTextError.self) {
      try Certificate(parsing: damaged)
    }
    #expect(
      error == CertificateTextError(word: word, line: line, expected: expected, found: found))
  }
}
