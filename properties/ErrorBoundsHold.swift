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

extension ProgramCase {
  /// Compares every output with its bound, up to the first that is wrong: in all formats, and for
  /// each of them once more stretched to its borders. On the case's own tokens and on `others`.
  /// False if exact numbers are too large.
  public func compareBounds(
    by bounds: BoundsOnTrial, also others: [[[Rational]]] = [], _ tally: inout BoundTally
  ) -> Bool {
    let sequences = [tokens] + others
    var isComplete = compareBounds(by: bounds, in: bounds.formats, on: sequences, &tally)
    for format in bounds.formats where tally.failure == nil {
      let isDone = stretched(for: format).compareBounds(
        by: bounds, in: [format], on: sequences.map { stretched($0, for: format) }, &tally)
      isComplete = isComplete && isDone
    }
    return isComplete
  }

  private func compareBounds(
    by bounds: BoundsOnTrial, in formats: [FloatFormat], on sequences: [[[Rational]]],
    _ tally: inout BoundTally
  ) -> Bool {
    let engine = ExactEngine(Tape(program.graph), bitLimit: 1 << 20)
    guard let truths = try? engine.run(sequences: sequences) else { return false }
    let exact = truths.map { $0.flatMap { $0.map(TrueOutput.init) } }
    let width = max(program.graph.outputDimension, 1)
    for (name, graph, tape) in boundedTapes {
      for format in formats {
        let floats = format.run(tape, graph, sequences)
        for mode in bounds.modes {
          guard let bound = try? bounds.make(tape, format, mode) else { return false }
          for (place, tokens) in sequences.enumerated() {
            guard let rounded = try? bound.rounded(tokens) else { return false }
            let failure = tally.compare(
              bound.run(rounded), exact[place], floats?[place], width: width, in: format)
            guard let failure else { continue }
            tally.failure = (
              "\(failure.kind) (\(mode))", "\(name), \(format.name), \(failure.place)"
            )
            return true
          }
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

extension FloatFormat {
  /// The outputs by the engine, or by the definition in formats that have no engine, one after
  /// another for each sequence; widened. Nil where there is neither.
  fileprivate func run(
    _ tape: Tape, _ graph: Graph?, _ sequences: [[[Rational]]]
  ) -> [[Double]]? {
    switch self {
    case .binary64: engineRun(tape, sequences, Double.self)
    case .binary32: engineRun(tape, sequences, Float.self)
    case .binary16: graph.flatMap { interpreterRun($0, sequences, Binary16.self) }
    default: graph.flatMap { interpreterRun($0, sequences, BFloat16.self) }
    }
  }

  private func engineRun<Number: LaneNumber & FormattedNumber>(
    _ tape: Tape, _ sequences: [[[Rational]]], _ number: Number.Type
  ) -> [[Double]]? {
    guard
      let engine = try? FloatEngine<Number>(tape),
      let batch = try? SequenceBatch(
        dimension: tape.inputDimension,
        sequences.map { $0.map { $0.map(Number.init(nearest:)) } }),
      let outputs = try? engine.run(batch)
    else { return nil }
    return sequences.indices.map { outputs[$0].flatMap { $0.map(\.double) } }
  }

  private func interpreterRun<Number: FormattedNumber>(
    _ graph: Graph, _ sequences: [[[Rational]]], _ number: Number.Type
  ) -> [[Double]]? {
    try? sequences.map { tokens in
      var interpreter = Interpreter<Number>(graph)
      return try interpreter.run(tokens.map { $0.map(Number.init(nearest:)) })
        .flatMap { $0.map(\.double) }
    }
  }
}
