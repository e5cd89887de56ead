import ErrorAnalysis
import ExactArithmetic
import ExactJSON
import LSRL
import PropertyTesting

/// What is proved and what was found about one f_ifelse, for people and for machines.
struct IfElseReport {
  let question: ConditionalQuestion
  let bound: ConditionalBound
  let witness: ConditionalWitness?
  let seed: UInt64
  let boundTime: Duration
  let searchTime: Duration

  init(question: ConditionalQuestion, samples: Int, boxes: Int, seed: UInt64) throws {
    self.question = question
    self.seed = seed
    var generator = SplitMix64(seed: seed)
    let clock = ContinuousClock()
    do {
      let start = clock.now
      let first = try question.witness(samples: samples, using: &generator)
      let found = clock.now
      bound = try question.bound(reaching: first?.error ?? 0, budget: boxes)
      boundTime = clock.now - found
      let proved = clock.now
      // Where the bound is largest an error may have been missed.
      let second =
        bound.isTight
        ? nil : try question.witness(samples: samples / 2, near: bound, using: &generator)
      witness = [first, second].compactMap(\.self).max { $0.error < $1.error }
      searchTime = (found - start) + (clock.now - proved)
    } catch {
      throw Failure(code: .ourBug, message: "\(error)")
    }
    if let error = witness?.error, let proved = Rational(exactly: bound.error), error > proved {
      throw Failure(
        code: .ourBug, message: "an error of \(error) is beyond the bound \(bound.error)")
    }
  }

  /// Bound over observed; nil where nothing was observed.
  private var ratio: Double? {
    guard let error = witness?.error, error > 0 else { return nil }
    return bound.error / Double(nearest: error)
  }

  var text: String {
    let closed = question.closedForm
    var lines = [
      "bound      \(bound.error)" + (bound.error.isFinite ? "" : "  (not bounded)"),
      "observed   " + (witness.map { "\(Double(nearest: $0.error))" } ?? "no finite result"),
      "ratio      " + (ratio.map { "\($0)" } ?? "none: no error was observed"),
    ]
    if let witness {
      lines += [
        "at         c = \(witness.c), t = \(witness.t), f = \(witness.f)",
        "           exact \(witness.exact), float \(witness.float)",
      ]
    }
    lines += [
      "closed     \(closed.formula)" + (closed.value.map { " = \($0)" } ?? ""),
      "boxes      \(bound.boxes), \(boundTime.milliseconds) ms",
      "search     \(searchTime.milliseconds) ms, seed \(seed)",
    ]
    return lines.joined(separator: "\n")
  }

  var json: JSONValue {
    let closed = question.closedForm
    var members: [JSONValue.Member] = [
      .init("schema", "lsrl-check/bound-ifelse/1"),
      .init("variant", .string(question.variant.rawValue)),
      .init("form", .string(question.form.rawValue)),
      .init("order", .string(question.order.rawValue)),
      .init("lambda", JSONValue(question.lambda)), .init("mu", JSONValue(question.mu)),
      .init("format", .string(question.format.name)),
      .init("guard", .string(question.guards.rawValue)),
      .init("range", JSONValue(question.range)), .init("bound", JSONValue(bound.error)),
      .init("boxes", JSONValue(bound.boxes)),
      .init("closedForm", .string(closed.formula)),
      .init("closedFormValue", closed.value.map { JSONValue($0) } ?? .null),
      .init("ratio", ratio.map { JSONValue($0) } ?? .null),
    ]
    if let witness {
      members.append(
        .init(
          "witness",
          [
            "c": JSONValue(witness.c), "t": JSONValue(witness.t), "f": JSONValue(witness.f),
            "float": JSONValue(witness.float), "exact": JSONValue(witness.exact),
            "error": JSONValue(witness.error),
          ]))
    }
    members += [
      .init("seed", .number("\(seed)")),
      .init("boundSeconds", JSONValue(boundTime / .seconds(1))),
      .init("searchSeconds", JSONValue(searchTime / .seconds(1))),
    ]
    return .object(members)
  }
}

extension Duration {
  /// To a hundredth.
  fileprivate var milliseconds: Double { (self / .milliseconds(1) * 100).rounded() / 100 }
}
