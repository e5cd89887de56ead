import Certificates
import ExactArithmetic

/// Finds a certificate that two programs have the same outputs, if it can: nothing that it finds is
/// trusted, the judge decides.
///
/// It runs both programs on random tokens and looks which remembered numbers are affine functions
/// of others, in all runs and at the start: those become links. (A lowering that keeps s as s⁺ and
/// s⁻ remembers numbers whose difference is s; one that keeps past inputs, numbers of which s is a
/// sum; a path with merged states, numbers that several states are multiples of.) What is left is
/// claimed to stay within its interval enclosures. Then the judge is asked, what it cannot confirm
/// is dropped or observed for longer, and it is asked again, a few times.
///
/// It never sees how a target was compiled.
public struct CouplingSearch: Sendable {
  public internal(set) var source: CellProgram
  public let target: CellProgram

  /// What each coordinate of a token keeps to.
  public let inputBounds: [Interval]

  /// How often claims are guessed anew before the search gives up.
  public var attempts = 6

  /// Which attempt is the first: from the fifth on, states between those that programs come to are
  /// observed, too.
  public var firstAttempt = 0

  /// Whether more choices are tried of which numbers express the others, after all attempts.
  public var triesOrders = false

  /// If only one attempt is made, and how its sums are read.
  var alone: (attempt: Int, pivots: PivotChoice)?

  /// Nodes of the source that express others before those of which most is known.
  var leadingNodes: [Int] = []

  /// Whether claims are tried only in states around those that programs come to, where all bounds
  /// hold.
  public var staysNear = false

  /// More remembered numbers than this are not looked at: time grows with their cube.
  public var memoryLimit = 4_000

  /// Shared by searches that may do so much together; nil: any amount. When it is spent, the attempt
  /// that is under way is the last.
  public var budget: SearchBudget?

  /// Is told what is tried, and what the judge says.
  public var report: (@Sendable (String) -> Void)?

  public init(source: CellProgram, target: CellProgram, inputBounds: [Interval]) {
    self.source = source
    self.target = target
    self.inputBounds = inputBounds
  }

  public enum Outcome: Sendable {
    /// The judge accepted it.
    case found(Certificate)

    /// The programs have different outputs on these tokens, last.
    case different(on: [[Rational]])

    /// Says why the last attempt was rejected.
    case notFound(String)
  }

  public func run() -> Outcome {
    var rejected: [RejectedAttempt] = []
    return run(rejected: &rejected)
  }

  /// What an attempt ended with that did not find a certificate.
  struct RejectedAttempt {
    let number: Int
    let certificate: Certificate

    /// Of all that was observed, if it was made for that.
    var observed: Certificate?

    var certificates: [Certificate] { (observed.map { [$0] } ?? []) + [certificate] }
  }

  /// `rejected`: all attempts, if none was accepted.
  func run(rejected: inout [RejectedAttempt]) -> Outcome {
    let dimensions: (source: [Int], target: [Int])
    do throws(Malformation) {
      dimensions = (
        try source.dimensions(reading: inputBounds.count),
        try target.dimensions(reading: inputBounds.count)
      )
    } catch {
      return .notFound("\(error)")
    }
    let memories =
      Memory.all(of: source, .source, dimensions.source)
      + Memory.all(of: target, .target, dimensions.target)
    guard memories.count <= memoryLimit else {
      return .notFound("\(memories.count) remembered numbers, more than \(memoryLimit)")
    }
    return run(
      Observations(of: memories, source: source, target: target, dimensions: dimensions), &rejected)
  }

