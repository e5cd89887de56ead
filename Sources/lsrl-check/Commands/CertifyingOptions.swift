import ArgumentParser
import Verification

/// Of commands that compile on the way to something else.
struct CertifyingOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Look for certificates that what is compiled has the program's outputs on every sequence.",
      discussion: "Where none is found, that is said, and is no failure."))
  var certify = true
}

extension Certification {
  /// In a few words.
  var brief: String {
    switch self {
    case .certified(_, let scope): "\(scope)"
    case .different(let tokens): "OTHER OUTPUTS on \(tokens)"
    case .incomplete: "no certificate found"
    }
  }

  var outcome: Outcome {
    switch self {
    case .certified: .holds
    case .different: .refuted
    case .incomplete: .undecided
    }
  }
}
