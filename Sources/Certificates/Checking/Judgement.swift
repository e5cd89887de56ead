import ExactArithmetic

/// What the judge says of a certificate.
public enum Judgement: Hashable, Sendable {
  /// The two programs have the same outputs on every input sequence within the input bounds, of
  /// every length. `atoms` is how many different quantities one step took.
  case accepted(atoms: Int)

  /// The first thing that is not seen to hold. The claim may be true all the same.
  case rejected(Rejection)

  /// Too much to look at.
  case undecided(MetLimit)

  public var isAccepted: Bool { if case .accepted = self { true } else { false } }
}

/// Why a certificate is not accepted. Forms are written for people, and cut where they are long.
public enum Rejection: Error, Hashable, Sendable {
  public enum Part: String, Hashable, Sendable {
    case source, target
    case coupling = "coupling program"
  }

  /// When a claim fails: before the first step, or after a step before which all claims held.
  public enum Moment: Hashable, Sendable {
    case start, step
  }

  case malformed(Part, Malformation)

  /// The coupling program has a memory of its own, at this node.
  case couplingRemembers(node: Int)

  /// What the coupling program reads at `place` is not remembered.
  case readsNothing(Part, place: Int, Certificate.Coordinate)

  case moreLinksThanMemory(Part, node: Int, links: Int, remembered: Int)

  /// A link to an output that the coupling program does not have.
  case linkToNothing(Part, Certificate.Coordinate, output: Int, outputs: Int)

  case moreBoundsThanMemory(Part, node: Int, bounds: Int, remembered: Int)

  /// A remembered coordinate is not what the coupling says.
  case link(Part, Certificate.Coordinate, output: Int, Moment, found: String, expected: String)

  /// A remembered coordinate is not seen to keep to its bounds; `known` is what is seen.
  case bound(
    Part, Certificate.Coordinate, Moment, claimed: Interval, value: String, known: String)

  case outputDimensions(source: Int, target: Int)

  /// Outputs that are different forms; `difference` is source − target.
  case output(place: Int, source: String, target: String, difference: String)
}

extension Judgement: CustomStringConvertible {
  public var description: String {
    switch self {
    case .accepted(let atoms): "accepted, with \(atoms) atoms"
    case .rejected(let rejection): "rejected: \(rejection)"
    case .undecided(let limit): "undecided: \(limit)"
    }
  }
}

extension Rejection.Moment: CustomStringConvertible {
  public var description: String { self == .start ? "before the first step" : "after a step" }
}

extension Rejection: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let part, let malformation): return "the \(part.rawValue): \(malformation)"
    case .couplingRemembers(let node):
      return "the coupling program: expected no memory, found one at node \(node)"
    case .readsNothing(let part, let place, let coordinate):
      return "the coupling program reads \(coordinate) of the \(part.rawValue) at place \(place), "
        + "which is not remembered"
    case .moreLinksThanMemory(let part, let node, let links, let remembered):
      return
        "\(part.rawValue) node \(node): expected at most \(remembered) links, one for each number that "
        + "is remembered, found \(links)"
    case .linkToNothing(let part, let coordinate, let output, let outputs):
      return
        "\(part.rawValue) \(coordinate): expected a link to one of \(outputs) outputs of the coupling "
        + "program, found \(output)"
    case .moreBoundsThanMemory(let part, let node, let bounds, let remembered):
      return "\(part.rawValue) node \(node): expected at most \(remembered) bounds, one for each "
        + "number that is remembered, found \(bounds)"
    case .link(let part, let coordinate, let output, let moment, let found, let expected):
      return
        "\(part.rawValue) \(coordinate) is not output \(output) of the coupling program \(moment): "
        + "expected \(expected), found \(found)"
    case .bound(let part, let coordinate, let moment, let claimed, let value, let known):
      return "\(part.rawValue) \(coordinate) is not seen to be within \(claimed) \(moment): "
        + "it is \(value), seen to be within \(known)"
    case .outputDimensions(let source, let target):
      return "expected as many outputs as the source has, \(source), found \(target)"
    case .output(let place, let source, let target, let difference):
      return "output \(place): the source has \(source), the target \(target), "
        + "the difference is \(difference)"
    }
  }
}

extension Certificate.Coordinate: CustomStringConvertible {
  public var description: String { "node \(node), coordinate \(place)" }
}
