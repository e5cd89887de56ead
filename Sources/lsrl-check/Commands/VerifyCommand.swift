import Architectures
import ArgumentParser
import Certificates
import ExactArithmetic
import ExactJSON
import Foundation
import LSRL

struct VerifyCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Judges a certificate: do its two programs have the same outputs on every sequence?",
    discussion: """
      Examples:
        lsrl-check verify gru.cert
        lsrl-check verify gru.cert --program program.lsrl --layers gru.json
        lsrl-check verify gru.cert --verified

      Reads the certificate alone. With --program and --layers it also asks whether the \
      certificate's programs are what these files unfold to: then it is about them. With --verified \
      the checker that was extracted from its proof in Coq judges as well (`make proofs` builds \
      it), and both must accept.

      Exits with 0 if it is accepted, 1 if it is rejected, with the place, and 2 if the judge gives \
      up. A rejection does not say that the outputs differ: see docs/trust.md.
      """)

  @Argument(help: "The certificate.")
  var certificate: String

  @Option(
    help: ArgumentHelp("The source must be this program's.", valueName: "file"))
  var program: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("A parameter of --program; repeatable.", valueName: "name=value"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("The target must be these layers'.", valueName: "file"))
  var layers: String?

  @Flag(help: "Ask the verified checker, too.")
  var verified = false

  @Option(help: ArgumentHelp("Where the verified checker is.", valueName: "file"))
  var checker = "proofs/_build/verified-checker"

  func perform() async throws -> Outcome {
    let read: Certificate
    do {
      read = try Certificate(parsing: InputFile.bytes(of: certificate))
    } catch let error as CertificateTextError {
      throw Failure.badInput("\(certificate): \(error)")
    }
    var outcome = try outcome(of: read)
    if let program {
      let graph = try ProgramFile.read(program, setting: settings).graph
      try StandardOutput.line(
        about("source", read.source.isPrefixed(by: CellProgram(graph)), program))
      if !read.source.isPrefixed(by: CellProgram(graph)) { outcome = outcome.and(.refuted) }
    }
    if let layers {
      let isTheirs = read.target == (try unfolded(layers))
      try StandardOutput.line(about("target", isTheirs, layers))
      if !isTheirs { outcome = outcome.and(.refuted) }
    }
    if verified { outcome = outcome.and(try askVerifiedChecker()) }
    return outcome
  }

  private func outcome(of certificate: Certificate) throws -> Outcome {
    let judgement = certificate.judged()
    try StandardOutput.line("\(judgement)")
    switch judgement {
    case .accepted: return .holds
    case .rejected: return .refuted
    case .undecided: return .undecided
    }
  }

  private func about(_ part: String, _ isTheirs: Bool, _ file: String) -> String {
    isTheirs ? "the \(part) is that of \(file)" : "REJECTED: the \(part) is not that of \(file)"
  }

  private func unfolded(_ file: String) throws -> CellProgram {
    do {
      let stack = try LayerStack(parsing: JSONValue(parsing: InputFile.bytes(of: file)))
      return try CellProgram(stack)
    } catch let error as JSONSyntaxError {
      throw Failure.badInput("\(file):\(error)")
    } catch let error as JSONContentError {
      throw Failure.badInput("\(file): \(error)")
    } catch let error as UnfoldingError {
      throw Failure.badInput("\(file): \(error)")
    }
  }

  /// What it says is printed; its exit codes are ours.
  private func askVerifiedChecker() throws -> Outcome {
    guard FileManager.default.isExecutableFile(atPath: checker) else {
      throw Failure.badInput(
        "\(checker): expected the verified checker, found none; `make proofs` builds it")
    }
    let process = Process()
    process.executableURL = URL(filePath: checker)
    process.arguments = [certificate]
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    do {
      try process.run()
    } catch {
      throw Failure.badInput("\(checker): cannot be run: \(error.localizedDescription)")
    }
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    let said = String(decoding: text, as: UTF8.self).trimmingCharacters(in: .newlines)
    for line in said.split(separator: "\n") {
      try StandardOutput.line("verified checker: \(line)")
    }
    switch process.terminationStatus {
    case 0: return .holds
    case 1: return .refuted
    case 2: return .undecided
    default:
      throw Failure.badInput("\(certificate): the verified checker cannot read it: \(said)")
    }
  }
}

extension CellProgram {
  /// Whether the first nodes are those of `other`, with the same output and initial values: nodes
  /// behind them only look back, and change nothing.
  fileprivate func isPrefixed(by other: CellProgram) -> Bool {
    func value(_ program: CellProgram, _ node: Int) -> [Rational] {
      program.initial.indices.contains(node) ? program.initial[node] : []
    }
    // Other nodes may look back at the program's own, which then need initial values.
    return nodes.starts(with: other.nodes) && output == other.output
      && other.nodes.indices.allSatisfy { node in
        value(other, node).isEmpty || value(self, node) == value(other, node)
      }
  }
}
