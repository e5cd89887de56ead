import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL
import Testing

/// One program on some tokens, exactly and with bounds, in both modes.
struct BoundedRun {
  let graph: Graph
  let tokens: [[Rational]]

  init(_ text: String, _ tokens: [[Rational]]) throws {
    graph = try Program(parsing: text, file: "test.lsrl").graph
    self.tokens = tokens
  }

  /// A path of these operations.
  init(_ dimension: Int, _ operations: [LSRL.Operation], _ tokens: [[Rational]]) throws {
    graph =
      try PathGraph(
        inputDimension: dimension, steps: operations.map { PathGraph.Step($0) }
      ).graph
    self.tokens = tokens
  }

  /// All outputs, after checking that each bound holds.
  func values(
    _ format: FloatFormat, _ mode: BoundMode, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [BoundedValue] {
    let tape = Tape(graph)
    let exact = try ExactEngine(tape).run(tokens)
    let found = try RunningBound(tape, format: format, mode: mode).run(tokens)
    #expect(found.count == exact.count, sourceLocation: sourceLocation)
    for (value, truth) in zip(found.joined(), exact.joined()) {
      #expect(
        value.holds(for: truth), "\(format.name), \(mode): \(value), exact \(truth)",
        sourceLocation: sourceLocation)
    }
    return Array(found.joined())
  }

  /// `body` on the outputs in every format and mode.
  func everywhere(
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: ([BoundedValue], FloatFormat, BoundMode) throws -> Void
  ) throws {
    for format in FloatFormat.catalogue {
      for mode in BoundMode.allCases {
        try body(values(format, mode, sourceLocation: sourceLocation), format, mode)
      }
    }
  }
}
