import Certificates
import ExactArithmetic
import LSRL
import PropertyTesting
import Testing

@testable import Verification

@Suite("Relations that hold as long as something is small")
struct GuardedRelationTests {
  private static func cell(_ statements: String) throws -> CellProgram {
    CellProgram(
      try Program(parsing: "ForEach:\n  x = Input(dim=1)\n\(statements)", file: "test.lsrl").graph)
  }

  /// What adds up σ(y) and `extra` times σ(y − start), with y = steepness (x − 1/9973), so that
  /// random tokens hardly ever show what happens close to 0.
  private struct Counter {
    var steepness: Rational = 1
    var start: Rational = 1
    var decay: Rational = 1
    var enough: Rational = 1

    func cell(_ first: Rational, _ extra: Rational) throws -> CellProgram {
      let offset = steepness / 9973
      return try GuardedRelationTests.cell(
        """
          p = ReLU(Linear(x, A=[[\(steepness)], [\(steepness)]], b=[\(-offset), \(-offset - start)]))
          s = LinState(p, A=[[\(decay)]], B=[[\(first), \(extra)]])
          return ReLU(Linear(s, A=[[-1]], b=[\(enough)]))
        """)
    }

    func token(_ y: Rational) -> Rational { y / steepness + Rational(1, 9973) }
  }

  private static func isShown(_ counter: Counter, extra: Rational) throws -> Bool {
    StepComparison(
      before: try counter.cell(1, 0), after: try counter.cell(1, extra), inputBounds: [.everything]
    ).showsEquality
  }

  @Test("What is enough may be any more")
  func saturation() throws {
    #expect(try Self.isShown(Counter(), extra: 1))
    #expect(try Self.isShown(Counter(start: 3), extra: 1))
    #expect(try Self.isShown(Counter(enough: Rational(1, 2)), extra: 3))
    // Tokens between start and 1 show it; no random ones do.
    let early = Counter(steepness: 1_000_000, start: Rational(9_999, 10_000))
    #expect(try !Self.isShown(early, extra: 1))
    // It is less again, later.
    #expect(try !Self.isShown(Counter(decay: Rational(1, 2)), extra: 1))
  }

  @Test("What is shown is so, for numbers between those that show anything")
  func soundness() throws {
    var random = SplitMix64(seed: 5, trial: 0)
    let grid = (-2...26).map { Rational($0, 8) }
    var shown = 0
    for _ in 0..<60 {
      let counter = Counter(
        steepness: [1, 9, 1_000][Int.random(in: 0..<3, using: &random)],
        start: Rational(Int.random(in: 1...12, using: &random), 4),
        decay: [1, 1, 2, Rational(1, 2)][Int.random(in: 0..<4, using: &random)],
        enough: Rational(Int.random(in: 1...8, using: &random), 4))
      let extra = Rational([1, 2, -1, 3][Int.random(in: 0..<4, using: &random)], 2)
      guard try Self.isShown(counter, extra: extra) else { continue }
      shown += 1
      let (before, after) = (try counter.cell(1, 0), try counter.cell(1, extra))
      for first in grid {
        for second in grid {
          let tokens = [[counter.token(first)], [counter.token(second)]]
          #expect(
            before.outputs(tokens) == after.outputs(tokens), "\(counter), \(extra): \(tokens)")
        }
      }
    }
    #expect(shown > 10, "\(shown)")
  }

  @Test("Guesses are what samples show, and say something")
  func guesses() throws {
    let counter = Counter()
    let runs = JointRuns(
      try counter.cell(1, 0), try counter.cell(1, 1), inputBounds: [.everything])
    let found = runs.guardedRelations(among: [0, 1])
    #expect(found.contains { $0.coordinate == 1 && $0.twin == 0 && $0.bounded == 0 })
    for relation in found {
      var (holdsByGuard, holdsWithout) = (false, false)
      for sample in runs.samples {
        let isTwin = sample[relation.coordinate] == (relation.twin.map { sample[$0] } ?? 0)
        let isLarge = sample[relation.bounded] >= relation.least
        #expect(isTwin || isLarge)
        if isTwin { holdsWithout = true } else { holdsByGuard = true }
      }
      #expect(holdsByGuard && holdsWithout)
      #expect(!runs.guardedRelations(among: [0, 1], without: [relation]).contains(relation))
    }
  }
}

extension CellProgram {
  fileprivate func outputs(_ tokens: [[Rational]]) -> [[Rational]] {
    var remembered = memory(Rational.self)
    return tokens.map { token in
      remembered = step(token, after: remembered)
      return remembered[output]
    }
  }
}
