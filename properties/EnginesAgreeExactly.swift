import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

extension Property {
  /// The exact engine computes with floats that it trusts never to round, with whole numbers of 128
  /// bits, and with integers over common denominators in which nothing is checked: flags, scales
  /// and bounds had better be right.
  ///
  /// Each case runs the program, its lean path and its networks by every tier that can, on the
  /// tokens as they are and on the tokens with powers of a large number put in, so that values
  /// cross from one tier to the next. Then side by side: sequences that the lanes can take, those
  /// among which some are too large for them, and the beginnings of all.
  public static let enginesAgreeExactly = Property(
    id: "engines-agree-exactly",
    statement: "each tier of the exact engine gives what the interpreter and the layers' equations "
      + "give, whatever the size of the numbers"
  ) { run in
    var covered: Set<String> = []
    let sequences = run.scalings.map(run.tokens)
    var examined: [(tape: Tape, results: [[[Rational]]])] = []
    for (name, subject) in run.engineSubjects {
      guard let tape = subject.exactTape else {
        return Examination(.refuted(kind: "no tape", explanation: name), covering: covered)
      }
      var results: [[[Rational]]] = []
      for tokens in sequences {
        guard let expected = try? subject.run(tokens, bitLimit: 1 << 20) else { break }
        results.append(expected)
      }
      // Networks that mean the same have the same tape now and then.
      let twin = examined.first { $0.tape == tape && $0.results == results }
      if twin == nil,
        let difference = difference(of: tape, from: results, on: sequences, covering: &covered)
      {
        return Examination(
          .refuted(kind: difference.kind, explanation: "\(name) \(difference.explanation)"),
          covering: covered)
      }
      guard results.count == sequences.count else {
        return Examination(.undecided("too large to evaluate"), covering: covered)
      }
      examined.append((tape, results))
      covered.insert(name)
    }
    return Examination(.holds, covering: covered)
  }
}

/// Where the exact engine and the definition part, whose outputs for the first sequences are
/// `results`.
private func difference(
  of tape: Tape, from results: [[[Rational]]], on sequences: [[[Rational]]],
  covering covered: inout Set<String>
) -> (kind: String, explanation: String)? {
  do {
    let engine = ExactEngine(tape)
    let batches = sideBySide(sequences.first?.count ?? 0)
    for ((tokens, expected), lengths) in zip(zip(sequences, results), batches) {
      for tier in ExactEngine.Tier.allCases {
        guard let found = try engine.run(tokens, by: tier) else { continue }
        covered.insert(tier.rawValue)
        guard found == expected else {
          return (
            "other outputs",
            "by \(tier.rawValue), on \(tokens): expected \(expected), found \(found)"
          )
        }
      }
      let batch = lengths.map { Array(sequences[$0.sequence].prefix($0.length)) }
      let outputs = lengths.map { Array(results[$0.sequence].prefix($0.length)) }
      guard try engine.run(sequences: batch) == outputs else {
        return ("other outputs", "side by side: \(lengths)")
      }
    }
    return nil
  } catch {
    return ("an error", "\(error)")
  }
}

/// What is run side by side, of sequences of `length` tokens, the first as they are, the second
/// with larger numbers, the third with the largest: all of the first in lanes, with sequences
/// that are too large for lanes beside them, and beginnings of all.
private func sideBySide(_ length: Int) -> [[(sequence: Int, length: Int)]] {
  [
    [(0, length), (0, length / 2), (0, min(length, 1))],
    [(1, length), (0, length), (1, length / 2)],
    [(0, length / 3), (2, length / 3), (1, length / 3)],
  ]
}

/// Numbers of a token that are put in place of others.
private struct Scaling {
  /// Every other number is multiplied by 10 to this, and a bit more.
  let exponent: UInt

  /// What others are divided by; nil: by the same.
  var divisor: Rational?
}

extension ProgramCase {
  /// None; one that numbers of 128 bits can take for a while; one for more limbs. Programs of an
  /// odd number of nodes divide by a small number in the second, others by a large one.
  fileprivate var scalings: [Scaling] {
    let isOdd = program.graph.nodes.count % 2 == 1
    return [
      Scaling(exponent: 0), Scaling(exponent: 14, divisor: isOdd ? 6 : nil), Scaling(exponent: 40),
    ]
  }

  /// The tokens with a third of the numbers multiplied, and a third divided.
  fileprivate func tokens(scaledBy scaling: Scaling) -> [[Rational]] {
    guard scaling.exponent > 0 else { return tokens }
    let scale = Rational(10).raised(to: scaling.exponent) + 7
    let divisor = scaling.divisor ?? scale
    return tokens.enumerated().map { time, token in
      token.enumerated().map { place, value in
        switch (time + 2 * place) % 3 {
        case 0: value * scale
        case 1: value
        default: value / divisor
        }
      }
    }
  }
}
