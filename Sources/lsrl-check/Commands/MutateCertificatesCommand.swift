import ArgumentParser
import Certificates
import ExactJSON
import Foundation
import Properties
import PropertyTesting

struct MutateCertificatesCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "mutate-certificates",
    abstract:
      "Changes certificates, and asks two judges of each: the one here and the verified one.",
    discussion: """
      Examples:
        lsrl-check mutate-certificates fixtures/certificates --mutants 10000
        lsrl-check mutate-certificates fixtures/certificates --mutants 0 --bytes 1000000
        lsrl-check mutate-certificates d.cert --seed 7 --findings found --json result.json

      Mutants are accepted certificates with one number changed: a weight, an initial value, a \
      link, a bound, an assumption. Each is judged here and by the verified checker, which `make \
      proofs` builds. They must be of one mind; and what either accepts must have equal outputs on \
      50 random sequences. With --bytes, texts of certificates with bytes flipped, put in, taken \
      out, copied from others or cut off are read by both readers, and both must say whether it is \
      a certificate.

      Mutant i depends on the seed, the files and i only. What is found is written to files, with \
      the text of the mutant. Exits with 1 if anything was found, and with 2 if of some mutant a \
      judge did not decide.
      """)

  @Argument(help: "Certificates, and folders with certificates (.cert).")
  var files: [String]

  @Option(help: "How many certificates with a changed number to judge.")
  var mutants = 10_000

  @Option(help: "How many texts with changed bytes to read.")
  var bytes = 0

  @Option(help: "Where the random numbers start.")
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Where the verified checker is.", valueName: "file"))
  var checker: String?

  @Option(help: "How many seconds the verified checker may take for one answer.")
  var patience = 60

  @Option(help: ArgumentHelp("Where to write findings.", valueName: "folder"))
  var findings = "."

  @Option(help: ArgumentHelp("Write the counts as JSON.", valueName: "file"))
  var json: String?

  func validate() throws {
    guard mutants >= 0, bytes >= 0, mutants + bytes > 0 else {
      throw ValidationError("expected --mutants or --bytes, and neither negative")
    }
    guard patience > 0 else { throw ValidationError("--patience must be positive") }
  }

  func perform() async throws -> Outcome {
    let originals = try originals()
    let process = CheckerProcess(
      try VerifiedChecker(at: checker), patience: .seconds(patience))
    let interruption = Interruption()
    var tally = CertificateMutationTally()
    try requireAccepted(originals, by: process)
    let start = ContinuousClock.now
    try judge(originals, by: process, &tally, until: interruption)
    let judged = ContinuousClock.now
    try read(originals, by: process, &tally, until: interruption)
    process.end()
    tally.judging = (judged - start) / .seconds(1)
    tally.reading = (ContinuousClock.now - judged) / .seconds(1)
    tally.verifiedMemory = PeakMemory.ofEndedChildren
    try StandardOutput.line(
      "\(originals.count.grouped) certificates, accepted by both judges\n\(tally.text)")
    if let json { try OutputFile.write(tally.json(seed: seed).description + "\n", to: json) }
    return tally.outcome
  }

  // MARK: - Certificates

  private struct Original {
    let file: String
    let certificate: Certificate
    let text: [UInt8]
    let words: [String]
  }

  private func originals() throws -> [Original] {
    var paths: [String] = []
    for file in files {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
      guard isFolder.boolValue else {
        paths.append(file)
        continue
      }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: file)) ?? []
      paths += names.filter { $0.hasSuffix(".cert") }.sorted().map { "\(file)/\($0)" }
    }
    guard !paths.isEmpty else { throw Failure.badInput("expected certificates, found none") }
    return try paths.map { path in
      do {
        let text = try InputFile.bytes(of: path)
        let certificate = try Certificate(parsing: text)
        let words = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        return Original(
          file: path, certificate: certificate, text: text, words: words.map(String.init))
      } catch let error as CertificateTextError {
        throw Failure.badInput("\(path): \(error)")
      }
    }
  }

  private func requireAccepted(_ originals: [Original], by process: CheckerProcess) throws {
    let answers = try process.answers(to: originals.map(\.text), .check)
    for (original, answer) in zip(originals, answers) {
      let judgement = original.certificate.judged()
      guard judgement.isAccepted, answer == .said(0, "") else {
        throw Failure.badInput(
          "\(original.file): expected an accepted certificate; here: \(judgement); "
            + "verified: \(answer.text)")
      }
    }
  }

  // MARK: - Changed numbers

  private func judge(
    _ originals: [Original], by process: CheckerProcess, _ tally: inout CertificateMutationTally,
    until interruption: Interruption
  ) throws {
    let progress = ProgressLine(total: mutants, unit: "mutants")
    defer { progress.finish() }
    let together = 64
    for first in stride(from: 0, to: mutants, by: together) where !interruption.isRequested {
      let batch = (first..<min(mutants, first + together)).compactMap { mutant($0, of: originals) }
      tally.unchanged += min(together, mutants - first) - batch.count
      var judgements: [Judgement] = []
      let answers = try process.answers(to: batch.map { Array($0.text.utf8) }, .check) {
        judgements = batch.map { $0.certificate.judged() }
      }
      for (mutant, (judgement, answer)) in zip(batch, zip(judgements, answers)) {
        try count(mutant, judgement, answer, &tally)
      }
      progress.update(first + batch.count)
    }
  }

  private struct Mutant {
    let number: Int
    let file: String
    let part: String
    let certificate: Certificate
    let text: String
    let seed: UInt64
  }

  private func mutant(_ number: Int, of originals: [Original]) -> Mutant? {
    var choices = Choices(random: SplitMix64(seed: seed, trial: number))
    for _ in 0..<20 {
      let original = choices.element(of: originals)
      let change = CertificateChange(choosing: &choices)
      guard let changed = change.applied(to: original.words),
        changed.certificate != original.certificate
      else { continue }
      return Mutant(
        number: number, file: original.file,
        part: original.certificate.part(changedIn: changed.certificate),
        certificate: changed.certificate, text: changed.text, seed: change.value)
    }
    return nil
  }

  private func count(
    _ mutant: Mutant, _ judgement: Judgement, _ answer: CheckerProcess.Answer,
    _ tally: inout CertificateMutationTally
  ) throws {
    tally.count(mutant.part, judgement, answer)
    var wrong: String?
    if case .ended = answer { wrong = "the verified checker ended" }
    if case .said(let code, _) = answer {
      if code > 2 { wrong = "the verified checker cannot read it" }
      if let accepts = judgement.decision, code < 2, accepts != (code == 0) {
        wrong = "the judges are not of one mind"
        tally.disagreements += 1
      }
    }
    if judgement.isAccepted || answer == .said(0, "") {
      tally.compared += 1
      if let tokens = mutant.certificate.differingTokens(seed: mutant.seed) {
        wrong = "accepted, and the outputs differ on \(tokens)"
      }
    }
    guard let wrong else { return }
    try found(
      "\(wrong); changed: the \(mutant.part) of \(mutant.file); here: \(judgement); "
        + "verified: \(answer.text)", in: Array(mutant.text.utf8),
      "mutant-\(seed)-\(mutant.number)",
      &tally)
  }

  private func found(
    _ what: String, in text: [UInt8], _ name: String, _ tally: inout CertificateMutationTally
  ) throws {
    tally.findings += 1
    guard tally.findings <= 100 else { return }
    let path = "\(findings)/finding-certificate-\(name).cert"
    do {
      try Data(text).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Failure.cannotWrite("\(path): \(error.localizedDescription)")
    }
    try StandardOutput.line("FOUND \(path): \(what)")
  }

  // MARK: - Changed bytes

  private func read(
    _ originals: [Original], by process: CheckerProcess, _ tally: inout CertificateMutationTally,
    until interruption: Interruption
  ) throws {
    let mutator = CertificateBytes(originals.map(\.text))
    let progress = ProgressLine(total: bytes, unit: "texts")
    defer { progress.finish() }
    let together = 256
    for first in stride(from: 0, to: bytes, by: together) where !interruption.isRequested {
      let numbers = first..<min(bytes, first + together)
      let texts = numbers.map { mutator.text(seed: ~seed, trial: $0) }
      var places: [Int?] = []
      let answers = try process.answers(to: texts, .read) {
        places = texts.map { text in
          let start = ContinuousClock.now
          defer { tally.longestRead = max(tally.longestRead, ContinuousClock.now - start) }
          do throws(CertificateTextError) {
            _ = try Certificate(parsing: text)
            return nil
          } catch {
            return error.word
          }
        }
      }
      for (number, text) in zip(numbers, texts) {
        let index = number - first
        guard let what = tally.count(places[index], answers[index]) else { continue }
        try found(what, in: text, "bytes-\(seed)-\(number)", &tally)
      }
      progress.update(numbers.upperBound)
    }
  }
}

extension Judgement {
  /// Whether it is accepted; nil if that is undecided.
  var decision: Bool? {
    switch self {
    case .accepted: true
    case .rejected: false
    case .undecided: nil
    }
  }
}

extension CheckerProcess.Answer {
  var text: String {
    switch self {
    case .said(0, _): "accepted"
    case .said(1, let reason): "rejected: \(reason)"
    case .said(2, let reason): "undecided: \(reason)"
    case .said(let code, let reason): "\(code): \(reason)"
    case .ended(let how): how
    case .tookTooLong: "no answer in time"
    }
  }
}
