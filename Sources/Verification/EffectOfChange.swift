import Certificates
import CouplingSearch
import ExactArithmetic

/// Whether a network and a changed one ever differ, by all means that there are, those first that
/// decide most for their time.
struct EffectOfChange {
  let before: CellProgram
  let after: CellProgram
  let ranges: [Interval]

  /// The most tokens that the network is for.
  let maximumLength: Int?

  func fate() throws -> MutationFate {
    let single: String
    switch StepComparison(before: before, after: after, inputBounds: ranges).verdict() {
    case .same: return .harmless
    case .different(let tokens) where isShort(tokens): return .caughtLater(on: tokens)
    case .different: single = "longer sequences show it"
    case .unknown(let reason): single = reason
    }
    let certificates: String
    switch CouplingSearch(source: before, target: after, inputBounds: ranges).run() {
    case .found: return .harmless
    case .different(let tokens) where isShort(tokens): return .caughtLater(on: tokens)
    case .different: certificates = "longer sequences show it"
    case .notFound(let reason): certificates = reason
    }
    let search = KinkSearch(before: before, after: after, inputBounds: ranges)
    if let tokens = search.difference(), isShort(tokens) { return .caughtLater(on: tokens) }
    if try isSameInPhases { return .harmless }
    if let fate = try fateWithinLength { return fate }
    // Clocks that alternate stand still in pairs, which here may take all the time there is.
    if try pair(from: 0, work: 1_000_000, expansions: [1_024]).showsEquality { return .harmless }
    return .undecided("one step: \(single); certificates: \(certificates)")
  }

  /// Networks for bounded lengths are what they are for on any number of tokens up to it.
  private func isShort(_ tokens: [[Rational]]) -> Bool { tokens.count <= maximumLength ?? .max }

  /// Whether the programs are the same by relations that hold only after some steps, or only from
  /// every other step to the next but one, as those of a state that grows with alternating signs.
  private var isSameInPhases: Bool {
    get throws {
      for skipped in [1, 3, 8] {
        let comparison = StepComparison(
          before: before, after: after, inputBounds: ranges, skipped: skipped,
          work: 200_000, expansions: [64])
        if comparison.showsEquality { return true }
      }
      return try [0, 3].contains {
        try pair(from: $0, work: 200_000, expansions: [64]).showsEquality
      }
    }
  }

  /// Two steps at a time.
  private func pair(
    from skipped: Int, work: Int, expansions: [Int]
  ) throws -> StepComparison {
    StepComparison(
      before: try before.inBlocks(of: 2, reading: ranges.count),
      after: try after.inBlocks(of: 2, reading: ranges.count), inputBounds: ranges + ranges,
      skipped: skipped, work: work, expansions: expansions)
  }

  /// All steps at once, if there is a bound on their number; nil if that says nothing.
  private var fateWithinLength: MutationFate? {
    get throws {
      guard let maximumLength else { return nil }
      let search = CouplingSearch(
        source: try before.unrolled(steps: maximumLength, reading: ranges.count),
        target: try after.unrolled(steps: maximumLength, reading: ranges.count),
        inputBounds: (0..<maximumLength).flatMap { _ in ranges })
      switch search.run() {
      case .found: return .harmless
      case .different(let tokens):
        return .caughtLater(
          on: tokens.flatMap { token in
            stride(from: 0, to: token.count, by: ranges.count).map {
              Array(token[$0..<$0 + ranges.count])
            }
          })
      case .notFound: return nil
      }
    }
  }
}
