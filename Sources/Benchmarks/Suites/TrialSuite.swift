import Evaluation
import ExactArithmetic
import Foundation
import LSRL
import Properties
import PropertyTesting

/// Whole random trials, and cases of a real program.
struct TrialSuite {
  let stopwatch: Stopwatch

  /// Listing 2: its source and its lean path.
  let source: Program
  let program: Workload

  func rows() async throws -> [Row] {
    let property = Property.loweringPreservesMeaning(on: [.mamba])
    let cores = 2
    let trials = 10_000
    let one = await time(property, trials: trials, workers: 1)
    let both = await time(property, trials: trials, workers: cores)
    let sizes = "\(trials) trials, programs of \(property.limits)"
    var rows = [
      Row(
        "whole random trials to Mamba, 2 cores", sizes: sizes, both.map { Double(trials) / $0 },
        unit: "trials/s", goal: Row.Goal(.atLeast, floor: 3_000, aim: 20_000)),
      Row(
        "wall time of 10,000 random trials to Mamba, 2 cores", sizes: sizes, both, unit: "s",
        goal: Row.Goal(.atMost, floor: 4, aim: 1)),
      Row(
        "two cores against one", sizes: sizes, both.map { one.median / $0 }, unit: "x",
        goal: Row.Goal(.atLeast, floor: 1.8, aim: 1.95)),
    ]
    rows += try await cases(cores: cores)
    return rows
  }

  private func time(_ property: Property, trials: Int, workers: Int) async -> Figure {
    await stopwatch.seconds {
      let result = await Search(trials: trials, seed: 1, workers: workers).run(property)
      precondition(result.held == trials, "a property that holds did not")
    }
  }

  /// Cases of Listing 2 per second, on all cores.
  private func cases(cores: Int) async throws -> [Row] {
    let tape = Tape(program.path)
    let tokens = program.tokens
    let floats = tokens.map { $0.map(Double.init(nearest:)) }
    let sequences = 64
    let batch = try SequenceBatch(
      dimension: tape.inputDimension, Array(repeating: floats, count: sequences))
    let rounds = 4
    let binary64 = try await onAll(cores) {
      let engine = try FloatEngine<Double>(tape)
      return { for _ in 0..<rounds { _ = try engine.run(batch) } }
    }
    let exactRounds = 20
    let exact = try await onAll(cores) {
      let engine = ExactEngine(tape)
      return { for _ in 0..<exactRounds { _ = try engine.run(tokens) } }
    }
    let sizes = program.sizes
    return [
      Row(
        "\(program.name), binary64, 2 cores", sizes: "\(sizes), \(sequences) sequences a batch",
        binary64.map { Double(cores * rounds * sequences) / $0 }, unit: "cases/s",
        goal: Row.Goal(.atLeast, floor: 2_000, aim: 10_000)),
      Row(
        "\(program.name), exact, 2 cores", sizes: sizes,
        exact.map { Double(cores * exactRounds) / $0 }, unit: "cases/s",
        goal: Row.Goal(.atLeast, floor: 500, aim: 2_000)),
    ]
  }

  /// Seconds until each core has done its work once.
  private func onAll(
    _ cores: Int, _ prepare: @escaping @Sendable () throws -> () throws -> Void
  ) async throws -> Figure {
    try await stopwatch.seconds {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<cores { group.addTask { try prepare()() } }
        try await group.waitForAll()
      }
    }
  }
}
