import ExactArithmetic

/// Certificates one behind the other: the target of each is the source of the next, so that the first
/// source and the last target have the same outputs. Where one step does not show that two programs
/// agree, it may show that both agree with a third.
///
/// Programs, assumptions and certificates are looked at one by one; that equality goes from link to
/// link is `chain_sound` in `proofs/checker/Chain.v`.
public struct CertificateChain: Hashable, Sendable {
  /// At least one.
  public let certificates: [Certificate]

  public init(_ certificate: Certificate) { certificates = [certificate] }

  /// Nil if there is none, or if the target of one is not the source of the next, number by number,
  /// or if they do not assume the same of the inputs.
  public init?(_ certificates: [Certificate]) {
    guard !certificates.isEmpty,
      zip(certificates, certificates.dropFirst()).allSatisfy({
        $0.target == $1.source && $0.inputBounds == $1.inputBounds
      })
    else { return nil }
    self.certificates = certificates
  }

  /// Precondition: they fit, as in `init(_:)`.
  init(unchecked certificates: [Certificate]) { self.certificates = certificates }

  /// Two chains, one behind the other.
  public init?(_ first: CertificateChain, _ second: CertificateChain) {
    self.init(first.certificates + second.certificates)
  }

  public var inputBounds: [Interval] { certificates[0].inputBounds }
  public var source: CellProgram { certificates[0].source }
  public var target: CellProgram { certificates[certificates.count - 1].target }

  /// The certificate, if it is one alone.
  public var single: Certificate? { certificates.count == 1 ? certificates[0] : nil }

  /// What the judge says of each.
  public func judgements(within limits: CheckLimits = .standard) -> [Judgement] {
    certificates.map { $0.judged(within: limits) }
  }
}
