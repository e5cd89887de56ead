import Architectures
import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

/// Makes a bound, or none if the tape is too large; tests make wrong ones.
public typealias BoundMaker = @Sendable (Tape, FloatFormat, BoundMode) -> RunningBound?

extension Property {
  /// A bound is a promise about every output of every run. Each case is run as program, lean path
  /// and layers, in every format and both modes; then once more with weights and tokens stretched
  /// until things under- and overflow.
  ///
  /// The floats beside the bounds must be those of the engine, bit for bit.
  public static func errorBoundsHold(
    by bounds: @escaping BoundMaker = { try? RunningBound($0, format: $1, mode: $2) }
  ) -> Property {
    Property(
      id: "error-bounds-hold",
      statement: "no output of a run in floats is further from the exact one than its bound, "
        + "in any format, whatever under- or overflows"
    ) { run in
      var tally = BoundTally()
      for variation in [run, run.stretched] {
        guard variation.compareBounds(by: bounds, &tally) else {
          return Examination(.undecided("too large to evaluate"), covering: tally.labels)
        }
        if let failure = tally.failure {
          return Examination(
            .refuted(kind: failure.kind, explanation: failure.explanation),
            covering: tally.labels)
        }
      }
      return Examination(.holds, covering: tally.labels)
    }
  }
}

/// What comparing outputs with their bounds has come to.
public struct BoundTally: Sendable {
  public private(set) var comparisons = 0
  public private(set) var nonfinite = 0
  public private(set) var subnormal = 0

  /// Floats that are not exact, of those the ones with a finite bound, and exact ones with bound 0.
  public private(set) var inexact = 0
  public private(set) var bounded = 0
  public private(set) var provedExact = 0

  /// The largest |float − exact| / bound: 1 would be just right.
  public private(set) var closest = 0.0

  /// The first one, if a bound does not hold.
  public fileprivate(set) var failure: (kind: String, explanation: String)?

  public init() {}

  fileprivate mutating func count(_ value: BoundedValue, _ exact: Rational, in format: FloatFormat)
  {
    comparisons += 1
    if !value.value.isFinite { nonfinite += 1 }
    let leastNormal = Double(nearest: format.leastNormal)
    if value.value != 0, value.value.magnitude < leastNormal { subnormal += 1 }
    if value.bound == 0 { provedExact += 1 }
    guard let error = value.error(from: exact), error != 0 else { return }
    inexact += 1
    guard let bound = Rational(exactly: value.bound), bound != 0 else { return }
    bounded += 1
    closest = max(closest, Double(nearest: error / bound))
  }

  public mutating func add(_ other: BoundTally) {
    comparisons += other.comparisons
    nonfinite += other.nonfinite
    subnormal += other.subnormal
    inexact += other.inexact
    bounded += other.bounded
    provedExact += other.provedExact
    closest = max(closest, other.closest)
    failure = failure ?? other.failure
  }

  fileprivate var labels: Set<String> {
    var labels: Set<String> = []
    if nonfinite > 0 { labels.insert("outputs that are not finite") }
    if subnormal > 0 { labels.insert("subnormal outputs") }
    if inexact > 0 { labels.insert("outputs that are not exact") }
    if provedExact > 0 { labels.insert("outputs proved exact") }
    return labels
  }
}

extension ProgramCase {
  /// For a format that depends on the case.
  public var stretched: ProgramCase {
    let pick = program.graph.nodes.count + tokens.count
    return stretched(for: FloatFormat.catalogue[pick % FloatFormat.catalogue.count])
  }

  /// Compares every output with its bound, up to the first that is wrong; false if the exact
  /// numbers are too large to compute.
  public func compareBounds(by bounds: BoundMaker, _ tally: inout BoundTally) -> Bool {
    guard let exact = try? ExactEngine(Tape(program.graph), bitLimit: 1 << 20).run(tokens) else {
      return false
    }
    for (name, graph, tape) in boundedTapes {
      for format in FloatFormat.catalogue {
        let floats = format.run(tape, graph, tokens)
        for mode in BoundMode.allCases {
          guard let found = try? bounds(tape, format, mode)?.run(tokens) else { return false }
          for (step, (values, truths)) in zip(found, exact).enumerated() {
            for (place, (value, truth)) in zip(values, truths).enumerated() {
              tally.count(value, truth, in: format)
              let kind = value.fault(exact: truth, float: floats?[step][place])
              guard let kind else { continue }
              tally.failure = (
                "\(kind) (\(mode))",
                "\(name), \(format.name), token \(step), output \(place): float \(value.value), "
                  + "exact \(truth), bound \(value.bound)"
              )
              return true
            }
          }
        }
      }
    }
    return true
  }

  /// The program, its lean path, and layers.
  private var boundedTapes: [(name: String, graph: Graph?, tape: Tape)] {
    let path = program.leanPath
    var tapes: [(name: String, graph: Graph?, tape: Tape)] = [
      ("program", program.graph, Tape(program.graph)), ("lean path", path.graph, Tape(path)),
    ]
    let options = LoweringOptions()
    if let stack = try? lowered(path: path, to: .gatedLinearRNN, options: options),
      let tape = Tape(stack)?.withPlainConstants
    {
      tapes.append(("layers", nil, tape))
    }
    return tapes
  }
}

extension BoundedValue {
  fileprivate func fault(exact: Rational, float: Double?) -> String? {
    if let float {
      let isSame = value.isNaN ? float.isNaN : value == float
      if !isSame { return "another float" }
    }
    return holds(for: exact) ? nil : "an error beyond its bound"
  }
}

extension FloatFormat {
  /// The outputs by the engine, or by the definition in formats that have no engine; widened. Nil
  /// where there is neither.
  fileprivate func run(_ tape: Tape, _ graph: Graph?, _ tokens: [[Rational]]) -> [[Double]]? {
    switch self {
    case .binary64: engineRun(tape, tokens, Double.self)
    case .binary32: engineRun(tape, tokens, Float.self)
    case .binary16: graph.flatMap { interpreterRun($0, tokens, Binary16.self) }
    default: graph.flatMap { interpreterRun($0, tokens, BFloat16.self) }
    }
  }

  private func engineRun<Number: LaneNumber & FormattedNumber>(
    _ tape: Tape, _ tokens: [[Rational]], _ number: Number.Type
  ) -> [[Double]]? {
    let tokens = tokens.map { $0.map(Number.init(nearest:)) }
    return (try? FloatEngine<Number>(tape).run(tokens))?.map { $0.map(\.double) }
  }

  private func interpreterRun<Number: FormattedNumber>(
    _ graph: Graph, _ tokens: [[Rational]], _ number: Number.Type
  ) -> [[Double]]? {
    var interpreter = Interpreter<Number>(graph)
    let tokens = tokens.map { $0.map(Number.init(nearest:)) }
    return (try? interpreter.run(tokens))?.map { $0.map(\.double) }
  }
}
