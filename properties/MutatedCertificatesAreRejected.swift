import Architectures
import Certificates
import ExactArithmetic
import LSRL
import PropertyTesting
import Verification

extension Property {
  /// A judge that accepts too much would pass every other claim about certificates. So numbers of
  /// accepted ones are changed, one at a time: weights, initial values, links, bounds, what is
  /// assumed. Whatever is accepted then must have equal outputs on 50 random sequences, too.
  public static func mutatedCertificatesAreRejected(
    on architectures: [Architecture], by compilers: Compilers = .standard(largestPath: 20_000)
  ) -> Property {
    let limits = ProgramLimits()
    return Property(
      id: "mutated-certificates-are-rejected",
      statement: "no changed certificate is accepted whose programs differ on a random sequence",
      limits: limits.description,
      of: Generator { MutantCase(choosing: &$0, limits, among: architectures) },
      describedBy: \.description
    ) { mutants in
      guard let certificate = mutants.certificate(by: compilers) else {
        return Examination(.holds, covering: ["no certificate to change"])
      }
      var covered: Set<String> = []
      let words = certificate.text.split(whereSeparator: \.isWhitespace).map(String.init)
      for change in mutants.changes {
        guard let mutant = change.applied(to: words)?.certificate, mutant != certificate else {
          covered.insert("changed: unreadable")
          continue
        }
        let part = certificate.part(changedIn: mutant)
        switch mutant.judged(within: MutantCase.limits) {
        case .rejected: covered.insert("changed \(part): rejected")
        case .undecided: covered.insert("changed \(part): undecided")
        case .accepted:
          covered.insert("changed \(part): accepted")
          guard let tokens = mutant.differingTokens(seed: change.value) else { continue }
          return Examination(
            .refuted(
              kind: "accepted, and the outputs differ", explanation: "\(tokens)\n\(mutant.text)"),
            covering: covered)
        }
      }
      return Examination(.holds, covering: covered)
    }
  }
}

/// A program, a route, and changes of the certificate for it.
private struct MutantCase {
  let program: Program
  let route: Route
  let changes: [CertificateChange]

  /// Changed weights may make a certificate ask for much.
  static let limits = CheckLimits(storedTerms: 1 << 20, work: 1 << 22, coefficientBits: 1 << 12)

  init(
    choosing choices: inout Choices, _ limits: ProgramLimits, among architectures: [Architecture]
  ) {
    let routes = [Route.lean] + architectures.map(Route.architecture)
    route = choices.element(of: routes)
    program = Generator.programCases(limits)(&choices).program
    changes = Generator { choices in
      CertificateChange(choosing: &choices)
    }.list(average: 20, limit: 40)(&choices)
  }

  var description: String {
    "\(program.graph)\nroute \(route)\n\(changes.count) changes"
  }

  func certificate(by compilers: Compilers) -> Certificate? {
    let architectures: [Architecture] =
      if case .architecture(let architecture) = route { [architecture] } else { [] }
    let compilation = Compilation(program, for: architectures, by: compilers)
    guard compilation.compiledRoutes.contains(route),
      let found = compilation.certification(of: route, upTo: 3).found
    else { return nil }
    return found.chain.certificates.last
  }
}
