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
        guard let mutant = change.applied(to: words), mutant != certificate else {
          covered.insert("changed: unreadable")
          continue
        }
        let part = certificate.part(changedIn: mutant)
        switch mutant.judged(within: MutantCase.limits) {
        case .rejected: covered.insert("changed \(part): rejected")
        case .undecided: covered.insert("changed \(part): undecided")
        case .accepted:
          covered.insert("changed \(part): accepted")
          guard let tokens = mutant.difference(seed: change.value) else { continue }
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
  struct Change {
    let place: UInt64
    let value: UInt64
  }

  let program: Program
  let route: Route
  let changes: [Change]

  /// Changed weights may make a certificate ask for much.
  static let limits = CheckLimits(storedTerms: 1 << 20, work: 1 << 22, coefficientBits: 1 << 12)

  init(
    choosing choices: inout Choices, _ limits: ProgramLimits, among architectures: [Architecture]
  ) {
    let routes = [Route.lean] + architectures.map(Route.architecture)
    route = choices.element(of: routes)
    program = Generator.programCases(limits)(&choices).program
    changes = Generator { choices in
      Change(place: choices.number(upTo: 1 << 40), value: choices.number(upTo: 1 << 20))
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

extension MutantCase.Change {
  private static let numbers = [
    "0", "1", "-1", "2", "1/2", "-3/2", "1000000001/1000000000", "-", "3", "-7",
  ]

  /// The certificate with a number, or a missing one, in the place of another; nil if that reads
  /// as none. Takes the next place that is one, from where it points to.
  func applied(to words: [String]) -> Certificate? {
    let start = Int(place % UInt64(words.count))
    for offset in 0..<min(words.count, 40) {
      let index = (start + offset) % words.count
      guard words[index] == "-" || (try? Rational(parsing: words[index])) != nil else { continue }
      var changed = words
      changed[index] = Self.number(for: words[index], value)
      guard changed[index] != words[index],
        let certificate = try? Certificate(parsing: changed.joined(separator: " "))
      else { continue }
      return certificate
    }
    return nil
  }

  private static func number(for word: String, _ value: UInt64) -> String {
    guard value.isMultiple(of: 2), let old = try? Rational(parsing: word) else {
      return numbers[Int(value / 2) % numbers.count]
    }
    let steps: [Rational] = [1, -1, Rational(1, 1_000_000_000), Rational(-1, 3), 10]
    return "\(old + steps[Int(value / 2) % steps.count])"
  }
}

extension Certificate {
  fileprivate func part(changedIn other: Certificate) -> String {
    if source != other.source { return "source" }
    if target != other.target { return "target" }
    if inputBounds != other.inputBounds { return "assumption" }
    if coupling != other.coupling { return "coupling" }
    if links != other.links || sourceLinks != other.sourceLinks { return "link" }
    if reads != other.reads || targetReads != other.targetReads { return "read" }
    return "bound"
  }

  /// Tokens on which the programs have different outputs, if one of 50 random sequences shows some.
  fileprivate func difference(seed: UInt64) -> [[Rational]]? {
    var choices = Choices(random: SplitMix64(seed: seed))
    for _ in 0..<50 {
      let tokens = (0..<1 + choices.index(below: 8)).map { _ in
        inputBounds.map { Certificate.token(within: $0, &choices) }
      }
      guard let expected = try? source.run(tokens, bitLimit: 1 << 20),
        let found = try? target.run(tokens, bitLimit: 1 << 20)
      else { continue }
      if expected != found { return tokens }
    }
    return nil
  }

  private static func token(within bounds: Interval, _ choices: inout Choices) -> Rational {
    let part = Rational(choices.index(below: 9), 8)
    switch (bounds.lower, bounds.upper) {
    case (let lower?, let upper?): return lower + (upper - lower) * part
    case (let lower?, nil): return lower + part * Rational(choices.index(below: 20))
    case (nil, let upper?): return upper - part * Rational(choices.index(below: 20))
    case (nil, nil): return part * Rational(choices.index(below: 41) - 20)
    }
  }
}
