import Architectures
import Certificates
import Compiler
import ExactArithmetic
import ExactJSON
import FixtureFiles
import LSRL
import Testing

/// Programs of the corpus and what the compiler makes of them.
@Suite("The judge on compiled programs")
struct CompiledProgramTests {
  static func corpus(_ file: String) throws -> [CorpusCase] {
    var seen: Set<Graph> = []
    return try PackageRoot.text("fixtures/corpus/\(file).jsonl").split(separator: "\n")
      .map { try CorpusCase(parsing: JSONValue(parsing: $0)) }
      .filter { seen.insert($0.program.graph).inserted }
  }

  /// In release mode, prints how long it took; on shared machines that is no test.
  private static func judgement(of certificate: Certificate, _ name: String) -> Judgement {
    let start = ContinuousClock.now
    let judgement = certificate.judged()
    #if !DEBUG
      let duration = ContinuousClock.now - start
      let nodes = (certificate.source.nodes.count, certificate.target.nodes.count)
      print("\(name): \(nodes.0) and \(nodes.1) nodes, \(duration), \(judgement)")
    #else
      _ = start
    #endif
    return judgement
  }

  /// The program against its lean path; with an architecture, the path against its network.
  private static func certificate(
    _ line: CorpusCase, for architecture: Architecture?
  ) throws -> Certificate? {
    let graph = CellProgram(line.program.graph)
    let path = line.program.leanPath
    let inputs = line.program.inputRanges
    var dice = Dice(seed: 3)
    let runs = [
      line.tokens, (0..<12).map { _ in inputs.map { _ in Rational(dice.roll(-21...21), 7) } },
    ]
    guard let architecture else {
      return try Matching.certificate(graph, CellProgram(path), inputs: inputs, on: runs)
    }
    var options = LoweringOptions()
    options.inputRanges = inputs
    guard let stack = try? lowered(path: path, to: architecture, options: options) else {
      return nil
    }
    return try Matching.certificate(
      CellProgram(path), CellProgram(stack), inputs: inputs, on: runs)
  }

  @Test(
    "Lean paths of random programs, and networks of these paths",
    arguments: [nil, .gatedLinearRNN, .gatedRNN, .lstm, .gru] as [Architecture?])
  func random(architecture: Architecture?) throws {
    var (accepted, seen) = (0, 0)
    for line in try Self.corpus("random").prefix(24) {
      guard let certificate = try Self.certificate(line, for: architecture) else { continue }
      seen += 1
      accepted += certificate.judged().isAccepted ? 1 : 0
    }
    #expect(seen > 20 && accepted >= seen * 5 / 6, "\(accepted) of \(seen)")
  }

  /// The path against a stack of GRUs that was made without ranges: how the lowering keeps states
  /// says what to claim. Each step but linears takes one layer, products take two.
  static func gruCertificate(_ path: PathGraph) throws -> Certificate {
    let source = CellProgram(path)
    let target = try CellProgram(lowered(path: path, to: .gru))
    let reads = source.initial.indices.flatMap { node in
      source.initial[node].indices.map { Certificate.Coordinate(node: node, place: $0) }
    }
    let layers = target.initial.indices.filter { !target.initial[$0].isEmpty }
    var links: [[Int?]] = target.initial.map { _ in [] }
    var bounds: [[Interval]] = target.initial.map { _ in [] }
    var (layer, state) = (0, 0)
    for step in path.steps {
      switch step.operation {
      case .linState(let linState):
        let places = state..<state + linState.dimension
        links[layers[layer]] = places.map { $0 } + places.map { reads.count + $0 }
        state += linState.dimension
        layer += 1
      case .relu: layer += 1
      case .multiply:
        bounds[layers[layer + 1]] = target.initial[layers[layer + 1]].map { _ in .nonnegative }
        layer += 2
      case .linear, .input, .slice, .concat: continue
      }
    }
    #expect(layer == layers.count)
    return Certificate(
      inputBounds: Array(repeating: .everything, count: path.inputDimension), source: source,
      target: target, reads: reads, coupling: Example.positiveAndNegativePart(reads.count),
      links: links, targetBounds: bounds)
  }

  @Test("The paths of the paper's listings against their stacks of GRUs")
  func listings() throws {
    for line in try Self.corpus("named") {
      let certificate = try Self.gruCertificate(line.program.leanPath)
      let judgement = Self.judgement(of: certificate, line.name)
      #expect(judgement.isAccepted, "\(line.name): \(judgement)")
      var wrong = certificate
      wrong.links = wrong.links.map { $0.map { $0 == 0 ? 1 : $0 } }
      #expect(!wrong.judged().isAccepted || wrong == certificate)
    }
  }

  @Test("Programs of 500 nodes")
  func manyNodes() throws {
    for seed in 0..<2 {
      let certificate = Example.itself(Example.large(nodes: 500, seed: seed), inputs: 2)
      #expect(Self.judgement(of: certificate, "seed \(seed)").isAccepted)
    }
  }
}
