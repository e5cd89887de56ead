import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import ExactJSON
import FixtureFiles
import LSRL
import Testing

/// The dictionary of the paper's listing 2 in the corpus (n = 3, five variants), with other
/// constants in the place of μ = 1000 and λ = 10^10, all tokens from 0 to 9, 27 steps.
@Suite("Listing 2 is exact with small constants")
struct ListingTwoTests {
  static let variants = [
    "direct", "optimized", "step_optimized", "multiplicative", "multiplicative_optimized",
  ]

  private struct Run {
    let variant: String
    let graph: Graph
    let tokens: [[Rational]]
    let outputs: [[Rational]]
  }

  private func runs(_ mu: Rational, _ lambda: Rational) throws -> [Run] {
    var runs: [Run] = []
    for line in try PackageRoot.text("fixtures/corpus/named.jsonl").split(separator: "\n")
    where line.contains("\"listing2-n3-") {
      let read = try CorpusCase(parsing: JSONValue(parsing: Array(line.utf8)))
      let name = read.name.dropFirst("listing2-n3-".count)
      runs.append(
        Run(
          variant: String(name.prefix { $0 != "-" }),
          graph: try read.program.graph.withConstants(mu, lambda), tokens: read.tokens,
          outputs: try #require(read.outputs)))
    }
    return runs
  }

  /// By variant and route.
  private func precisions(_ mu: Rational, _ lambda: Rational) throws -> [String: [Int?]] {
    let tokens = try #require(GridValue(from: 0, to: 9, spacing: 1))
    var found: [String: [Int?]] = [:]
    for run in try runs(mu, lambda) where found[run.variant] == nil {
      found[run.variant] = try [Tape(run.graph), Tape(run.graph.leanPath())].map { tape in
        try Exactness(tape, inputs: [tokens], horizon: .steps(27)).needs.precision
      }
    }
    return found
  }

  @Test(
    "Bits that are enough, for the program and its lean path",
    arguments: [
      (1024, Rational(2).raised(to: 33), 43), (1024, 32, 26), (512, 32, 24), (64, 32, 18),
      (4, 32, 10), (2, 32, 8),
    ] as [(Rational, Rational, Int)])
  func table(mu: Rational, lambda: Rational, most: Int) throws {
    let found = try precisions(mu, lambda)
    #expect(found.count == 5)
    for (variant, precisions) in found {
      for precision in precisions {
        #expect(precision.map { $0 <= most } ?? false, "\(variant): \(precisions)")
      }
    }
    print("mu \(mu) lambda \(lambda)", found)
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
