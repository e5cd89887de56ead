import Architectures
import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting
import Verification

extension Property {
  /// The main claim: what a program says is what each of its compiled forms computes, exactly.
  ///
  /// Every case goes the whole road: by the rules, by the lean compiler, and from there to each of
  /// `architectures`. A refusal is counted with its reason and is not a failure; that refusals are
  /// justified is a property of its own. Floats run beside, and their largest error is reported.
  ///
  /// In one of `certified` cases, also certificates are looked for, which say the same of every
  /// sequence, of the architectures, or else of the paths. Where none is found, that is counted
  /// (`CertificateTally`), and undecides nothing. What only they refute is simplified by them.
  ///
  /// Takes the compilers, so that deliberately wrong ones can be shown to be caught.
  public static func loweringPreservesMeaning(
    on architectures: [Architecture], by compilers: Compilers = .standard(largestPath: 20_000),
    certified share: Int? = nil, bitLimit: Int = 1 << 20
  ) -> Property {
    let examine = { @Sendable (run: ProgramCase, isCertified: Bool) in
      run.roadExamination(on: architectures, by: compilers, isCertified: isCertified, bitLimit)
    }
    return Property(
      id: "lowering-preserves-meaning",
      statement: "source, path by the rules, lean path and layers have the same outputs, exactly",
      closely: share.map { share in
        CloseCheck(of: { $0.isOne(of: share) }, check: { examine($0, true) })
      },
      check: { examine($0, false) })
  }
}

extension ProgramCase {
  /// The whole road, and certificates of it.
  fileprivate func roadExamination(
    on architectures: [Architecture], by compilers: Compilers, isCertified: Bool, _ bitLimit: Int
  ) -> Examination {
    let compilation = Compilation(program, for: architectures, by: compilers)
    var covered = compilation.labels
    let engines = RouteEngines(compilation, bitLimit: bitLimit)
    let outcome = engines.run(tokens)
    for (route, result) in outcome.results {
      switch result {
      case .right: continue
      case .refused: covered.insert("\(route) refused")
      case .wrong(let difference):
        return Examination(
          .refuted(kind: "\(route) changes the outputs", explanation: "\(difference)"),
          covering: covered)
      case .undecided(let reason):
        let isOurs = route == .rules
        return Examination(
          isOurs
            ? .refuted(kind: "\(route) break", explanation: reason)
            : .undecided("\(route): too large to evaluate"),
          covering: covered)
      }
    }
    if isCertified, let refuted = compilation.certify(&covered) {
      return Examination(refuted, covering: covered)
    }
    let errors = outcome.outputs.map { floatErrors(expecting: $0, as: engines.tape) } ?? [:]
    return Examination(.holds, covering: covered, measuring: errors)
  }
}

extension Compilation {
  /// What looking for one certificate may cost in a trial. Those that are found mostly take far less;
  /// `compiles-certify` and `certify` leave nothing untried.
  private static let workPerTrial = 5_000_000

  /// Looks for certificates and counts what comes of it. Returns what refutes the compilation.
  fileprivate func certify(_ covered: inout Set<String>) -> Verdict? {
    for route in stacks.isEmpty ? compiledRoutes : compiledRoutes.filter(\.isOfLayers) {
      let certification = certification(
        of: route, work: Compilation.workPerTrial)
      if let refuted = count(certification, of: route, &covered) { return refuted }
    }
    return nil
  }
}

extension Route {
  fileprivate var isOfLayers: Bool { if case .architecture = self { true } else { false } }
}

extension Compilation {
  /// What this compilation is an example of: the rules that it took, and what became of it.
  var labels: Set<String> {
    var labels: Set<String> = []
    if case .success(let debranched) = rules {
      labels.insert("rules compiled")
      for rule in Set(debranched.trace.steps.lazy.map(\.rule)) { labels.insert("rule \(rule)") }
    }
    for (architecture, stack) in stacks {
      switch stack {
      case .success: labels.insert("\(architecture.rawValue) compiled")
      case .failure(let refusal):
        labels.insert("\(architecture.rawValue) refused: \(refusal.summary)")
      }
    }
    return labels
  }
}

extension ProgramCase {
  /// The largest errors of the program in floats.
  fileprivate func floatErrors(
    expecting exact: [[Rational]], as tape: Tape
  ) -> [String: Double] {
    [
      "binary64": program.largestError(
        of: Double.self, on: tokens, expecting: exact, as: tape),
      "binary32": program.largestError(
        of: Float.self, on: tokens, expecting: exact, as: tape),
    ]
  }
}
