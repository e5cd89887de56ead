import Certificates
import ExactArithmetic

/// A sum of multiples of remembered numbers that was never negative.
struct JointBound {
  /// In the order in which they are read.
  let terms: [(memory: Memory, coefficient: Rational)]
  let constant: Rational

  /// Of the terms, the first that is still read is the one in the place of which the sum is.
  let pivots: [Memory]

  /// `memory` as it is in a step.
  func value(in step: ObservedStep) -> Rational {
    terms.reduce(constant) { $0 + $1.coefficient * step.value(of: $1.memory) }
  }
}

extension CouplingSearch {
  /// Certificates one behind the other that lead from the source to the target through programs that
  /// remember other numbers: with s and t, where 2 s + t ≥ 0 is needed, the sum 2 s + t instead of
  /// t. Then this is a bound of one remembered number, as certificates claim them.
  ///
  /// Which sums: those in values of which the judge does not see the sign that they always had. First
  /// those of all attempts together, and then those of each alone: attempts express numbers by others,
  /// and what one of them needs may be in the way of another.
  ///
  /// Programs of more nodes than `jointNodeLimit` together are not looked at: each round takes as long
  /// as a search that fails, or longer.
  public func runThroughJointBounds() -> [Certificate]? {
    guard isSmallEnoughForSums, budget?.isSpent != true else { return nil }
    var rejected: [RejectedAttempt] = []
    switch run(rejected: &rejected) {
    case .found(let certificate): return [certificate]
    case .different: return nil
    case .notFound: break
    }
    if let found = throughSums(of: rejected.map(\.certificate), rounds: 3) { return found }
    for attempt in rejected where Self.ordering.contains(attempt.number) {
      for pivots in [PivotChoice.leastKnown, .leastLost] {
        report?("sums of attempt \(attempt.number) alone, \(pivots)")
        var search = self
        search.alone = (attempt.number, pivots)
        if let found = search.throughSums(of: attempt.certificates, rounds: 5) { return found }
      }
    }
    return nil
  }

  /// `rounds`: how often sums are chosen, as it may take other sums to see the bound of one.
  private func throughSums(of rejected: [Certificate], rounds: Int) -> [Certificate]? {
    guard rounds > 0, budget?.isSpent != true, let bounds = try? jointBounds(of: rejected),
      !bounds.isEmpty
    else {
      return nil
    }
    let joint = JointProgram(source, target, bounds)
    let first = joint.certificate(inputBounds: inputBounds)
    report?("through a program that remembers \(joint.sumCount) sums")
    guard joint.sumCount > 0, first.judged().isAccepted else { return nil }
    var next = self
    next.source = joint.program
    next.leadingNodes = joint.sumPlaces + leadingNodes.map(joint.place(ofSource:))
    guard next.isSmallEnoughForSums, budget?.isSpent != true else { return nil }
    var rejected: [RejectedAttempt] = []
    switch next.run(rejected: &rejected) {
    case .found(let certificate): return [first, certificate]
    case .different: return nil
    case .notFound: break
    }
    let certificates = rejected.flatMap { alone == nil ? [$0.certificate] : $0.certificates }
    return next.throughSums(of: certificates, rounds: rounds - 1)
      .map { [first] + $0 }
  }

  private var isSmallEnoughForSums: Bool {
    source.nodes.count + target.nodes.count <= Self.jointNodeLimit
  }

  private static let mostSums = 5
  private static let jointNodeLimit = 600