  private func run(
    _ observations: Observations, _ rejected: inout [RejectedAttempt]
  ) -> Outcome {
    let memories = observations.memories
    var observations = observations
    var tokens = Tokens(within: inputBounds, seed: 1)
    var reasons: [String] = []
    let work = staysNear ? 400_000 : 20_000
    let ranges = (
      source: source.rememberedRanges(ofInputs: inputBounds, work: work),
      target: target.rememberedRanges(ofInputs: inputBounds, work: work)
    )
    // Where nothing is remembered there is nothing to choose.
    for attempt in memories.isEmpty ? [firstAttempt] : allAttempts {
      if budget?.isSpent == true {
        reasons.append("the search has done all the work that it may")
        break
      }
      if !Self.ordering.contains(attempt) || observations.sampleCount == 0 {
        observe(attempt, &observations, &tokens)
        if attempt >= 4 { observeBetween(&observations, &tokens) }
      }
      if let tokens = observations.counterexample { return .different(on: tokens) }
      let bounds = bounds(observations, within: ranges)
      let order = order(of: memories, attempt, bounds)
      report?(
        "attempt \(attempt): \(memories.count) remembered numbers, "
          + "\(observations.sampleCount) samples, "
          + "\(observations.exactStepCount) steps looked at closely")
      var draft = draft(observations, order, keeping(attempt), bounds)
      switch refined(&draft) {
      case .success(let certificate): return .found(certificate)
      case .failure(let last):
        reasons.append(last.reason)
        var attempt = RejectedAttempt(number: attempt, certificate: draft.certificate)
        if Self.ordering.contains(attempt.number) {
          let whole = self.draft(
            observations, order, keeping(attempt.number), bounds, isWidened: false)
          attempt.observed = whole.certificate
        }
        rejected.append(attempt)
      }
    }
    return .notFound(reasons.joined(separator: "\n  "))
  }

  private struct LastRejection: Error { let reason: String }

  // MARK: Guessing

  /// More and longer runs, attempt by attempt. One run is as long as there are unknowns: those that
  /// do not depend on the input show nothing new in a second run.
  private func observe(
    _ attempt: Int, _ observations: inout Observations, _ tokens: inout Tokens
  ) {
    let unknowns = observations.memories.count + 12
    let stepCost = source.stepCost + target.stepCost
    func observe(length: Int) {
      budget?.spend(length * stepCost)
      observations.observe(tokens.sequence(length: length))
    }
    observe(length: min((attempt + 1) * unknowns, 400))
    for run in 0..<200 where observations.counterexample == nil {
      if run >= 6, observations.sampleCount >= (attempt + 2) * unknowns { return }
      // Programs that do not look at their input give the same samples again and again.
      if run >= 16, observations.sampleCount < run { return }
      if run >= 6, budget?.isSpent == true { return }
      observe(length: 10 * (attempt + 1))
    }
  }

  private func observeBetween(_ observations: inout Observations, _ tokens: inout Tokens) {
    var random = RandomWords(seed: 7)
    let runs = min(2 * observations.memories.count + 24, 400)
    budget?.spend(3 * runs * (source.stepCost + target.stepCost))
    for _ in 0..<runs {
      observations.observeBetween(tokens.sequence(length: 3), choosing: &random)
    }
  }

  /// What is not expressed by several others: of a sum of numbers that are not negative that is seen,
  /// of a difference that is equal to such a number it is not.
  private enum Keeping { case nothing, source, targetByItself }

  private func keeping(_ attempt: Int) -> Keeping {
    if Self.ordering.contains(attempt) { return .nothing }
    return [.source, .nothing, .nothing, .targetByItself][attempt % 4]
  }

  /// Attempts that choose among all numbers of the source which ones express the others; they look at
  /// what was observed by then.
  static let ordering = 8..<10

  private var allAttempts: [Int] {
    if let alone { return [alone.attempt] }
    return Array(firstAttempt..<max(firstAttempt + 1, attempts))
      + (triesOrders ? Array(Self.ordering) : [])
  }

