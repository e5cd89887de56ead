import ErrorAnalysis
import ExactJSON

extension ProgramBound {
  /// How many lines about tokens are printed before and after those that are left out.
  private static let shown = (first: 20, last: 3)

  /// A line for each token, and for runs of tokens with equal lines one.
  var text: String {
    var lines: [String] = []
    var start = 0
    for token in outputs.indices
    where token + 1 == outputs.count || outputs[token + 1] != outputs[token] {
      let range = start == token ? "token \(token)" : "tokens \(start) to \(token)"
      lines.append("\(range): " + outputs[token].map(\.text).joined(separator: "; "))
      start = token + 1
    }
    let (first, last) = ProgramBound.shown
    if lines.count > first + last {
      let left = "… \(lines.count - first - last) more lines: --json prints all"
      lines.replaceSubrange(first..<lines.count - last, with: [left])
    }
    lines.append("largest error up to token \(outputs.count - 1): \(error)")
    if let invariant {
      lines.append("at every token: " + invariant.map(\.text).joined(separator: "; "))
    } else {
      lines.append("at every token: unknown, no box of states was found that is mapped into itself")
    }
    if let reason = gap?.reason { lines.append("undecided: \(reason)") }
    return lines.joined(separator: "\n")
  }

  var json: JSONValue {
    .object([
      .init("schema", "lsrl-check/bound-box/1"),
      .init("verdict", gap == nil ? "holds" : "undecided"),
      .init("reason", gap.map { .string($0.reason) } ?? .null),
      .init("error", JSONValue(error)),
      .init("outputs", .array(outputs.map { .array($0.map(\.json)) })),
      .init("everyToken", invariant.map { .array($0.map(\.json)) } ?? .null),
    ])
  }
}

extension ProgramBound.Output {
  fileprivate var text: String { "error ≤ \(error), value in [\(low), \(high)]" }

  fileprivate var json: JSONValue {
    ["error": JSONValue(error), "low": JSONValue(low), "high": JSONValue(high)]
  }
}

extension ProgramBound.Gap {
  fileprivate var reason: String {
    switch self {
    case .emptyBox: "no token lies in the box"
    case .contradiction: "the analysis contradicts itself: a bug"
    case .unbounded(let token):
      "from token \(token) on an output may overflow, or depend on what may overflow"
    }
  }
}
