import ArgumentParser
import Benchmarks
import ExactArithmetic
import ExactJSON
import LSRL
import PropertyTesting
import Reports

struct BenchCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures speed, with other people's software beside in the same run.",
    discussion: """
      Examples:
        make bench-peers                       sets up the peers, once
        lsrl-check bench all
        lsrl-check bench exact --json exact.json
        lsrl-check bench growth --svg growth.svg

      Each figure is the median of several samples, with the least and the greatest; each goal is a \
      ratio in this run or a figure of this machine. A peer that is not installed is not counted as \
      beaten; the reference, which is there and fails, and a peer that computes other numbers, stop \
      the bench with 65. Run it on an idle machine. Exits with 1 if a figure is below its floor, \
      with 2 if some goal could not be compared.
      """)

  @Argument(help: "exact, float, trials, compile, bound, growth or all.")
  var suites: [String] = ["all"]

  @Option(help: "The folder of the peers.")
  var peers = ".build-peers"

  @Option(help: "Listing 2: the program that is measured.")
  var program = "fixtures/programs/dictionary.lsrl"

  @Option(help: "Random programs that bounds are held against, in the corpus's form.")
  var corpus = "fixtures/corpus/random.jsonl"

  @Option(help: "Samples of each figure.")
  var samples = 5

  @Option(help: ArgumentHelp("Write the rows to FILE as JSON.", valueName: "FILE"))
  var json: String?

  @Option(help: ArgumentHelp("Draw how costs grow into FILE.", valueName: "FILE"))
  var svg: String?

  func validate() throws {
    if svg != nil, try !chosen().contains(.growth) {
      throw ValidationError("--svg draws what 'growth' measures")
    }
    guard samples > 0 else { throw ValidationError("--samples must be positive") }
    _ = try chosen()
  }

  private func chosen() throws -> [Suite] {
    if suites.contains("all") { return Suite.allCases }
    return try suites.map { name in
      guard let suite = Suite(rawValue: name) else {
        let known = Suite.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("expected \(known) or all, found '\(name)'")
      }
      return suite
    }
  }

  func perform() async throws -> Outcome {
    let listing = try ProgramFile.read(program, setting: ["n=3"])
    let bench = Bench(
      peers: peers, program: listing, named: "listing 2, n 3",
      on: BenchCommand.prompt(pairs: 20, length: 3),
      corpus: try chosen().contains(.bound) ? CorpusFile(corpus).lines().map(\.value) : [],
      stopwatch: Stopwatch(repetitions: samples))
    var outcome = Outcome.holds
    var all: [JSONValue] = []
    for suite in try chosen() {
      try StandardOutput.line("\(suite.rawValue): \(suite.title)\n")
      for row in try await measured(suite, bench) {
        try StandardOutput.line("\(row.text)\n")
        all.append(row.json)
        switch row.verdict {
        case .below: outcome = outcome.and(.refuted)
        case .notCompared: outcome = outcome.and(.undecided)
        case .aim, .floor, .information: break
        }
      }
    }
    if let json {
      let value: JSONValue = ["schema": "lsrl-check/bench/1", "rows": .array(all)]
      try OutputFile.write(value.description + "\n", to: json)
    }
    return outcome
  }

  private func measured(_ suite: Suite, _ bench: Bench) async throws -> [Row] {
    do {
      return try await rows(of: suite, bench)
    } catch let error as BenchError {
      throw Failure.badInput(error.description)
    } catch let error as PeerFailure {
      throw Failure.badInput(error.description)
    }
  }

  private func rows(of suite: Suite, _ bench: Bench) async throws -> [Row] {
    guard suite == .growth, let svg else { return try await bench.rows(of: suite) }
    let growths = try bench.growths()
    try OutputFile.write(Plot(growths).svgFile(named: "growth"), to: svg)
    return growths.flatMap(\.rows)
  }

  /// A query of `length` digits, then pairs of different keys, the last of which is the query, and
  /// values.
  private static func prompt(pairs: Int, length: Int) -> [[Rational]] {
    var random = SplitMix64(seed: 2, trial: 0)
    func word() -> [Int] { (0..<length).map { _ in Int.random(in: 0...9, using: &random) } }
    var keys: [[Int]] = []
    while keys.count < pairs {
      let key = word()
      if !keys.contains(key) { keys.append(key) }
    }
    let numbers = keys[pairs - 1] + keys.flatMap { $0 + word() }
    return numbers.map { [Rational($0)] }
  }
}

extension Plot {
  /// Sizes and costs in multiples of the first: a line of slope 1 is what grows in proportion.
  fileprivate init(_ growths: [Growth]) {
    self.init(
      "How costs grow", x: Axis("size, in multiples of the smallest", .log(base: 10)),
      y: Axis("cost, in multiples of the first", .log(base: 10)),
      series: growths.enumerated().flatMap { hue, growth -> [Series] in
        guard let first = growth.points.first else { return [] }
        let points = growth.points.map {
          Point($0.size / first.size, $0.cost.median / first.cost.median)
        }
        return [
          Series(growth.name, .line, hue: hue, points),
          Series(growth.name, .points, hue: hue, points),
        ]
      })
  }
}
