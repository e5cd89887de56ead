import Compiler
import Evaluation
import ExactArithmetic
import LSRL
import Testing

@testable import ErrorAnalysis

@Suite("Bounds on f_ifelse before any input")
struct ConditionalBoundTests {
  /// λ = 10^10, μ = 1000, |t|, |f| ≤ 10.
  struct Row: Sendable, CustomStringConvertible {
    let question: ConditionalQuestion

    /// What is to be proved, and how much of it occurs.
    let goal: Double
    let occurs: Double

    init(
      _ variant: ConditionalVariant, _ form: ConditionalQuestion.Form,
      _ guards: ConditionalQuestion.Guards, _ format: FloatFormat = .binary64,
      order: ConditionalQuestion.Order = .guardFirst, goal: Double, occurs: Double = 0
    ) {
      question = ConditionalQuestion(
        variant: variant, form: form, order: order, format: format, guards: guards)
      self.goal = goal
      self.occurs = occurs
    }

    var description: String {
      "\(question.variant.rawValue) \(question.form.rawValue) \(question.order.rawValue) "
        + "\(question.guards.rawValue) \(question.format.name)"
    }
  }

  static let table: [Row] = [
    Row(.direct, .written, .ends, goal: 0),
    Row(.direct, .written, .unitInterval, goal: 2e-15, occurs: 8e-16),
    Row(.direct, .fused, .ends, goal: 0),
    Row(.direct, .fused, .unitInterval, goal: 9.54e-7, occurs: 9.5e-7),
    Row(.direct, .fused, .ends, order: .guardLast, goal: 9.54e-7, occurs: 9.5e-7),
    Row(.direct, .fused, .unitInterval, order: .guardLast, goal: 1.908e-6, occurs: 1.7e-6),
    Row(.direct, .written, .ends, .binary32, goal: 0),
    Row(.direct, .written, .unitInterval, .binary32, goal: 9.6e-7, occurs: 4e-7),
    Row(.direct, .fused, .unitInterval, .binary32, goal: 9.6e-7, occurs: 4e-7),
    Row(.direct, .fused, .ends, .binary32, order: .guardLast, goal: 10, occurs: 10),
    Row(.optimized, .fused, .unitInterval, order: .guardLast, goal: 1.908e-6, occurs: 1.7e-6),
    Row(.step, .written, .ends, goal: 0),
    Row(.step, .fused, .ends, goal: 0),
    Row(.step, .written, .unitInterval, .binary32, goal: 5e4, occurs: 9),
    Row(.step, .fused, .unitInterval, .binary32, goal: 5e4, occurs: 9),
    Row(.stepOptimized, .written, .ends, .binary32, goal: 0),
    Row(.stepOptimized, .written, .unitInterval, goal: 2.6e-3, occurs: 4e-4),
    Row(.stepOptimized, .fused, .unitInterval, goal: 3e-3, occurs: 8e-4),
    Row(.multiplicative, .written, .ends, goal: 0),
    Row(.multiplicative, .written, .unitInterval, goal: 2.6e-15, occurs: 1.5e-15),
    Row(.multiplicativeOptimized, .fused, .unitInterval, goal: 8.9e-16, occurs: 8.5e-16),
    Row(.multiplicativeOptimized, .fused, .unitInterval, .binary32, goal: 4.8e-7, occurs: 4e-7),
  ]

  @Test("The table of goals is reached", arguments: table)
  func goals(row: Row) throws {
    var generator = SeededGenerator(seed: 1)
    let witness = try #require(try row.question.witness(samples: 2_000, using: &generator))
    let bound = try row.question.bound(reaching: witness.error)
    #expect(bound.error <= row.goal)
    #expect(Double(nearest: witness.error) >= row.occurs, "\(witness)")
    #expect(witness.error <= bound.error.exactValue)
    if let closed = row.question.closedForm.value {
      #expect(witness.error <= closed.exactValue)
      // What boxes prove is hardly ever worse than what can be proved by hand.
      #expect(bound.error <= 1.01 * closed)
    }
  }

