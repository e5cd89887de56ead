extension Rejection {
  /// Why a certificate can be rejected, without where: `fixtures/rejected-certificates` has one for
  /// each, under the reason's name.
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    case readsNoEarlierNode = "reads-no-earlier-node"
    case mapOfOtherDimension = "map-of-other-dimension"
    case oddProduct = "odd-product"
    case recurrenceOfOtherDimension = "recurrence-of-other-dimension"
    case nothingRemembered = "nothing-remembered"
    case initialValueOfOtherDimension = "initial-value-of-other-dimension"
    case moreInitialValuesThanNodes = "more-initial-values-than-nodes"
    case noOutput = "no-output"
    case tooWide = "too-wide"
    case couplingRemembers = "coupling-remembers"
    case readsNothing = "reads-nothing"
    case moreLinksThanMemory = "more-links-than-memory"
    case linkToNothing = "link-to-nothing"
    case moreBoundsThanMemory = "more-bounds-than-memory"
    case linkAtStart = "link-at-start"
    case linkAfterStep = "link-after-step"
    case boundAtStart = "bound-at-start"
    case boundAfterStep = "bound-after-step"
    case outputDimensions = "output-dimensions"
    case outputs
  }

  public var reason: Reason {
    switch self {
    case .malformed(_, let malformation): malformation.reason.ofRejection
    case .couplingRemembers: .couplingRemembers
    case .readsNothing: .readsNothing
    case .moreLinksThanMemory: .moreLinksThanMemory
    case .linkToNothing: .linkToNothing
    case .moreBoundsThanMemory: .moreBoundsThanMemory
    case .link(_, _, _, .start, _, _): .linkAtStart
    case .link(_, _, _, .step, _, _): .linkAfterStep
    case .bound(_, _, .start, _, _, _): .boundAtStart
    case .bound(_, _, .step, _, _, _): .boundAfterStep
    case .outputDimensions: .outputDimensions
    case .output: .outputs
    }
  }
}

extension Malformation.Reason {
  fileprivate var ofRejection: Rejection.Reason {
    switch self {
    case .readsNoEarlierNode: .readsNoEarlierNode
    case .mapOfOtherDimension: .mapOfOtherDimension
    case .oddProduct: .oddProduct
    case .recurrenceOfOtherDimension: .recurrenceOfOtherDimension
    case .nothingRemembered: .nothingRemembered
    case .initialValueOfOtherDimension: .initialValueOfOtherDimension
    case .moreInitialValuesThanNodes: .moreInitialValuesThanNodes
    case .noOutput: .noOutput
    case .tooWide: .tooWide
    }
  }
}
