import ErrorAnalysis
import Evaluation
import ExactArithmetic
import LSRL

/// What is known of a path, or a network, in binary64 without any noise.
public enum NoiseVerdict: Sendable {
  /// Each answer to each question is proved to round to the right word, or to be within `bound` of
  /// what the program says exactly.
  case certified(bound: Double)

  /// An answer is wrong; the fewest tokens for which one was found.
  case wrong(tokens: [[Rational]], found: [Double], exact: [Rational])

  /// Nothing was found wrong, and not all is proved.
  case undecided(bound: Double)
}

extension NoiseExperiment {
  /// How far off an answer of `vectors` may be that still counts as right.
  public static let tolerance = 1e-3

  /// The verdict on the questions of `targets`, by running bounds against the program exactly.
  public func verdict(on program: Program, targets: Range<Int>) throws -> NoiseVerdict {
    let exact = ExactEngine(Tape(program.graph))
    let bound = try RunningBound(tape, format: .binary64, mode: .tight)
    var largest = 0.0
    for target in targets {
      for question in task.questions(target: target, seed: seed) {
        let wanted = try exact.run(question.tokens)
        let found = try bound.run(question.tokens)
        let places = found.count - question.answers.count..<found.count
        for place in places {
          if !isRight(found[place].map(\.value), wanted[place]) {
            return try shrunk(question, exact, bound)
          }
          largest = max(largest, found[place].map(\.bound).max() ?? 0)
        }
      }
    }
    let limit =
      switch task {
      case .words: 0.5
      case .vectors: NoiseExperiment.tolerance
      }
    return largest < limit ? .certified(bound: largest) : .undecided(bound: largest)
  }

  private func isRight(_ found: [Double], _ wanted: [Rational]) -> Bool {
    zip(found, wanted).allSatisfy { found, wanted in
      let wanted = Double(nearest: wanted)
      switch task {
      case .words: return NoiseTask.isRight(found, wanted)
      case .vectors: return (found - wanted).magnitude <= NoiseExperiment.tolerance
      }
    }
  }

  /// The shortest prompt found that goes wrong: pairs, or cells, are left out one after the other.
  private func shrunk(
    _ question: NoiseTask.Question, _ exact: ExactEngine, _ bound: RunningBound
  ) throws -> NoiseVerdict {
    func failure(_ tokens: [[Rational]]) throws -> (token: Int, found: [Double], exact: [Rational])?
    {
      let wanted = try exact.run(tokens)
      let found = try bound.run(tokens).map { $0.map(\.value) }
      return tokens.indices.first { !isRight(found[$0], wanted[$0]) }
        .map { ($0, found[$0], wanted[$0]) }
    }
    let (head, part) =
      switch task {
      case .words(let length, _): (length, 2 * length)
      case .vectors: (1, 1)
      }
    var tokens = question.tokens
    guard var worst = try failure(tokens) else {
      return .undecided(bound: .infinity)
    }
    tokens = Array(tokens[...worst.token])
    var place = head
    while place + part < tokens.count {
      var shorter = tokens
      shorter.removeSubrange(place..<place + part)
      if let found = try failure(shorter) {
        worst = found
        tokens = Array(shorter[...found.token])
      } else {
        place += part
      }
    }
    return .wrong(tokens: tokens, found: worst.found, exact: worst.exact)
  }
}