  @Test("Fused, the bound is within 1.01 of an error that occurs")
  func tight() throws {
    for order in ConditionalQuestion.Order.allCases {
      let question = ConditionalQuestion(form: .fused, order: order)
      var generator = SeededGenerator(seed: 1)
      let first = try #require(try question.witness(samples: 4_000, using: &generator))
      let bound = try question.bound(reaching: first.error)
      let second = try #require(
        try question.witness(samples: 4_000, near: bound, using: &generator))
      let observed = max(Double(nearest: first.error), Double(nearest: second.error))
      #expect(bound.error <= 1.01 * observed, "\(order): \(bound.error), \(observed)")
    }
  }

  @Test("The same generator finds the same witness")
  func deterministic() throws {
    func witness() throws -> ConditionalWitness? {
      var generator = SeededGenerator(seed: 9)
      return try ConditionalQuestion(format: .binary16).witness(samples: 200, using: &generator)
    }
    #expect(try witness() == witness())
  }

  @Test("Witnesses are what the interpreter computes")
  func interpreted() throws {
    for variant in ConditionalVariant.allCases {
      for form in ConditionalQuestion.Form.allCases {
        for order in ConditionalQuestion.Order.allCases {
          let question = ConditionalQuestion(variant: variant, form: form, order: order)
          var generator = SeededGenerator(seed: 3)
          let witness = try #require(try question.witness(samples: 50, using: &generator))
          let token =
            order == .guardFirst
            ? [witness.c, witness.t, witness.f] : [witness.t, witness.f, witness.c]
          let graph = try question.program().graph
          var exact = Interpreter<Rational>(graph)
          var floats = Interpreter<Double>(graph)
          #expect(try exact.run([token]) == [[witness.exact]])
          let result = try floats.run([token.map(Double.init(nearest:))])
          #expect(Rational(exactly: result[0][0]) == witness.float)
        }
      }
    }
  }

  @Test(
    "What is written folds, on the lean path, into the fused form",
    arguments: [
      ConditionalVariant.direct, .optimized, .multiplicative, .multiplicativeOptimized,
    ])
  func lean(variant: ConditionalVariant) throws {
    let number = InputBox.Coordinate(-10, 10, .floats)
    let box = InputBox([.init(0, 1, .floats), number, number])
    func bound(_ tape: Tape) -> [[ProgramBound.Output]] {
      tape.errorBound(over: box, tokens: 1, in: .binary64).outputs
    }
    let written = try ConditionalQuestion(variant: variant).program()
    let fused = try ConditionalQuestion(variant: variant, form: .fused).program()
    #expect(bound(Tape(written.leanPath)) == bound(Tape(fused.leanPath)))
    if variant != .multiplicative {
      // The lean path of `multiplicative` adds its products in one row behind a Multi, as here.
      #expect(bound(Tape(written.leanPath)) == bound(Tape(fused.graph)))
    }
  }

  @Test("Without snapping to floats, the guards that no binary32 has spoil the bound")
  func snapping() throws {
    let question = ConditionalQuestion(form: .fused, format: .binary32)
    var rules = AnalysisRules()
    rules.snapsToFloats = false
    #expect(try question.bound(budget: 1).error < 1e-5)
    #expect(try question.bound(budget: 1, rules: rules).error > 1)
  }

  @Test("λ and μ that are small powers of two make written and fused forms equally good")
  func smallConstants() throws {
    for (form, order) in [
      (ConditionalQuestion.Form.written, ConditionalQuestion.Order.guardFirst),
      (.fused, .guardFirst), (.fused, .guardLast),
    ] {
      let question = ConditionalQuestion(form: form, order: order, lambda: 16, mu: 4)
      #expect(try question.bound().error <= 3.6e-15)
    }
  }
}

extension Double {
  /// The number itself. Precondition: it is finite.
  fileprivate var exactValue: Rational { Rational(exactly: self) ?? 0 }
}