  /// The sums in open signs, with what they never were less than.
  private func jointBounds(of rejected: [Certificate]) throws(MetLimit) -> [JointBound] {
    let steps = observedSteps()
    var bounds: [JointBound] = []
    var isKnown: Set<[Memory: Rational]> = []
    for certificate in rejected {
      for sign in try certificate.openSigns(on: steps.early + steps.late) {
        report?("  open sign: \(sign.text)")
        for terms in [sign.terms, sign.terms.filter { !$0.isBounded }] {
          guard let lead = terms.first?.coefficient.magnitude else { continue }
          let memories = terms.map {
            (memory: $0.memory, coefficient: $0.coefficient / lead)
          }
          let key = Dictionary(memories.map { ($0.memory, $0.coefficient) }) { $0 + $1 }
          guard isKnown.insert(key).inserted else { continue }
          let pivots = pivots(of: terms, in: certificate)
          let sum = JointBound(terms: memories, constant: 0, pivots: pivots)
          let least = (
            early: steps.early.map(sum.value).min(), late: steps.late.map(sum.value).min()
          )
          // A least value that other runs go below is none.
          guard let bound = least.early, let late = least.late, late >= bound else { continue }
          bounds.append(JointBound(terms: memories, constant: -bound, pivots: pivots))
        }
      }
    }
    return alone == nil ? Array(bounds.prefix(Self.mostSums)) : apart(bounds)
  }

  /// Of sums of the same numbers the first: with two of them, the numbers that they are sums of would
  /// not be read any more, nor would anything be known of these.
  private func apart(_ bounds: [JointBound]) -> [JointBound] {
    var chosen: [JointBound] = []
    for bound in bounds where chosen.count < Self.mostSums {
      let memories = Set(bound.terms.map(\.memory))
      if chosen.contains(where: { memories.intersection($0.terms.map(\.memory)).count > 1 }) {
        continue
      }
      chosen.append(bound)
    }
    return chosen
  }

  /// In the place of which of its terms a sum is.
  enum PivotChoice {
    /// Of those without the bound that the sum would need, the last; else the first of all.
    case leastKnown

    /// What sum and other terms do not say of a term is how far it may go in the direction in which
    /// the sum may. So those first that have no bound there, and of these those that have none at
    /// all; the last of them.
    case leastLost
  }

  /// In this order. For all attempts together, the last.
  private func pivots(of terms: [OpenSign.Term], in certificate: Certificate) -> [Memory] {
    guard let alone else { return terms.reversed().map(\.memory) }
    if alone.pivots == .leastKnown {
      return (terms.reversed().filter { !$0.isBounded } + terms.filter(\.isBounded)).map(\.memory)
    }
    func isLost(_ term: OpenSign.Term) -> Bool {
      let claims = term.part == .source ? certificate.sourceBounds : certificate.targetBounds
      let (node, place) = (term.coordinate.node, term.coordinate.place)
      guard claims.indices.contains(node), claims[node].indices.contains(place) else {
        return false
      }
      let claim = claims[node][place]
      return (term.coefficient > 0 ? claim.upper : claim.lower) != nil
    }
    let kept = terms.reversed().filter { !isLost($0) }
    return
      (kept.filter { !$0.isBounded } + kept.filter(\.isBounded) + terms.filter(isLost))
      .map(\.memory)
  }

  /// Steps of some runs from the start, in two halves. Those of the second are longer: what falls
  /// from step to step goes on falling.
  private func observedSteps() -> (early: [ObservedStep], late: [ObservedStep]) {
    var tokens = Tokens(within: inputBounds, seed: 3)
    var halves: [[ObservedStep]] = [[], []]
    for run in 0..<40 {
      var source = source.memory(Rational.self)
      var target = target.memory(Rational.self)
      let length = [0: 24, 1: 48][run % 10] ?? 8
      for token in tokens.sequence(length: length) {
        if Observations.isLong(source) || Observations.isLong(target) { break }
        halves[run % 2].append(ObservedStep(token: token, source: source, target: target))
        source = self.source.values(reading: token, after: source)
        target = self.target.values(reading: token, after: target)
      }
    }
    return (halves[0], halves[1])
  }
}

extension OpenSign.Term {
  fileprivate var memory: Memory {
    Memory(side: part == .source ? .source : .target, place: coordinate)
  }
}

extension ObservedStep {
  fileprivate func value(of memory: Memory) -> Rational {
    (memory.side == .source ? source : target)[memory.place.node][memory.place.place]
  }
}
