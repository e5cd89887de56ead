import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

extension Property {
  /// Rounding is part of what floats mean: bounds on errors are proved for one order of operations,
  /// so a fast engine must keep to it in every lane, whatever runs beside.
  ///
  /// Each case makes a batch of sequences of different lengths, some with infinities, NaNs and
  /// subnormals, for the program, for its lean path and for its networks.
  public static let enginesAgreeInFloats = Property(
    id: "engines-agree-in-floats",
    statement: "every lane of the float engine is bitwise what the interpreter and the layers' "
      + "equations give, in binary64 and binary32"
  ) { run in
    var covered: Set<String> = []
    for (name, subject) in run.engineSubjects {
      guard let tape = subject.tape else {
        return Examination(.refuted(kind: "no tape", explanation: name), covering: covered)
      }
      let difference =
        run.difference(in: Double.self, of: subject, on: tape, &covered)
        ?? run.difference(in: Float.self, of: subject, on: tape, &covered)
      if let difference {
        return Examination(
          .refuted(kind: "another \(difference.number)", explanation: "\(name): \(difference)"))
      }
      covered.insert(name)
    }
    return Examination(.holds, covering: covered)
  }
}

extension ProgramCase {
  fileprivate func difference<Number: LaneNumber & BinaryFloatingPoint>(
    in number: Number.Type, of subject: EngineSubject, on tape: Tape, _ covered: inout Set<String>
  ) -> LaneDifference? {
    let sequences = batch(of: number)
    do {
      let engine = try FloatEngine<Number>(tape)
      let found = try engine.run(SequenceBatch(dimension: subject.inputDimension, sequences))
      for (lane, sequence) in sequences.enumerated() {
        let expected = try subject.run(sequence)
        let alone = lane < 2 ? try engine.run(sequence) : found[lane]
        for (outputs, way) in [(found[lane], "lane \(lane)"), (alone, "alone")] {
          for (time, (left, right)) in zip(expected, outputs).enumerated()
          where !zip(left, right).allSatisfy({ $0.isSameNumber(as: $1) }) {
            return LaneDifference(
              number: "\(number)", place: "\(way), token \(time) of \(sequence)",
              expected: "\(left)", found: "\(right)")
          }
          guard expected.count == outputs.count else {
            return LaneDifference(
              number: "\(number)", place: way, expected: "\(expected.count) outputs",
              found: "\(outputs.count)")
          }
        }
      }
    } catch EngineError.infiniteWeight {
      covered.insert("refused: an infinite weight")
    } catch {
      return LaneDifference(
        number: "\(number)", place: "", expected: "outputs", found: "\(error)")
    }
    return nil
  }

  /// The tokens, a prefix, none, the tokens backwards, and with some numbers made extreme.
  private func batch<Number: LaneNumber & BinaryFloatingPoint>(
    of number: Number.Type
  ) -> [[[Number]]] {
    let plain = tokens.map { $0.map(Number.init(nearest:)) }
    let extremes: [Number] = [
      .leastNonzeroMagnitude, -.infinity, .greatestFiniteMagnitude, .nan, -0.0,
      -.leastNormalMagnitude, .infinity, .ulpOfOne, -.leastNonzeroMagnitude,
    ]
    let harsh = (0..<3).map { start in
      plain.enumerated().map { time, token in
        token.enumerated().map { place, value in
          let pick = 3 * start + 5 * time + 7 * place
          return pick % 4 == 0 ? extremes[pick % extremes.count] : value
        }
      }
    }
    return [Array(plain.prefix(plain.count / 2)), plain, [], plain.reversed()] + harsh
  }
}

/// Where an engine and the interpreter part.
private struct LaneDifference: CustomStringConvertible {
  let number: String
  let place: String
  let expected: String
  let found: String

  var description: String { "\(number), \(place): expected \(expected), found \(found)" }
}

extension BinaryFloatingPoint {
  /// Bitwise, but for NaNs, of which there is one as far as we are concerned.
  fileprivate func isSameNumber(as other: Self) -> Bool {
    isNaN ? other.isNaN : self == other && sign == other.sign
  }
}