  /// Which remembered numbers express the others: the source's, or every fourth time the target's.
  /// Then of the source those of which most is known: what is a sum of them has bounds, too. Then its
  /// last ones: what sums up others grows as they do, and a sum that shrinks beside one that grows
  /// does not show its sign.
  private func order(
    of memories: [Memory], _ attempt: Int, _ bounds: [BoundCandidates]
  ) -> [Int] {
    let source = memories.indices.filter { memories[$0].side == .source }
    let target = memories.indices.filter { memories[$0].side == .target }
    switch attempt {
    case Self.ordering.lowerBound:
      let leading = source.filter { leadingNodes.contains(memories[$0].place.node) }
      let rest = source.filter { !leadingNodes.contains(memories[$0].place.node) }
      return leading + (0...2).flatMap { rank in rest.filter { bounds[$0].rank == rank } } + target
    case Self.ordering.upperBound - 1: return source.reversed() + target
    case _ where attempt % 4 == 2: return target + source
    default: return source + target
    }
  }

  /// By memory.
  private func bounds(
    _ observations: Observations, within ranges: (source: [[Interval]], target: [[Interval]])
  ) -> [BoundCandidates] {
    observations.memories.enumerated().map { number, memory in
      let side = memory.side == .source ? ranges.source : ranges.target
      let range = side[memory.place.node][memory.place.place]
      // A sign that was never seen may be proved by the judge where intervals do not see it; so may
      // be that what only falls stays below what it was.
      let start = observations.start(of: memory)
      return BoundCandidates(
        known: range, isNonnegative: observations.isNonnegative[number],
        isNonpositive: observations.isNonpositive[number],
        least: observations.isAtLeastStart[number] ? start : nil,
        most: observations.isAtMostStart[number] ? start : nil)
    }
  }

  private func draft(
    _ observations: Observations, _ order: [Int], _ keeping: Keeping,
    _ bounds: [BoundCandidates], isWidened: Bool = true
  ) -> Draft {
    let sourceCount = observations.memories.count { $0.side == .source }
    let ordered = order.map { observations.memories[$0] }
    var closure = Closure(
      source: source, target: target, inputBounds: inputBounds, memories: ordered,
      freedoms: ordered.map { staysNear ? .any : freedom(of: $0, keeping, sourceCount) },
      rows: observations.rows.map { row in order.map { row[$0] } }, seed: UInt64(order.count))
    if staysNear {
      closure.surroundings = Surroundings(
        observations.remembered.map { row in order.map { row[$0] } }, of: ordered,
        source: source, target: target, inputBounds: inputBounds, budget: budget)
      closure.keepsSource = keeping == .source
    }
    return Draft(closure, bounds: order.map { bounds[$0] }, isWidened: isWidened)
  }

  private func freedom(
    of memory: Memory, _ keeping: Keeping, _ sourceCount: Int
  ) -> AffineHull.Freedom {
    switch (keeping, memory.side) {
    case (.source, .source): .simple
    case (.targetByItself, .target): .joint(with: sourceCount)
    case (.targetByItself, .source), (.source, .target), (.nothing, _): .any
    }
  }
}

extension Memory {
  /// The remembered numbers that matter, in the order of nodes.
  fileprivate static func all(
    of program: CellProgram, _ side: Side, _ dimensions: [Int]
  ) -> [Memory] {
    let relevance = Relevance(of: program, dimensions: dimensions)
    return program.nodes.indices.flatMap { node in
      relevance.remembered[node].indices.filter { relevance.remembered[node][$0] }
        .map { Memory(side: side, place: .init(node: node, place: $0)) }
    }
  }
}

// MARK: - Asking the judge

extension CouplingSearch {
  /// Drops bounds that the judge cannot confirm, until it accepts or rejects for another reason.
  private func refined(_ draft: inout Draft) -> Result<Certificate, LastRejection> {
    for round in 0..<16 {
      let certificate = draft.certificate
      report?(" round \(round)")
      let rejections: [Rejection]
      do {
        rejections = try certificate.rejections()
      } catch {
        return .failure(LastRejection(reason: "\(error)"))
      }
      guard let first = rejections.first else { return .success(certificate) }
      if let report { for rejection in rejections { report("  \(rejection)") } }
      do {
        guard try draft.drop(rejections) else {
          return .failure(LastRejection(reason: "\(first)"))
        }
      } catch {
        return .failure(LastRejection(reason: "\(error)"))
      }
    }
    return .failure(LastRejection(reason: "claims that fall one after the other"))
  }
}
