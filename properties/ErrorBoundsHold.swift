import Architectures
import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

/// What makes bounds, and for what; tests bring wrong ones.
public struct BoundsOnTrial: Sendable {
  public var formats = FloatFormat.catalogue
  public var modes = BoundMode.allCases
  public var make: @Sendable (Tape, FloatFormat, BoundMode) throws -> RunningBound

  public init(
    formats: [FloatFormat] = FloatFormat.catalogue, modes: [BoundMode] = BoundMode.allCases,
    make: @escaping @Sendable (Tape, FloatFormat, BoundMode) throws -> RunningBound
  ) {
    self.formats = formats
    self.modes = modes
    self.make = make
  }

  public static let ours = BoundsOnTrial { try RunningBound($0, format: $1, mode: $2) }
}

extension Property {
  /// A bound is a promise about every output of every run. Each case is run as program, lean path
  /// and layers, in every format and both modes; then once more with weights and tokens stretched
  /// until things under- and overflow.
  ///
  /// The floats beside the bounds must be those of the engine, bit for bit.
  public static func errorBoundsHold(
    by bounds: BoundsOnTrial = .ours
  ) -> Property {
    Property(
      id: "error-bounds-hold",
      statement: "no output of a run in floats is further from the exact one than its bound, "
        + "in any format, whatever under- or overflows"
    ) { run in
      var tally = BoundTally()
      let isComplete = run.compareBounds(by: bounds, &tally)
      if let failure = tally.failure {
        return Examination(
          .refuted(kind: failure.kind, explanation: failure.explanation),
          covering: tally.labels)
      }
      guard isComplete else {
        return Examination(.undecided("too large to evaluate"), covering: tally.labels)
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

  /// The first output that is another float, if floats are given, or beyond its bound.
  fileprivate mutating func compare(
    _ found: [[BoundedValue]], _ exact: [[Rational]], _ floats: [[Double]]?,
    in format: FloatFormat
  ) -> (kind: String, place: String)? {
    let leastNormal = Double(nearest: format.leastNormal)
    for (step, (values, truths)) in zip(found, exact).enumerated() {
      for (place, (value, truth)) in zip(values, truths).enumerated() {
        let holds = count(value, truth, leastNormal: leastNormal)
        let isSame = floats.map { value.isSameNumber(as: $0[step][place]) } ?? true
        if holds, isSame { continue }
        return (
          isSame ? "an error beyond its bound" : "another float",
          "token \(step), output \(place): float \(value.value), exact \(truth), "
            + "bound \(value.bound)"
        )
      }
    }
    return nil
  }

  /// Whether the bound is right.
  private mutating func count(
    _ value: BoundedValue, _ exact: Rational, leastNormal: Double
  ) -> Bool {
    comparisons += 1
    if value.value != 0, value.value.magnitude < leastNormal { subnormal += 1 }
    if value.bound == 0 { provedExact += 1 }
    guard let float = Rational(exactly: value.value) else {
      nonfinite += 1
      return value.bound == .infinity
    }
    guard float != exact else { return value.bound >= 0 }
    inexact += 1
    guard let bound = Rational(exactly: value.bound) else { return value.bound == .infinity }
    bounded += 1
    let error = (float - exact).magnitude
    if bound != 0 { closest = max(closest, Double(nearest: error / bound)) }
    return error <= bound
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
  /// Compares every output with its bound, up to the first that is wrong: in all formats, and for
  /// each of them once more stretched to its borders. False if exact numbers are too large.
  public func compareBounds(by bounds: BoundsOnTrial, _ tally: inout BoundTally) -> Bool {
    var isComplete = compareBounds(by: bounds, in: bounds.formats, &tally)
    for format in bounds.formats where tally.failure == nil {
      let isDone = stretched(for: format).compareBounds(by: bounds, in: [format], &tally)
      isComplete = isComplete && isDone
    }
    return isComplete
  }

  private func compareBounds(
    by bounds: BoundsOnTrial, in formats: [FloatFormat], _ tally: inout BoundTally
  ) -> Bool {
    guard let exact = try? ExactEngine(Tape(program.graph), bitLimit: 1 << 20).run(tokens) else {
      return false
    }
    for (name, graph, tape) in boundedTapes {
      for format in formats {
        let floats = format.run(tape, graph, tokens)
        for mode in bounds.modes {
          guard let found = try? bounds.make(tape, format, mode).run(tokens) else { return false }
          guard let failure = tally.compare(found, exact, floats, in: format) else { continue }
          tally.failure = (
            "\(failure.kind) (\(mode))", "\(name), \(format.name), \(failure.place)"
          )
          return true
        }
      }
    }
    return true
  }

  /// The program, its lean path, and a network: another one for other sizes of programs and
  /// sequences.
  private var boundedTapes: [(name: String, graph: Graph?, tape: Tape)] {
    let path = program.leanPath
    var tapes: [(name: String, graph: Graph?, tape: Tape)] = [
      ("program", program.graph, Tape(program.graph)), ("lean path", path.graph, Tape(path)),
    ]
    let all = Architecture.allCases
    let first = all[(5 * program.graph.nodes.count + 3 * tokens.count) % all.count]
    for architecture in [first, .gatedLinearRNN] {
      let stack = try? lowered(path: path, to: architecture, options: LoweringOptions())
      guard let tape = stack.flatMap({ Tape($0)?.withPlainConstants }) else { continue }
      tapes.append((architecture.rawValue, nil, tape))
      break
    }
    return tapes
  }
}

extension BoundedValue {
  fileprivate func isSameNumber(as float: Double) -> Bool {
    value.isNaN ? float.isNaN : value == float
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
