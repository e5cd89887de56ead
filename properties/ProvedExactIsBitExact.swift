import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

extension Property {
  /// What `lsrl-check exact` calls proved is put to the test: in each format in which the analysis
  /// says that nothing is rounded, runs must give the exact outputs, and in any case exact outputs
  /// must lie in the sets that the analysis found.
  ///
  /// The sets of tokens are the smallest grids around the tokens of the case; runs are those
  /// tokens, the ends of the sets, and tokens between. What is covered counts how often it proves.
  public static func provedExactIsBitExact(rules: GridRules = .standard) -> Property {
    Property(
      id: "proved-exact-is-bit-exact",
      statement: "where the analysis on grids proves that floats are exact, they are, in binary64, "
        + "binary32, binary16 and bfloat16, for a program and its lean path",
      limits:
        "up to 20 nodes of dimension up to 8, short dyadic weights up to 256, degree up to 4, "
        + "tokens on a grid of up to 200 steps, 1 to 8 tokens",
      of: .gridPrograms, describedBy: \.description, recordedBy: \.record,
      readBy: ProgramCase.init(reading:)
    ) { run in
      guard !run.tokens.isEmpty else { return Examination(.undecided("there are no tokens")) }
      var trial = ExactnessTrial(run, rules)
      return trial.examine()
    }
  }
}

private struct ExactnessTrial {
  private let run: ProgramCase
  private let rules: GridRules
  private let inputs: [GridValue]
  private let sequences: [[[Rational]]]
  private var covered: Set<String> = []

  init(_ run: ProgramCase, _ rules: GridRules) {
    self.run = run
    self.rules = rules
    let inputs = run.tokens[0].indices.map { coordinate in
      let values = run.tokens.map { GridValue($0[coordinate]) }
      return values.dropFirst().reduce(values[0]) { $0.union($1) }
    }
    self.inputs = inputs
    sequences =
      [run.tokens]
      + (0..<6).map { kind in
        run.tokens.indices.map { time in
          inputs.enumerated().map { $1.member(kind: kind, time: time, coordinate: $0) }
        }
      }
  }

  mutating func examine() -> Examination {
    let path = run.program.leanPath
    let routes = [
      ("program", run.program.graph, Tape(run.program.graph)),
      ("lean path", path.graph, Tape(path)),
    ]
    for (name, graph, tape) in routes {
      do {
        let exactness = try Exactness(
          tape, inputs: inputs, horizon: .steps(run.tokens.count), rules: rules)
        if let fault = try fault(of: exactness, graph, tape, name) {
          return Examination(
            .refuted(kind: fault.kind, explanation: "\(name): \(fault.explanation)"))
        }
      } catch {
        return Examination(.undecided("\(error)"))
      }
    }
    return Examination(.holds, covering: covered)
  }

  private struct Fault {
    let kind: String
    let explanation: String
  }

  private mutating func fault(
    of exactness: Exactness, _ graph: Graph, _ tape: Tape, _ name: String
  ) throws -> Fault? {
    for tokens in sequences {
      var interpreter = Interpreter<Rational>(graph)
      let exact = try interpreter.run(tokens)
      for (time, output) in exact.enumerated() {
        for (value, set) in zip(output, exactness.outputs) where !set.contains(value) {
          return Fault(
            kind: "outside of its set",
            explanation: "output \(value) at token \(time) of \(tokens), not in \(set)")
        }
      }
      for format in FloatFormat.catalogue {
        guard exactness.isProved(in: format) else {
          covered.insert("\(name) not proved in \(format.name)")
          continue
        }
        covered.insert("\(name) proved in \(format.name)")
        let found = try floats(of: format, graph, tape, tokens)
        for (time, (left, right)) in zip(exact, found).enumerated()
        where left.map(Optional.some) != right {
          return Fault(
            kind: "not exact in \(format.name)",
            explanation: "token \(time) of \(tokens): expected \(left), found \(right)")
        }
      }
    }
    return nil
  }

  /// The outputs in `format`; nil where they are infinite or NaN.
  private func floats(
    of format: FloatFormat, _ graph: Graph, _ tape: Tape, _ tokens: [[Rational]]
  ) throws -> [[Rational?]] {
    switch format {
    case .binary64: try engine(Double.self, tape, tokens)
    case .binary32: try engine(Float.self, tape, tokens)
    case .binary16: try emulation(Binary16.self, graph, tokens)
    default: try emulation(BFloat16.self, graph, tokens)
    }
  }

  private func engine<Number: LaneNumber & FormattedNumber>(
    _ type: Number.Type, _ tape: Tape, _ tokens: [[Rational]]
  ) throws -> [[Rational?]] {
    let engine = try FloatEngine<Number>(tape)
    return try engine.run(tokens.map { $0.map(Number.init(nearest:)) }).map { $0.map(\.exact) }
  }

  private func emulation<Number: FormattedNumber>(
    _ type: Number.Type, _ graph: Graph, _ tokens: [[Rational]]
  ) throws -> [[Rational?]] {
    var interpreter = Interpreter<Number>(graph)
    return try interpreter.run(tokens.map { $0.map(Number.init(nearest:)) }).map {
      $0.map(\.exact)
    }
  }
}

extension GridValue {
  /// The least, the greatest, the two in turns, or something between that looks random.
  fileprivate func member(kind: Int, time: Int, coordinate: Int) -> Rational {
    guard let spacing, spacing != 0 else { return lower }
    let count = ((upper - lower) / spacing).integer ?? 0
    switch kind {
    case 0: return lower
    case 1: return upper
    case 2: return (time + coordinate).isMultiple(of: 2) ? lower : upper
    default:
      var random = SplitMix64(seed: UInt64(1000 * kind + 100 * coordinate + time))
      let index = Int(random.next() % UInt64(count + 1))
      return lower + spacing * Rational(index)
    }
  }
}
