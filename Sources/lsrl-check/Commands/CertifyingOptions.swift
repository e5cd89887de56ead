import ArgumentParser
import Verification

/// Of commands that compile on the way to something else.
struct CertifyingOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Look for certificates that what is compiled has the program's outputs on every sequence.",
      discussion: """
        Where none is found with little work, that is said, and is no failure. `lsrl-check \
        certify` tries for longer, and also for programs that remember much.
        """))
  var certify = true

  /// More remembered numbers take longer than one wants to wait for what one did not ask for.
  static let memoryLimit = 400

  /// As above, in products of a weight and a number.
  static let work = 20_000_000
}

/// Of commands that compile thousands of programs.
struct CertifiedShareOptions: ParsableArguments {
  /// In one of how many cases certificates are looked for.
  struct Share: ExpressibleByArgument {
    /// Nil: none.
    let oneOf: Int?

    /// One that keeps trials about as quick as without.
    static let standard = Share(oneOf: 50)

    init(oneOf: Int?) { self.oneOf = oneOf }

    init?(argument: String) {
      switch argument {
      case "all": oneOf = 1
      case "none": oneOf = nil
      default:
        guard let count = Int(argument), count > 0 else { return nil }
        oneOf = count
      }
    }

    var defaultValueDescription: String {
      oneOf.map { $0 == 1 ? "all" : "\($0)" } ?? "none"
    }
  }

  @Option(
    help: ArgumentHelp(
      "Look for certificates in all trials, in none, or in one of so many.",
      discussion: "Says how many were found of how many that were tried.",
      valueName: "all|none|n"))
  var certify = Share.standard

  @Flag(help: "The same as --certify none.")
  var noCertify = false

  var oneOf: Int? { noCertify ? nil : certify.oneOf }
}

extension Certification {
  /// In a few words.
  var brief: String {
    switch self {
    case .certified, .certifiedThrough: verdict ?? ""
    case .different(let tokens): "OTHER OUTPUTS on \(tokens)"
    case .incomplete: "no certificate found"
    }
  }

  var outcome: Outcome {
    switch self {
    case .certified, .certifiedThrough: .holds
    case .different: .refuted
    case .incomplete: .undecided
    }
  }
}
