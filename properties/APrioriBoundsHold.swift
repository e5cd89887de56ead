import Compiler
import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

/// A random program over a box about its tokens, and an f_ifelse with a search for large errors.
private struct BoundedCase: Sendable {
  let run: ProgramCase
  let format: FloatFormat
  let usesLeanPath: Bool

  /// Sequences to run: each coordinate lies in the box.
  let sequences: [[[Rational]]]
  let box: InputBox
  let largerBox: InputBox
  let question: ConditionalQuestion
  let seed: UInt64

  /// Numbers whose sum misses a threshold by little.
  let summands: [Rational]
  let miss: Rational
}

extension Property {
  /// Bounds before any input are worth something only if no input breaks them. Programs are run on
  /// random tokens and on corners of their boxes, f_ifelse on inputs from a guided search.
  public static let aPrioriBoundsHold = aPrioriBoundsHold()

  /// The claim for an analysis by `rules`: a test can leave one out and must see it caught.
  package static func aPrioriBoundsHold(rules: AnalysisRules = AnalysisRules()) -> Property {
    Property(
      id: "a-priori-bounds-hold",
      statement: "no run errs by more than is proved for its box of tokens, in any format; larger "
        + "boxes have larger bounds; no f_ifelse errs by more than is proved for all guards",
      limits: "programs of up to 12 nodes on up to 4 tokens; λ up to 10^12, μ up to 2^12",
      of: Generator<BoundedCase> { choices in BoundedCase(&choices) },
      describedBy: { "\($0.run)\n\($0.format.name), \($0.box)\n\($0.question)" },
      check: { bounded in
        bounded.examineProgram(rules) ?? bounded.examineThreshold(rules)
          ?? bounded.examineConditional(rules) ?? Examination(.holds)
      })
  }
}

// MARK: - Cases

extension BoundedCase {
  init(_ choices: inout Choices) {
    var limits = ProgramLimits()
    limits.nodes = 12
    limits.tokens = 4
    limits.dimension = 3
    limits.degree = 3
    let run = Generator.programCases(limits)(&choices)
    self.run = run
    format = choices.element(of: FloatFormat.catalogue)
    usesLeanPath = choices.index(below: 2) == 1
    let ranges = run.program.inputRanges
    let widths: [Rational] = [0, 1, Rational(1, 3), 8, Rational(1, 1_000_003)]
    var low: [Rational] = []
    var high: [Rational] = []
    for (index, range) in ranges.enumerated() {
      let values = run.tokens.map { $0[index] }
      let lower = values.min() ?? range.lower ?? 0
      let upper = values.max() ?? lower
      let width = choices.element(of: widths)
      low.append(max(lower - width, range.lower ?? lower - width))
      high.append(min(upper + width, range.upper ?? upper + width))
    }
    let steps = max(run.tokens.count, 1)
    var sequences = run.tokens.isEmpty ? [] : [run.tokens]
    for _ in 0..<4 {
      sequences.append(
        (0..<steps).map { _ in
          zip(low, high).map { low, high in
            low + (high - low) * choices.element(of: [0, 1, Rational(1, 2), Rational(3, 7)])
          }
        })
    }
    self.sequences = sequences
    box = InputBox(zip(low, high).map { InputBox.Coordinate($0, $1) })
    let growth = choices.element(of: [0, Rational(1, 5), 100])
    largerBox = InputBox(zip(low, high).map { InputBox.Coordinate($0 - growth, $1 + growth) })
    question = choices.question()
    seed = choices.number(upTo: 1 << 20)
    summands = (0..<3).map { _ in
      choices.number() / choices.element(of: [3, 1, 7, 10, 1_000_003])
    }
    miss = Rational(2).raised(to: UInt(choices.index(below: 16) + 4)).reciprocal
  }
}

extension Choices {
  fileprivate mutating func question() -> ConditionalQuestion {
    let power = Rational(2).raised(to: UInt(index(below: 41)))
    let decimal = Rational(10).raised(to: UInt(index(below: 13)))
    return ConditionalQuestion(
      variant: element(of: ConditionalVariant.allCases),
      form: element(of: ConditionalQuestion.Form.allCases),
      order: element(of: ConditionalQuestion.Order.allCases),
      lambda: element(of: [power, decimal, power + Rational(1, 3), decimal / 7]),
      mu: element(of: [2, 1000, 10, Rational(2).raised(to: UInt(index(below: 12) + 1)), 3]),
      format: element(of: FloatFormat.catalogue),
      guards: element(of: ConditionalQuestion.Guards.allCases),
      range: element(of: [10, 1, Rational(1, 3), 100]))
  }
}

// MARK: - Checks

extension BoundedCase {
  fileprivate func examineProgram(_ rules: AnalysisRules) -> Examination? {
    let graph = usesLeanPath ? run.program.leanPath.graph : run.program.graph
    return examine(graph, box, largerBox, sequences, rules)
  }

