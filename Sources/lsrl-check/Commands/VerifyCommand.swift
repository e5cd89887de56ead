import Architectures
import ArgumentParser
import Certificates
import ExactArithmetic
import ExactJSON
import LSRL
import Verification

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
  var file: String

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
  var checker: String?

  func perform() async throws -> Outcome {
    let certificate: CertificateChain
    do {
      certificate = try CertificateChain(parsing: InputFile.bytes(of: file))
    } catch let error as CertificateTextError {
      throw Failure.badInput("\(file): \(error)")
    }
    var outcome = try outcome(of: certificate)
    if let program {
      let read = try ProgramFile.read(program, setting: settings)
      let isItsSource = certificate.has(
        certificate.source, as: CellProgram(read.graph), reading: read.graph.inputDimension)
      try StandardOutput.line(about("source", isItsSource, program))
      if !isItsSource { outcome = outcome.and(.refuted) }
      if isItsSource, let place = certificate.undeclaredAssumption(of: read) {
        try StandardOutput.line(
          "REJECTED: it assumes more of coordinate \(place) than \(program) declares")
        outcome = outcome.and(.refuted)
      }
    }
    if let layers {
      let stack = try stack(layers)
      let isTheirs = certificate.has(
        certificate.target, as: try unfolded(stack, layers), reading: stack.inputDimension)
      try StandardOutput.line(about("target", isTheirs, layers))
      if !isTheirs { outcome = outcome.and(.refuted) }
    }
    if verified { outcome = outcome.and(try askVerifiedChecker()) }
    return outcome
  }

  /// Of several certificates, all must be accepted.
  private func outcome(of chain: CertificateChain) throws -> Outcome {
    var outcome = Outcome.holds
    let count = chain.certificates.count
    for (number, certificate) in chain.certificates.enumerated() {
      let judgement = certificate.judged()
      let place = count == 1 ? "" : "certificate \(number + 1) of \(count): "
      try StandardOutput.line("\(place)\(judgement)")
      switch judgement {
      case .accepted: continue
      case .rejected: outcome = outcome.and(.refuted)
      case .undecided: outcome = outcome.and(.undecided)
      }
    }
    if count > 1, outcome == .holds {
      try StandardOutput.line("accepted: each program has the outputs of the one before")
    }
    return outcome
  }

  private func about(_ part: String, _ isTheirs: Bool, _ file: String) -> String {
    isTheirs ? "the \(part) is that of \(file)" : "REJECTED: the \(part) is not that of \(file)"
  }

  private func stack(_ file: String) throws -> LayerStack {
    do {
      return try LayerStack(parsing: JSONValue(parsing: InputFile.bytes(of: file)))
    } catch let error as JSONSyntaxError {
      throw Failure.badInput("\(file):\(error)")
    } catch let error as JSONContentError {
      throw Failure.badInput("\(file): \(error)")
    }
  }

  private func unfolded(_ stack: LayerStack, _ file: String) throws -> CellProgram {
    do throws(UnfoldingError) {
      return try CellProgram(stack)
    } catch {
      throw Failure.badInput("\(file): \(error)")
    }
  }

  /// What it says is printed; its exit codes are ours.
  private func askVerifiedChecker() throws -> Outcome {
    let run = try VerifiedChecker(at: checker).run(onFile: file)
    let said = (run.output + run.errors).split(separator: "\n")
    for line in said { try StandardOutput.line("verified checker: \(line)") }
    switch run.status {
    case 0: return .holds
    case 1: return .refuted
    case 2: return .undecided
    default:
      throw Failure.badInput(
        "\(file): the verified checker cannot read it: \(said.joined(separator: " "))")
    }
  }
}

extension CertificateChain {
  /// How many tokens of so many numbers the programs read at a time, if any.
  fileprivate func tokensTogether(reading size: Int) -> Int? {
    guard size > 0, inputBounds.count >= size, inputBounds.count.isMultiple(of: size) else {
      return nil
    }
    return inputBounds.count / size
  }

  /// Whether `part` is `program`: as it is, or else in blocks of tokens, or unrolled. As wide as the
  /// certificate's programs read.
  fileprivate func has(_ part: CellProgram, as program: CellProgram, reading size: Int) -> Bool {
    guard let together = tokensTogether(reading: size) else { return false }
    let scopes: [CertifiedScope] =
      together == 1 ? [.always(block: 1)] : [.always(block: together), .upTo(together)]
    return scopes.contains { scope in
      guard let scoped = try? program.within(scope, reading: size) else { return false }
      return part.isPrefixed(by: scoped)
    }
  }

  /// The first coordinate of a token of which more is assumed than `program` declares.
  fileprivate func undeclaredAssumption(of program: Program) -> Int? {
    let declared = program.inputRanges
    return inputBounds.indices.first {
      !inputBounds[$0].contains(declared[$0 % declared.count])
    }.map { $0 % declared.count }
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
