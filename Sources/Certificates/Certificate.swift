import ExactArithmetic

/// The claim that two programs have the same outputs on every input sequence, of every length, and
/// what it takes to see that in one step.
///
/// The reason is a coupling: for coordinates of the target's remembered values, which quantity of
/// the source they always equal. The quantities are the outputs of `coupling`, a program without
/// memory that reads values of the source one step before; it may also read values of the target,
/// and coordinates of the source may be linked as well: what remembered values say of each other.
///
/// Nothing here is trusted: a certificate may come from anywhere.
public struct Certificate: Hashable, Sendable {
  /// A coordinate of a node's value.
  public struct Coordinate: Hashable, Sendable {
    public let node: Int
    public let place: Int

    public init(node: Int, place: Int) {
      self.node = node
      self.place = place
    }
  }

  /// Assumptions of the claim, one for each coordinate of a token.
  public var inputBounds: [Interval]

  public var source: CellProgram
  public var target: CellProgram

  /// What `coupling` reads: remembered values of the source.
  public var reads: [Coordinate]

  /// What it reads beside: remembered values of the target. They come behind those of the source.
  public var targetReads: [Coordinate]
  public var coupling: CellProgram

  /// By the target's node and coordinate: the output of `coupling` that it equals; nil for no claim.
  public var links: [[Int?]]

  /// The same by the source's node and coordinate.
  public var sourceLinks: [[Int?]]

  /// Enclosures, by node and coordinate, of what is remembered, before the first step and after
  /// each: claims that are checked like the links. May be shorter than the list of nodes, and empty
  /// for a node about which nothing is claimed.
  public var sourceBounds: [[Interval]]
  public var targetBounds: [[Interval]]

  public init(
    inputBounds: [Interval], source: CellProgram, target: CellProgram, reads: [Coordinate],
    targetReads: [Coordinate] = [], coupling: CellProgram, links: [[Int?]],
    sourceLinks: [[Int?]] = [], sourceBounds: [[Interval]] = [], targetBounds: [[Interval]] = []
  ) {
    self.inputBounds = inputBounds
    self.source = source
    self.target = target
    self.reads = reads
    self.targetReads = targetReads
    self.coupling = coupling
    self.links = links
    self.sourceLinks = sourceLinks
    self.sourceBounds = sourceBounds
    self.targetBounds = targetBounds
  }
}
