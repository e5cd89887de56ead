import Certificates
import ExactJSON

/// What two judges said of changed certificates, and two readers of changed texts.
struct CertificateMutationTally {
  private struct Verdicts {
    var accepted = 0
    var rejected = 0
    var undecided = 0
  }

  /// By the part that was changed: what both said; apart from it, what they disagreed on.
  private var parts: [String: Verdicts] = [:]
  var disagreements = 0

  /// Undecided here, or by the verified checker.
  private var undecidedHere = 0
  private var undecidedThere = 0

  /// Mutants for which no change was found.
  var unchanged = 0

  /// Accepted ones whose programs were run and compared.
  var compared = 0
  var findings = 0

  private var readable = 0
  private var unreadable = 0
  private var samePlace = 0
  private var unanswered = 0
  var longestRead: Duration = .zero

  /// Seconds.
  var judging = 0.0
  var reading = 0.0

  /// Bytes.
  var verifiedMemory = 0

  mutating func count(_ part: String, _ judgement: Judgement, _ answer: CheckerProcess.Answer) {
    if judgement.decision == nil { undecidedHere += 1 }
    var isDecidedThere = false
    if case .said(0...1, _) = answer { isDecidedThere = true }
    if !isDecidedThere { undecidedThere += 1 }
    switch (judgement.decision, answer) {
    case (true?, .said(0, _)): parts[part, default: Verdicts()].accepted += 1
    case (false?, .said(1, _)): parts[part, default: Verdicts()].rejected += 1
    case (nil, _): parts[part, default: Verdicts()].undecided += 1
    default:
      if !isDecidedThere { parts[part, default: Verdicts()].undecided += 1 }
    }
  }

  /// `place` is the word at which the reader here gave up, nil if it did not. What is wrong, if the
  /// readers are not of one mind.
  mutating func count(_ place: Int?, _ answer: CheckerProcess.Answer) -> String? {
    switch (place, answer) {
    case (nil, .said(0, _)): readable += 1
    case (let place?, .said(65, let reason)):
      unreadable += 1
      if reason.hasPrefix("word \(place):") { samePlace += 1 }
    case (_, .tookTooLong), (_, .ended), (_, .said(2, _)):
      unanswered += 1
      return "the verified checker's reader: \(answer.text)"
    default:
      disagreements += 1
      return "the readers are not of one mind: here "
        + (place.map { "unreadable at word \($0)" } ?? "a certificate")
        + "; verified: \(answer.text)"
    }
    return nil
  }

  var outcome: Outcome {
    if findings > 0 { return .refuted }
    return undecidedHere + undecidedThere + unanswered > 0 || judged + read == 0
      ? .undecided : .holds
  }

  private var judged: Int { sum.accepted + sum.rejected + sum.undecided }
  private var read: Int { readable + unreadable + unanswered }

  private var sum: Verdicts {
    parts.values.reduce(into: Verdicts()) {
      $0.accepted += $1.accepted
      $0.rejected += $1.rejected
      $0.undecided += $1.undecided
    }
  }

  var text: String {
    var lines: [String] = []
    if judged > 0 {
      lines.append(
        "\(judged.grouped) mutants in \(Int(judging))s: both reject \(sum.rejected.grouped), "
          + "both accept \(sum.accepted.grouped), undecided here \(undecidedHere.grouped), "
          + "undecided by the verified checker \(undecidedThere.grouped)")
      for (part, counts) in parts.sorted(by: { $0.key < $1.key }) {
        lines.append(
          "  \(part) changed: \(counts.rejected.grouped) rejected, "
            + "\(counts.accepted.grouped) accepted, \(counts.undecided.grouped) undecided")
      }
      lines.append("  \(compared.grouped) accepted mutants compared on 50 random sequences each")
      if unchanged > 0 { lines.append("  \(unchanged.grouped) for which no change was found") }
    }
    if read > 0 {
      let longest = Int((longestRead / .milliseconds(1)).rounded(.up))
      lines.append(
        "\(read.grouped) texts in \(Int(reading))s: for both \(readable.grouped) certificates and "
          + "\(unreadable.grouped) unreadable, \(samePlace.grouped) of these at the same word; "
          + "read here in at most \(longest) ms")
    }
    lines.append(
      "most memory: \((PeakMemory.ofThisProcess >> 20).grouped) MiB here, "
        + "\((verifiedMemory >> 20).grouped) MiB the verified checker")
    lines.append("\(disagreements.grouped) disagreements, \(findings.grouped) findings in all")
    return lines.joined(separator: "\n")
  }

  func json(seed: UInt64) -> JSONValue {
    let members: [(String, Int)] = [
      ("bothReject", sum.rejected), ("bothAccept", sum.accepted),
      ("undecidedHere", undecidedHere), ("undecidedByVerified", undecidedThere),
      ("compared", compared), ("unchanged", unchanged), ("bothRead", readable),
      ("bothRefuse", unreadable), ("refusedAtSameWord", samePlace), ("unanswered", unanswered),
      ("disagreements", disagreements), ("findings", findings),
      ("memory", PeakMemory.ofThisProcess),
      ("verifiedMemory", verifiedMemory),
    ]
    return .object(
      [
        .init("schema", "lsrl-check/mutate-certificates/1"),
        .init("seed", .number("\(seed)")),
      ] + members.map { .init($0.0, JSONValue($0.1)) })
  }
}
