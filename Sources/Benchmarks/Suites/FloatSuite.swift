import CKernels
import Evaluation
import ExactArithmetic
import Foundation

/// The lanes of floats beside scipy, and beside what the core can do at all.
struct FloatSuite {
  let peers: Peers
  let stopwatch: Stopwatch

  /// Listing 2, compiled lean.
  let program: Workload

  /// Sequences side by side that scipy is tried with.
  private static let batches = [16, 64, 256, 1_024]

  func rows() throws -> [Row] {
    let peak = FloatSuite.peak(stopwatch)
    let large = try Workload.recurrence(
      "large", width: 512, perRow: 32, numerator: 1, denominator: 64, tokens: 100)
    var rows = [
      Row(
        "multiply-add peak of one core, binary32", sizes: "independent sums in registers", peak,
        unit: "GFLOP/s")
    ]
    for workload in [large, program] {
      rows += try self.rows(Float.self, "binary32", "float32", workload, peak: peak)
      rows += try self.rows(Double.self, "binary64", "float64", workload, peak: nil)
    }
    rows.append(try single())
    return rows
  }

  private func rows<Number: LaneNumber & BinaryFloatingPoint>(
    _ type: Number.Type, _ name: String, _ numpy: String, _ workload: Workload, peak: Figure?
  ) throws -> [Row] {
    let engine = try FloatEngine<Number>(Tape(workload.path))
    let sequences = 4 * Number.laneCount
    let tokens = workload.tokens.map { $0.map { Number(nearest: $0) } }
    let batch = try SequenceBatch(
      dimension: engine.inputDimension, Array(repeating: tokens, count: sequences))
    let operations = 2e-9 * Double(workload.productCount)
    let seconds = try stopwatch.seconds { _ = try engine.run(batch) }
    let figure = seconds.map { operations * Double(sequences) / $0 }
    let runs = FloatSuite.batches.compactMap { batch -> Row.Peer? in
      let program = Peers.Program.scipy(type: numpy, batch: batch)
      guard let run = peers.run(program, workload, repetitions: 3) else { return nil }
      return Row.Peer(program.name, run.seconds.map { operations * Double(batch) / $0 })
    }
    let best = runs.max { $0.figure.median < $1.figure.median }
    let peer = best.map { Row.Peer("scipy's best batch", $0.figure) }
    let subject = "\(name) batch, \(workload.name)"
    let sizes = "\(workload.sizes), \(sequences) sequences"
    let isGoal = peak != nil
    var rows = [
      Row(
        subject, sizes: sizes, figure, unit: "GFLOP/s", peers: (peer.map { [$0] } ?? []) + runs,
        goal: isGoal ? Row.Goal(.timesFaster(["scipy's best batch"]), floor: 5, aim: 10) : nil)
    ]
    if let peak {
      rows.append(
        Row(
          "\(subject), share of the core's peak", sizes: sizes,
          figure.map { 100 * $0 / peak.median }, unit: "%",
          goal: Row.Goal(.atLeast, floor: 15, aim: 30)))
    }
    return rows
  }

  /// One sequence alone, beside the reference: its variables, its `ForEach`, the same weights.
  func single() throws -> Row {
    let engine = try FloatEngine<Double>(Tape(program.path))
    let tokens = program.tokens.map { $0.map(Double.init(nearest:)) }
    let speed = { (seconds: Double) in Double(tokens.count) / seconds }
    let seconds = try stopwatch.seconds { _ = try engine.run(tokens) }
    let name = Peers.Program.reference.name
    let reference = try peers.reference(program, repetitions: 5)
    return Row(
      "binary64, one sequence alone, \(program.name)", sizes: program.sizes,
      seconds.map(speed), unit: "tokens/s",
      peers: reference.map { [Row.Peer(name, $0.seconds.map(speed))] } ?? [],
      goal: Row.Goal(.timesFaster([name]), floor: 300, aim: 1_000))
  }

  private static func peak(_ stopwatch: Stopwatch) -> Figure {
    let rounds: Int64 = 1_000_000
    let operations = 2e-9 * Double(rounds) * Double(ck_peak_width_f32())
    var sink: Float = 0
    let seconds = stopwatch.seconds { sink += ck_peak_f32(rounds) }
    precondition(!sink.isNaN, "the peak loop went wrong")
    return seconds.map { operations / $0 }
  }
}
