import ExactArithmetic
import ExactJSON
import LSRL
import Verification

/// What came of one variant: figures at each level, and the verdict without noise.
struct NoiseRow {
  let variant: ConditionalVariant
  let levels: [Double]

  /// By level, then by target.
  let figures: [[Double]]

  /// The authors' figures by level.
  let authors: [Double: [Double]]?
  let verdict: NoiseVerdict?

  /// How many targets the verdict is about.
  let judged: Int

  var text: String {
    var lines = [variant.rawValue]
    for (level, figures) in zip(levels, figures) {
      let spread = Quartiles(figures)
      var line = "  noise \(level.plain.padded(6))  \(spread.median.plain.padded(10))"
      line += "  (\(spread.lower.plain) to \(spread.upper.plain))"
      if let theirs = authors?[level] { line += "  [\(Quartiles(theirs).median.plain)]" }
      lines.append(line)
    }
    switch verdict {
    case .certified(let bound):
      lines.append(
        "  without noise: certified right on \(judged) targets, errors at most \(bound.plain)")
    case .wrong(let tokens, let found, let exact):
      let numbers = tokens.map { $0.map(\.description).joined(separator: " ") }
      lines.append(
        "  without noise: WRONG after \(tokens.count) tokens: found "
          + "\(found.map(\.description).joined(separator: " ")), exactly "
          + "\(exact.map { "\(Double(nearest: $0))" }.joined(separator: " "))")
      lines.append("    tokens: \(numbers.joined(separator: ", ").shortened)")
    case .undecided(let bound):
      lines.append("  without noise: undecided, errors at most \(bound.plain)")
    case nil: break
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// An object for each level.
  var json: [JSONValue] {
    zip(levels, figures).map { level, figures in
      var members: [JSONValue.Member] = [
        .init("variant", .string(variant.rawValue)), .init("level", .number("\(level)")),
        .init("figures", .array(figures.map(JSONValue.init))),
        .init("authors", .array((authors?[level] ?? []).map(JSONValue.init))),
        .init("verdict", .string(verdictName(level))),
      ]
      if level == 0, case .wrong(let tokens, _, _) = verdict {
        members.append(
          .init("witness", .array(tokens.map { .array($0.map { JSONValue($0) }) })))
      }
      return .object(members)
    }
  }

  private func verdictName(_ level: Double) -> String {
    guard level == 0 else { return "measured" }
    switch verdict {
    case .certified: return "certified"
    case .wrong: return "wrong"
    case .undecided: return "undecided"
    case nil: return "measured"
    }
  }
}

extension Double {
  /// Three digits.
  fileprivate var plain: String {
    guard isFinite, self != 0 else { return self == 0 ? "0" : "\(self)" }
    if 0.001...99_999 ~= magnitude {
      var scale = 1.0
      while magnitude * scale < 100 { scale *= 10 }
      let rounded = (self * scale).rounded() / scale
      return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }
    var exponent = 0
    var digits = self
    while digits.magnitude >= 10 {
      digits /= 10
      exponent += 1
    }
    while digits.magnitude < 1 {
      digits *= 10
      exponent -= 1
    }
    let short = (digits * 10).rounded() / 10
    return (short == short.rounded() ? "\(Int(short))" : "\(short)") + "e\(exponent)"
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  fileprivate var shortened: String { count <= 400 ? self : "\(prefix(400))…" }
}
