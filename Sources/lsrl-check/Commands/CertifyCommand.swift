import Architectures
import ArgumentParser
import Certificates
import Verification

/// Options that say which compiled form of a program is meant.
struct RouteOptions: ParsableArguments {
  enum Path: String, ExpressibleByArgument, CaseIterable { case lean, rules }

  @Option(help: "Take a path instead of layers: lean, or rules.")
  var route: Path?

  /// The one route that is asked for.
  func route(_ architectures: [Architecture]) throws -> Route {
    switch (route, architectures.first) {
    case (.lean?, nil): return .lean
    case (.rules?, nil): return .rules
    case (nil, let architecture?) where architectures.count == 1:
      return .architecture(architecture)
    default: throw ValidationError("expected one --arch, or --route")
    }
  }
}

struct CertifyCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "certify",
    abstract: "Compiles a program, and looks for a certificate that the outputs are the same.",
    discussion: """
      Examples:
        lsrl-check certify fixtures/programs/more-ones-than-zeros.lsrl --arch mamba -o mamba.cert
        lsrl-check certify program.lsrl --route lean -o lean.cert
        lsrl-check certify program.lsrl --arch hawk-dense --max-length 20 -o bounded.cert
        lsrl-check certify program.lsrl --arch lstm --coq lstm.v

      What the certificate says holds for sequences of every length; for a network that is made \
      for bounded lengths, for those up to --certify-length. See `lsrl-check verify` for judging the \
      file, and docs/trust.md for what is trusted then.

      With --coq a file is written, too, in which Coq's own kernel checks the certificate and \
      concludes that the outputs are equal; `make proofs` comes first. Only for certificates of at \
      most \(Certificate.longestForCoq) words.

      Exits with 1 if the outputs differ on some tokens, which are printed, and with 2 if no \
      certificate is found: that says nothing about the outputs.
      """)

  @OptionGroup var program: ProgramFile
  @OptionGroup var compiler: CompilerOptions
  @OptionGroup var options: RouteOptions

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Write the certificate there.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp("Write a file there that Coq's kernel checks.", valueName: "file"))
  var coq: String?

  @Option(help: ArgumentHelp("With --coq: where the verified checker is.", valueName: "file"))
  var checker: String?

  @Option(help: "How many tokens to unroll a network for that is made for bounded lengths.")
  var certifyLength = Compilation.certifiedLength

  @Flag(help: "Print what is tried, and what the judge says of it, to the standard error.")
  var verbose = false

  func validate() throws {
    guard certifyLength > 0 else { throw ValidationError("--certify-length must be positive") }
    _ = try options.route(try compiler.architectures())
  }

  func perform() async throws -> Outcome {
    let file = program.program
    let program = try program.read().program
    // Told before the search, which may take minutes.
    if coq != nil { _ = try VerifiedChecker(at: checker) }
    let route = try options.route(try compiler.architectures())
    var compilers = compiler.compilers(largestPath: 2_000_000)
    if route != .rules { compilers.rules = { _ in .failure(.tooLarge("not asked for")) } }
    let compilation = Compilation(
      program, for: try compiler.architectures(), by: compilers)
    if let refusal = compilation.refusal(of: route) {
      throw Failure.badInput("\(route) refuses: \(refusal)")
    }
    let report: (@Sendable (String) -> Void)? =
      verbose ? { @Sendable in StandardError.write($0 + "\n") } : nil
    let certification = compilation.certification(of: route, upTo: certifyLength, report: report)
    switch certification {
    case .certified, .certifiedThrough:
      if let chain = certification.found?.chain {
        if let output { try OutputFile.write(chain.text, to: output) }
        if let coq {
          let about = "\(file) and \(route), \(certification.brief)"
          try OutputFile.write(try CoqFile(checker: checker).text(of: chain, about: about), to: coq)
        }
      }
      try StandardOutput.line("\(route): \(certification.brief)")
      if case .upTo(let length)? = certification.found?.scope,
        let asked = compilation.largestLength(of: route, upTo: certifyLength), length < asked
      {
        try StandardOutput.line("\(route): no certificate found for up to \(asked) tokens")
      }
      return .holds
    case .different(let tokens):
      try StandardOutput.line("\(route): REFUTED, other outputs on \(tokens)")
      return .refuted
    case .incomplete(let reason):
      try StandardOutput.line("\(route): UNDECIDED, no certificate found: \(reason)")
      return .undecided
    }
  }
}

extension Compilation {
  /// The longest sequences that `route` is made for, and no more than `length`; nil: any.
  fileprivate func largestLength(of route: Route, upTo length: Int) -> Int? {
    guard case .architecture(let architecture) = route,
      case .success(let stack)? = stacks.first(where: { $0.architecture == architecture })?.stack
    else { return nil }
    return stack.maximumLength.map { min($0, length) }
  }

  /// Why there is nothing on this route; nil if there is.
  func refusal(of route: Route) -> String? {
    switch route {
    case .source, .lean: return nil
    case .rules:
      switch rules {
      case .success: return nil
      case .failure(.tooLarge(let reason)), .failure(.broken(let reason)): return reason
      }
    case .architecture(let architecture):
      switch stacks.first(where: { $0.architecture == architecture })?.stack {
      case .failure(let refusal)?: return explain(refusal)
      case .success?, nil: return nil
      }
    }
  }
}
