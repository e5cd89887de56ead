import Architectures
import LSRL
import PropertyTesting
import Verification

extension Property {
  /// Non-zeros beyond which a random program is not debranched further; counted, not failed.
  public static let largestRandomPath = 20_000

  /// All claims, the main one first. Tests, docs and the command walk over this list; a property
  /// exists by being in it.
  ///
  /// `share`: of the main claim's cases, certificates are looked for in one of so many; nil: in none.
  public static func catalogue(
    on architectures: [Architecture] = Architecture.allCases,
    by compilers: Compilers = .standard(largestPath: largestRandomPath),
    certified share: Int? = nil
  ) -> [Property] {
    [
      .loweringPreservesMeaning(on: architectures, by: compilers, certified: share),
      .loweringVariationsPreserveMeaning(on: architectures),
      .refusalsAreJustified(on: architectures, by: compilers),
      .compilersAgree(by: compilers),
      .compilesCertify(on: architectures, by: compilers),
      .mutatedCertificatesAreRejected(on: architectures, by: compilers),
      .eachRulePreservesMeaning(),
      .tracesReplay(),
      .debranchingEndsInAPath(),
      .namesDoNotMatter,
      .graphsAreWellFormed,
      .outputsAreCausal,
      .textRoundTrip,
      .enginesAgreeExactly,
      .enginesAgreeInFloats,
      .aPrioriBoundsHold,
      .errorBoundsHold(),
      .provedExactIsBitExact(),
      .arithmeticLaws,
    ]
  }
}
