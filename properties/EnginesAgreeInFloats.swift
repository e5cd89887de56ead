import Compiler
import Evaluation
import ExactArithmetic
import LSRL
import PropertyTesting

extension Property {
  /// Rounding is part of what floats mean: bounds on errors are proved for one order of operations,
  /// so a fast engine must keep to it in every lane, whatever runs beside.
  ///
  /// Each case makes a batch of sequences of different lengths, some with infinities, NaNs and
  /// subnormals, for the program and for its lean path.
  public static let enginesAgreeInFloats = Property(
    id: "engines-agree-in-floats",
    statement: "every lane of the float engine is bitwise what the interpreter gives, "
      + "in binary64 and binary32"
  ) { run in
    for (name, graph, tape) in run.tapes {
      let difference =
        run.difference(in: Double.self, of: graph, on: tape)
        ?? run.difference(in: Float.self, of: graph, on: tape)
      if let difference {
        return Examination(
          .refuted(kind: "another \(difference.number)", explanation: "\(name): \(difference)"))
      }
    }
    return Examination(.holds)
  }
}

extension ProgramCase {
  /// The program and its lean path, as graphs and as tapes.
  var tapes: [(name: String, graph: Graph, tape: Tape)] {
    let path = program.leanPath
    return [
      ("program", program.graph, Tape(program.graph)), ("lean path", path.graph, Tape(path)),
    ]
  }

  fileprivate func difference<Number: LaneNumber & BinaryFloatingPoint>(
    in number: Number.Type, of graph: Graph, on tape: Tape
  ) -> LaneDifference? {
    var interpreter = Interpreter<Number>(graph)
    let sequences = batch(of: number)
    do {
      let engine = try FloatEngine<Number>(tape)
      let found = try engine.run(SequenceBatch(dimension: graph.inputDimension, sequences))
      for (lane, sequence) in sequences.enumerated() {
        let expected = try interpreter.run(sequence)
        for (time, (left, right)) in zip(expected, found[lane]).enumerated()
        where !zip(left, right).allSatisfy({ $0.isSameNumber(as: $1) }) {
          return LaneDifference(
            number: "\(number)", place: "lane \(lane), token \(time) of \(sequence)",
            expected: "\(left)", found: "\(right)")
        }
        guard expected.count == found[lane].count else {
          return LaneDifference(
            number: "\(number)", place: "lane \(lane)", expected: "\(expected.count) outputs",
            found: "\(found[lane].count)")
        }
      }
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
