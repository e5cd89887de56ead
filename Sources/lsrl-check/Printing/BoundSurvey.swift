import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import Foundation
import LSRL

/// Statistics of bounds over many runs.
struct BoundSurvey {
  fileprivate struct Cell {
    var outputs = 0
    var exact = 0
    var provedExact = 0
    var unbounded = 0
    var violations = 0
    var overestimates: [Double] = []
    var roundRight = 0
    var certified = 0

    /// Time with bounds over time without, by run.
    var slowdowns: [Double] = []
  }

  private struct Key: Hashable {
    let route: String
    let format: FloatFormat
    let mode: BoundMode
  }

  private let formats: [FloatFormat]
  private let measuresTime: Bool
  private var cells: [Key: Cell] = [:]
  private var order: [Key] = []
  private var runs = 0

  init(formats: [FloatFormat], measuresTime: Bool) {
    self.formats = formats
    self.measuresTime = measuresTime
  }

  var isRefuted: Bool { cells.values.contains { $0.violations > 0 } }

  mutating func add(_ run: CorpusCase) throws {
    let source = Tape(run.program.graph)
    let exact = try ExactEngine(source).run(run.tokens)
    runs += 1
    for (route, tape) in [("source", source), ("lean", Tape(run.program.leanPath))] {
      for format in formats {
        for mode in BoundMode.allCases {
          let bound = try RunningBound(tape, format: format, mode: mode)
          let key = Key(route: route, format: format, mode: mode)
          if cells[key] == nil { order.append(key) }
          for (values, truths) in zip(try bound.run(run.tokens), exact) {
            for (value, truth) in zip(values, truths) {
              cells[key, default: Cell()].count(value, truth)
            }
          }
          if measuresTime, format == .binary64 {
            cells[key, default: Cell()].slowdowns.append(
              try Slowdown(tape, run.tokens, bound).ratio)
          }
        }
      }
    }
  }

  /// A line for each route, format and mode, in columns.
  var text: String {
    let head = [
      "route", "format", "mode", "outputs", "exact", "proved", "unbounded", "violations",
      "inexact", "median", "p90", "max", "integers", "certified", "time median", "p90",
    ]
    let lines =
      [head]
      + order.map { key in
        let cell = cells[key, default: Cell()]
        let ratios = cell.overestimates.sorted()
        let times = cell.slowdowns.sorted()
        return [
          key.route, key.format.name, key.mode.rawValue, cell.outputs.grouped, cell.exact.grouped,
          cell.provedExact.grouped, cell.unbounded.grouped, cell.violations.grouped,
          ratios.count.grouped, ratios.quantile(0.5), ratios.quantile(0.9), ratios.quantile(1),
          cell.roundRight.grouped, cell.certified.grouped, times.quantile(0.5), times.quantile(0.9),
        ]
      }
    let widths = head.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return "\(runs.grouped) runs\n"
      + lines.map { line in
        line.indices.map { column in
          String(repeating: " ", count: widths[column] - line[column].count) + line[column]
        }.joined(separator: "  ")
      }.joined(separator: "\n")
  }
}

extension BoundSurvey.Cell {
  fileprivate mutating func count(_ value: BoundedValue, _ truth: Rational) {
    outputs += 1
    let error = value.error(from: truth)
    if !value.holds(for: truth) { violations += 1 }
    if value.bound == .infinity { unbounded += 1 }
    if error == 0 { exact += 1 }
    if value.bound == 0 { provedExact += 1 }
    if let ratio = value.overestimate(of: truth) { overestimates.append(ratio) }
    guard truth.isInteger, let error else { return }
    if error < Rational(1, 2) { roundRight += 1 }
    if value.roundsRight { certified += 1 }
  }
}

extension [Double] {
  /// Of a sorted list.
  fileprivate func quantile(_ part: Double) -> String {
    guard !isEmpty else { return "-" }
    return String(format: "%.4g", self[Swift.min(count - 1, Int(part * Double(count)))])
  }
}

/// How long a run with bounds takes, in runs of the float engine.
private struct Slowdown {
  let ratio: Double

  init(_ tape: Tape, _ tokens: [[Rational]], _ bound: RunningBound) throws {
    let engine = try FloatEngine<Double>(tape)
    let batch = try SequenceBatch(
      dimension: tape.inputDimension, [tokens.map { $0.map(Double.init(nearest:)) }])
    let rounded = try bound.rounded(tokens)
    let plain = try Slowdown.fastest { _ = try engine.run(batch) }
    let bounded = try Slowdown.fastest { _ = bound.run(rounded) }
    ratio = bounded / plain
  }

  /// Seconds for one call: the fastest of several rounds, each long enough to be timed.
  private static func fastest(_ body: () throws -> Void) throws -> Double {
    let clock = ContinuousClock()
    func seconds(_ calls: Int) throws -> Double {
      let start = clock.now
      for _ in 0..<calls { try body() }
      return (clock.now - start) / .seconds(1)
    }
    try body()
    let calls = max(1, Int(1e-3 / max(try seconds(1), 1e-9)))
    var best = Double.infinity
    for _ in 0..<5 { best = min(best, try seconds(calls) / Double(calls)) }
    return best
  }
}
