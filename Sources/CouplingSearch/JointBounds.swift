import Certificates
import ExactArithmetic

/// A sum of multiples of remembered numbers that was never negative.
struct JointBound {
  /// In the order in which they are read.
  let terms: [(memory: Memory, coefficient: Rational)]
  let constant: Rational

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
  /// Which sums: those in values of which the judge does not see the sign that they always had.
  /// `rounds`: how often sums are chosen, as it may take other sums to see the bound of one. Programs
  /// of more nodes than `jointNodeLimit` together are not looked at: each round takes as long as a
  /// search that fails, or longer.
  public func runThroughJointBounds(rounds: Int = 3) -> [Certificate]? {
    guard source.nodes.count + target.nodes.count <= Self.jointNodeLimit,
      budget?.isSpent != true
    else { return nil }
    var rejected: [Certificate] = []
    switch run(rejected: &rejected) {
    case .found(let certificate): return [certificate]
    case .different: return nil
    case .notFound: break
    }
    guard rounds > 0, budget?.isSpent != true, let bounds = try? jointBounds(of: rejected),
      !bounds.isEmpty
    else {
      return nil
    }
    let joint = JointProgram(source, target, bounds)
    let first = joint.certificate(inputBounds: inputBounds)
    report?("through a program that remembers \(joint.sumCount) sums")
    guard joint.sumCount > 0, first.judged().isAccepted else { return nil }
    var next = CouplingSearch(source: joint.program, target: target, inputBounds: inputBounds)
    next.attempts = attempts
    next.firstAttempt = firstAttempt
    next.memoryLimit = memoryLimit
    next.report = report
    next.budget = budget
    guard let rest = next.runThroughJointBounds(rounds: rounds - 1) else { return nil }
    return [first] + rest
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
            (
              memory: Memory(side: $0.part == .source ? .source : .target, place: $0.coordinate),
              coefficient: $0.coefficient / lead
            )
          }
          let key = Dictionary(memories.map { ($0.memory, $0.coefficient) }) { $0 + $1 }
          guard isKnown.insert(key).inserted else { continue }
          let sum = JointBound(terms: memories, constant: 0)
          let least = (
            early: steps.early.map(sum.value).min(), late: steps.late.map(sum.value).min()
          )
          // A least value that other runs go below is none.
          guard let bound = least.early, let late = least.late, late >= bound else { continue }
          bounds.append(JointBound(terms: memories, constant: -bound))
        }
      }
    }
    return Array(bounds.prefix(Self.mostSums))
  }

  /// Steps of some runs from the start, in two halves.
  private func observedSteps() -> (early: [ObservedStep], late: [ObservedStep]) {
    var tokens = Tokens(within: inputBounds, seed: 3)
    var halves: [[ObservedStep]] = [[], []]
    for run in 0..<40 {
      var source = source.memory(Rational.self)
      var target = target.memory(Rational.self)
      for token in tokens.sequence(length: run % 10 == 0 ? 24 : 8) {
        if Observations.isLong(source) || Observations.isLong(target) { break }
        halves[run % 2].append(ObservedStep(token: token, source: source, target: target))
        source = self.source.values(reading: token, after: source)
        target = self.target.values(reading: token, after: target)
      }
    }
    return (halves[0], halves[1])
  }
}

extension ObservedStep {
  fileprivate func value(of memory: Memory) -> Rational {
    (memory.side == .source ? source : target)[memory.place.node][memory.place.place]
  }
}
