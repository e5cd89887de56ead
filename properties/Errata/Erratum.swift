import ExactArithmetic

/// A construction or statement of the paper as it is printed, and what comes of it.
///
/// Verdicts are not opinions: each is what the evidence says, evaluated exactly on the spot.
public struct Erratum: Sendable, Identifiable {
  /// Such as `erratum-03-gru-gate`.
  public let id: String

  /// What the paper says, as a claim that could be true.
  public let statement: String

  /// Where in arXiv 2406.01424.
  public let place: String
  public let verdict: Verdict

  /// What is true instead, or what has to be added; empty if nothing has.
  public let remark: String
  public let evidence: [Evidence]

  public enum Verdict: Hashable, Sendable {
    /// False as printed: some evidence is a counterexample.
    case refuted

    /// True under the condition, and false without it: there is evidence for either.
    case holdsIf(String)

    /// True as printed, on all that was tried.
    case holds
  }

  public enum Evidence: Sendable {
    /// Printed programs or layers on tokens: a file in `fixtures/as-printed`.
    case run(Role, file: String)

    /// Something else that can be computed.
    case fact(Role, Fact)
  }

  public enum Role: String, Sendable {
    /// The claim fails here, as printed.
    case counterexample

    /// The claim is true here, as printed and under its conditions.
    case example

    /// Outside of the conditions, and the claim fails.
    case outside

    /// The corrected form does what was claimed.
    case corrected

    /// Whether outputs that are as claimed are what this role calls for.
    public var wantsAgreement: Bool { self == .example || self == .corrected }
  }

  /// A computation that comes out true or false.
  public struct Fact: Sendable {
    public let statement: String

    /// Of programs by their files, from the top of the package.
    public let check: @Sendable (EvidenceReader) throws -> Bool

    public init(
      _ statement: String, check: @escaping @Sendable (EvidenceReader) throws -> Bool
    ) {
      self.statement = statement
      self.check = check
    }
  }

  /// `id` without the number and the prefix names the folder's files too.
  init(
    _ id: String, _ statement: String, place: String, _ verdict: Verdict, remark: String = "",
    evidence: [Evidence]
  ) {
    self.id = "erratum-\(id)"
    self.statement = statement
    self.place = place
    self.verdict = verdict
    self.remark = remark
    self.evidence = evidence
  }
}

extension Erratum.Evidence {
  public var role: Erratum.Role {
    switch self {
    case .run(let role, _), .fact(let role, _): role
    }
  }

  /// Some runs of one row: `fixtures/as-printed/<folder>/<name>.json`.
  static func runs(
    _ role: Erratum.Role, in folder: String, _ names: String...
  ) -> [Erratum.Evidence] {
    names.map { .run(role, file: "fixtures/as-printed/\(folder)/\($0).json") }
  }
}

extension Erratum {
  /// Whether the evidence, if it is all right, says what the verdict says.
  public var isSupported: Bool {
    let roles = Set(evidence.map(\.role))
    return switch verdict {
    case .refuted: roles.contains(.counterexample)
    case .holdsIf: roles.isSuperset(of: [.example, .outside]) && !roles.contains(.counterexample)
    case .holds: roles.contains(.example) && roles.isDisjoint(with: [.counterexample, .outside])
    }
  }
}