  /// A ReLU that is off exactly, and that rounding may switch on.
  fileprivate func examineThreshold(_ rules: AnalysisRules) -> Examination? {
    var builder = ProgramBuilder()
    let threshold = -summands.reduce(0, +) - miss
    guard let input = try? builder.Input(dim: 3),
      let sum = try? builder.Linear(input, A: [[1, 1, 1]], b: [threshold]),
      let output = try? builder.ReLU(sum),
      let program = try? builder.finish(returning: output).program
    else { return refuted("a threshold cannot be built", "\(threshold)") }
    let point = InputBox(summands.map { InputBox.Coordinate($0, $0) })
    let larger = InputBox(summands.map { InputBox.Coordinate($0 - miss, $0 + miss) })
    return examine(program.graph, point, larger, [[summands]], rules)
  }

  private func examine(
    _ graph: Graph, _ box: InputBox, _ largerBox: InputBox, _ sequences: [[[Rational]]],
    _ rules: AnalysisRules
  ) -> Examination? {
    let tape = Tape(graph)
    let steps = max(sequences.map(\.count).max() ?? 1, 1)
    let bound = tape.errorBound(over: box, tokens: steps, in: format, rules: rules)
    // The lean path may rely on declared ranges that the larger box leaves, but bounds do not.
    let larger = tape.errorBound(over: largerBox, tokens: steps, in: format, rules: rules)
    if bound.gap == .contradiction || larger.gap == .contradiction {
      return refuted("a box with tokens is found empty", "\(bound), \(larger)")
    }
    for (small, large) in zip(bound.outputs.joined(), larger.outputs.joined())
    where small.error > large.error {
      return refuted(
        "a larger box has a smaller bound", "\(small.error) over the box, \(large.error) beyond it")
    }
    for sequence in sequences {
      guard let exact = outputs(of: graph, on: sequence, in: Rational.self),
        let floats = floats(of: graph, on: sequence)
      else { return nil }
      for (time, row) in bound.outputs.enumerated() {
        for (index, proved) in row.enumerated() {
          if let failure = broken(proved, exact[time][index], floats[time][index]) {
            return refuted(failure, "token \(time), output \(index), tokens \(sequence)")
          }
          if let invariant = bound.invariant?[index],
            broken(invariant, exact[time][index], floats[time][index]) != nil
          {
            return refuted("an invariant is left", "token \(time), tokens \(sequence)")
          }
        }
      }
    }
    return nil
  }

  private func refuted(_ kind: String, _ explanation: String) -> Examination {
    Examination(.refuted(kind: kind, explanation: explanation))
  }

  private func broken(
    _ proved: ProgramBound.Output, _ exact: Rational, _ float: Rational?
  ) -> String? {
    if let low = Rational(exactly: proved.low), exact < low {
      return "an output is below its range"
    }
    if let high = Rational(exactly: proved.high), exact > high {
      return "an output is above its range"
    }
    guard let error = Rational(exactly: proved.error) else { return nil }
    guard let float else { return "an infinite output is bounded" }
    return (float - exact).magnitude > error ? "an error is beyond its bound" : nil
  }

  private func outputs<Number: Scalar>(
    of graph: Graph, on tokens: [[Rational]], in number: Number.Type
  ) -> [[Number]]? {
    var interpreter = Interpreter<Number>(graph, bitLimit: 1 << 16)
    return try? interpreter.run(tokens.map { $0.map(Number.init(nearest:)) })
  }

  /// Nil within for what is no finite number.
  private func floats(of graph: Graph, on tokens: [[Rational]]) -> [[Rational?]]? {
    func run<Number: FormattedNumber>(_ number: Number.Type) -> [[Rational?]]? {
      outputs(of: graph, on: tokens, in: number)?.map { $0.map(\.exact) }
    }
    switch format {
    case .binary32: return run(Float.self)
    case .binary16: return run(Binary16.self)
    case .bfloat16: return run(BFloat16.self)
    default: return run(Double.self)
    }
  }

  fileprivate func examineConditional(_ rules: AnalysisRules) -> Examination? {
    var generator = SplitMix64(seed: seed)
    do {
      let first = try question.witness(samples: 100, using: &generator)
      let bound = try question.bound(reaching: first?.error ?? 0, budget: 24, rules: rules)
      let second = try question.witness(samples: 100, near: bound, using: &generator)
      let proved = Rational(exactly: bound.error)
      let closed = question.closedForm.value.flatMap { Rational(exactly: $0) }
      for witness in [first, second].compactMap(\.self) {
        if let proved, witness.error > proved {
          return refuted("an f_ifelse errs beyond its bound", "\(witness), bound \(bound.error)")
        }
        if let closed, witness.error > closed {
          return refuted("an f_ifelse errs beyond its closed form", "\(witness)")
        }
      }
      return nil
    } catch {
      return refuted("a form cannot be built", "\(error)")
    }
  }
}
