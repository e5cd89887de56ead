import Compiler
import Evaluation
import ExactArithmetic
import LSRL

/// How a cost grows with a size.
public struct Growth: Sendable {
  public struct Point: Sendable {
    public let size: Double
    public let cost: Figure
    let sizes: String
  }

  /// What costs, by what.
  public let name: String

  /// What is counted along, and what the cost is.
  public let unit: String

  /// By ascending size, at least two.
  public let points: [Point]

  public var rows: [Row] { points.map { Row(name, sizes: $0.sizes, $0.cost, unit: unit) } }
}

/// What each part costs at several sizes: nodes, width, tokens, bits.
struct GrowthSuite {
  let stopwatch: Stopwatch

  /// Listing 2, compiled lean.
  let program: Workload

  func growths() throws -> [Growth] {
    [
      try leanByNodes(of: "chain", [50, 500, 5_000, 50_000], CompileSuite.chain),
      try leanByNodes(of: "ladder", [33, 333, 3_333, 33_333], CompileSuite.ladder),
      try rulesByNodes(), try floatByWidth(), try exactByTokens(),
      try exactByBits(),
    ]
  }

  private func leanByNodes(
    of shape: String, _ sizes: [Int], _ make: (_ rungs: Int) throws -> Program
  ) throws -> Growth {
    let points = try sizes.map { rungs in
      let program = try make(rungs)
      let seconds = stopwatch.seconds { _ = program.leanPath }
      return point(program.graph.nodes.count, "nodes", seconds.map { 1_000 * $0 })
    }
    return Growth(name: "lean compile of a \(shape), by nodes", unit: "ms", points: points)
  }

  private func rulesByNodes() throws -> Growth {
    let points = try [10, 30, 100].map { rungs in
      let ladder = try CompileSuite.ladder(rungs: rungs)
      let seconds = try stopwatch.seconds { _ = try ladder.graph.debranched() }
      return point(ladder.graph.nodes.count, "nodes", seconds.map { 1_000 * $0 })
    }
    return Growth(name: "debranching of a ladder by rules, by nodes", unit: "ms", points: points)
  }

  private func floatByWidth() throws -> Growth {
    let points = try [32, 128, 512, 2_048].map { width in
      let workload = try Workload.recurrence(
        "", width: width, perRow: 16, numerator: 1, denominator: 16, tokens: 20)
      let engine = try FloatEngine<Float>(Tape(workload.path))
      let tokens = workload.tokens.map { $0.map(Float.init(nearest:)) }
      let lanes = Float.laneCount
      let batch = try SequenceBatch(
        dimension: engine.inputDimension, Array(repeating: tokens, count: lanes))
      let seconds = try stopwatch.seconds { _ = try engine.run(batch) }
      return point(width, "wide", seconds.map { 1e6 * $0 / Double(lanes * tokens.count) })
    }
    return Growth(name: "binary32 recurrence, by width", unit: "µs a token", points: points)
  }

  private func exactByTokens() throws -> Growth {
    let engine = ExactEngine(Tape(program.path))
    let points = try [1, 2, 4, 8].map { times in
      let tokens = Array(repeatElement(program.tokens, count: times).joined())
      let seconds = try stopwatch.seconds { _ = try engine.run(tokens) }
      return point(tokens.count, "tokens", seconds.map { 1_000 * $0 })
    }
    return Growth(name: "exact run of \(program.name), by tokens", unit: "ms", points: points)
  }

  /// Numbers grow with the tokens: the cost of a product on the way to that length.
  private func exactByBits() throws -> Growth {
    let points = try [3, 6, 12, 25, 50, 100, 200].map { count in
      let workload = try Workload.recurrence(
        "", perRow: 4, numerator: 700, denominator: 1_000, tokens: count)
      let engine = ExactEngine(Tape(workload.path))
      let bits = try engine.run(workload.tokens).last?.map(\.bitCount).max() ?? 0
      let seconds = try stopwatch.seconds { _ = try engine.run(workload.tokens) }
      return point(bits, "bits", seconds.map { 1e9 * $0 / Double(workload.productCount) })
    }
    return Growth(
      name: "exact recurrence, by bits of the last numbers", unit: "ns a product", points: points)
  }

  private func point(_ size: Int, _ what: String, _ cost: Figure) -> Growth.Point {
    Growth.Point(size: Double(size), cost: cost, sizes: "\(size) \(what)")
  }
}
