import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import ExactJSON
import FixtureFiles
import LSRL
import Testing

/// The dictionary of the paper's listing 2 in the corpus (n = 3, five variants), with other
/// constants in the place of μ = 1000 and λ = 10^10, all tokens from 0 to 9, 27 steps. The whole
/// table is in docs/error-bounds/exactness.md, with its command; without optimisation it takes long.
@Suite("Listing 2 is exact with small constants")
struct ListingTwoTests {
  static let variants = [
    "direct", "optimized", "step_optimized", "multiplicative", "multiplicative_optimized",
  ]

  private struct Run {
    let variant: String
    let graph: Graph
    let tokens: [[Rational]]
  }

  /// The corpus's runs, with its own constants.
  private static let runs: Result<[Run], any Error> = Result {
    let marker = Array("{\"name\":\"listing2-n3-".utf8)
    let lines = Array(try PackageRoot.text("fixtures/corpus/named.jsonl").utf8)
      .split(separator: 0x0A)
    return try lines.filter { $0.starts(with: marker) }.map { line in
      let read = try CorpusCase(parsing: JSONValue(parsing: Array(line)))
      let name = read.name.dropFirst("listing2-n3-".count)
      return Run(
        variant: String(name.prefix { $0 != "-" }), graph: read.program.graph,
        tokens: read.tokens)
    }
  }

  /// The first run of each variant.
  private func programs(_ mu: Rational, _ lambda: Rational) throws -> [String: Graph] {
    let runs = try Self.runs.get()
    let programs = Dictionary(runs.map { ($0.variant, $0.graph) }) { first, _ in first }
    try #require(programs.keys.sorted() == Self.variants.sorted())
    return try programs.mapValues { try $0.withConstants(mu, lambda) }
  }

  private func exactness(_ tape: Tape) throws -> Exactness {
    let token = try #require(GridValue(from: 0, to: 9, spacing: 1))
    return try Exactness(tape, inputs: [token], horizon: .steps(27))
  }

  @Test(
    "Bits that are enough for the lean path, in the worst variant",
    arguments: [
      (1024, Rational(2).raised(to: 33), 43), (512, 32, 24), (2, 32, 8),
    ] as [(Rational, Rational, Int)])
  func leanTable(mu: Rational, lambda: Rational, most: Int) throws {
    let needs = try programs(mu, lambda).values.map {
      try exactness(Tape($0.leanPath())).needs.precision
    }
    #expect(needs.compactMap(\.self).count == 5 && needs.compactMap(\.self).max() == most)
  }

  @Test(
    "Programs as they stand are exact in binary64 with 1024, and in binary32 with less",
    arguments: [
      (1024, 32, FloatFormat.binary32), (2, 32, .bfloat16),
    ] as [(Rational, Rational, FloatFormat)])
  func programTable(mu: Rational, lambda: Rational, format: FloatFormat) throws {
    for (variant, graph) in try programs(mu, lambda) {
      let found = try exactness(Tape(graph))
      #expect(found.isProved(in: format), "\(variant): \(found.needs.precision ?? 0) bits")
    }
  }

  @Test("With the paper's constants weights are no floats")
  func asPrinted() throws {
    for graph in try programs(1000, 10_000_000_000).values {
      #expect(try exactness(Tape(graph)).failure(in: .binary64)?.reason == .notDyadic)
    }
  }

  @Test("What is proved is seen in runs of the corpus, bit for bit")
  func runs() throws {
    let runs = try Self.runs.get()
    try #require(runs.count >= 5)
    for run in runs {
      let graph = try run.graph.withConstants(512, 32)
      let tape = Tape(graph.leanPath())
      var interpreter = Interpreter<Rational>(graph)
      let exact = try interpreter.run(run.tokens)
      let engine = try FloatEngine<Float>(tape)
      let found = try engine.run(run.tokens.map { $0.map(Float.init(nearest:)) })
      #expect(found.map { $0.compactMap(\.exact) } == exact, "\(run.variant)")
    }
  }
}

extension Graph {
  /// The same graph with other constants than the corpus's: 1000, its reciprocal and 10^10.
  func withConstants(_ mu: Rational, _ lambda: Rational) throws -> Graph {
    let values: [Rational: Rational] = [
      1000: mu, -1000: -mu, Rational(1, 1000): mu.reciprocal, Rational(-1, 1000): -mu.reciprocal,
      10_000_000_000: lambda, -10_000_000_000: -lambda,
    ]
    func replaced(_ map: AffineMap) -> AffineMap {
      AffineMap(
        Matrix(
          columnCount: map.matrix.columnCount,
          rows: map.matrix.rows.map { row in
            row.map { .init(column: $0.column, value: values[$0.value] ?? $0.value) }
          }), offset: map.offset.map { values[$0] ?? $0 })
    }
    let nodes = nodes.map { node -> Node in
      switch node.operation {
      case .linear(let map):
        Node(node.id, .linear(replaced(map)), reading: node.inputs)
      case .input, .slice, .relu, .concat, .multiply, .linState: node
      }
    }
    return try Graph(nodes: nodes, output: output)
  }
}
