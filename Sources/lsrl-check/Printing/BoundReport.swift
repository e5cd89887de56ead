import ErrorAnalysis
import ExactArithmetic
import ExactJSON
import Foundation
import LSRL

/// What came of bounding one run, for people and for machines.
struct BoundReport {
  let program: String
  let subject: BoundSubject
  let format: FloatFormat
  let mode: BoundMode
  let asksForIntegers: Bool
  let found: [[BoundedValue]]
  let exact: [[Rational]]
  let losses: Losses

  fileprivate struct Row {
    let step: Int
    let output: Int
    let value: BoundedValue
    let exact: Rational

    var holds: Bool { value.holds(for: exact) }
    var isExact: Bool { value.error(from: exact) == 0 }

    /// Nil if the exact output is no integer.
    var roundsRight: Bool? {
      exact.isInteger ? value.error(from: exact).map { $0 < Rational(1, 2) } ?? false : nil
    }
  }

  private var rows: [Row] {
    zip(found, exact).enumerated().flatMap { step, pair in
      zip(pair.0, pair.1).enumerated().map { output, pair in
        Row(step: step, output: output, value: pair.0, exact: pair.1)
      }
    }
  }

  var outcome: Outcome {
    let rows = rows
    guard rows.allSatisfy(\.holds) else { return .refuted }
    guard asksForIntegers else { return .holds }
    if rows.contains(where: { $0.roundsRight == false }) { return .refuted }
    let isCertain = rows.allSatisfy { $0.roundsRight == true && $0.value.roundsRight }
    return isCertain ? .holds : .undecided
  }
}

// MARK: - For people

extension BoundReport {
  func text(_ style: Style) -> String {
    var cells = [["step", "output", "float", "exact", "bound", "error", "bound / error"]]
    if asksForIntegers { cells[0].append("rounds") }
    cells += rows.map { row in
      var line = [
        "\(row.step)", "\(row.output)", "\(row.value.value)", row.exact.shortDescription,
        "\(row.value.bound)", row.error,
        row.value.overestimate(of: row.exact).map { String(format: "%.4g", $0) } ?? "-",
      ]
      if asksForIntegers { line.append(row.rounding) }
      return line
    }
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    var lines = cells.map { row in
      row.indices.map { column in
        String(repeating: " ", count: widths[column] - row[column].count) + row[column]
      }.joined(separator: "  ")
    }
    lines.append("")
    lines += summary(style)
    return lines.joined(separator: "\n")
  }

  private func summary(_ style: Style) -> [String] {
    let rows = rows
    let isExact = rows.count { $0.isExact }
    let bounded = rows.count { $0.value.bound < .infinity }
    var lines = [
      "\(subject.route) in \(format.name), \(mode) bounds: \(verdict(style))",
      "  outputs  \(rows.count.grouped), \(isExact.grouped) exact, "
        + "\(rows.count { $0.value.bound == 0 }.grouped) of them proved exact, "
        + "\((rows.count - bounded).grouped) without a finite bound",
    ]
    if asksForIntegers {
      lines.append(
        "  rounding \(rows.count { $0.roundsRight == true }.grouped) round to the right integer, "
          + "\(rows.count { $0.roundsRight == true && $0.value.roundsRight }.grouped) certainly, "
          + "\(rows.count { $0.roundsRight == false }.grouped) wrongly, "
          + "\(rows.count { $0.roundsRight == nil }.grouped) are no integers")
    }
    guard let first = losses.first, let largest = losses.largest else {
      return lines + ["  losses   none: no operation loses anything"]
    }
    lines.append("  losses   \(losses.count.grouped) operations lose something")
    lines.append("  first    \(describe(first))")
    lines.append("  largest  \(describe(largest))")
    return lines
  }

  private func verdict(_ style: Style) -> String {
    switch outcome {
    case .holds: style.good("holds")
    case .undecided: style.open("UNDECIDED")
    case .refuted:
      rows.allSatisfy(\.holds)
        ? style.bad("WRONG INTEGERS") : style.bad("A BOUND IS TOO SMALL")
    }
  }

  private func describe(_ loss: Loss) -> String {
    "step \(loss.step), \(place(of: loss)): \(loss.operation) loses "
      + "\(loss.amount)"
  }

  /// The node, or what else the tape calls it.
  private func place(of loss: Loss) -> String {
    guard let instruction = loss.instruction else { return "before the first node" }
    return "row \(loss.row) of \(subject.names[instruction])"
  }
}

extension BoundReport.Row {
  fileprivate var error: String {
    guard let error = value.error(from: exact) else { return "-" }
    return "\(Double(nearest: error))"
  }

  fileprivate var rounding: String {
    switch roundsRight {
    case nil: "no integer"
    case false?: "wrong"
    case true?: value.roundsRight ? "right" : "right, not proved"
    }
  }
}

extension Rational {
  /// The number itself, or the nearest double if it takes too much room.
  fileprivate var shortDescription: String {
    let text = "\(self)"
    return text.count <= 24 ? text : "≈ \(Double(nearest: self))"
  }
}

// MARK: - For machines

extension BoundReport {
  var json: JSONValue {
    [
      "schema": "lsrl-check/bound/1", "program": .string(program),
      "route": .string("\(subject.route)"), "format": .string(format.name),
      "mode": .string(mode.rawValue), "verdict": .string("\(outcome)"),
      "outputs": .array(rows.map(json)), "lossCount": JSONValue(losses.count),
      "firstLoss": losses.first.map(json) ?? .null,
      "largestLoss": losses.largest.map(json) ?? .null,
    ]
  }

  private func json(_ row: Row) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("step", JSONValue(row.step)), .init("output", JSONValue(row.output)),
      .init("float", JSONValue(row.value.value)), .init("exact", JSONValue(row.exact)),
      .init("bound", JSONValue(row.value.bound)),
      .init(
        "error",
        row.value.error(from: row.exact).map { JSONValue(Double(nearest: $0)) } ?? .null),
      .init("holds", .bool(row.holds)),
    ]
    if asksForIntegers {
      members.append(.init("roundsRight", row.roundsRight.map { .bool($0) } ?? .null))
      members.append(.init("certified", .bool(row.value.roundsRight)))
    }
    return .object(members)
  }

  private func json(_ loss: Loss) -> JSONValue {
    [
      "step": JSONValue(loss.step), "place": .string(place(of: loss)),
      "row": JSONValue(loss.row), "operation": .string("\(loss.operation)"),
      "result": JSONValue(loss.result), "amount": JSONValue(loss.amount),
    ]
  }
}
