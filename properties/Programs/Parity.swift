import ExactArithmetic
import LSRL
import PropertyTesting

extension ExampleProgram {
  /// Of time, not of the bits: a state cannot depend non-linearly on itself.
  static let parityOfTime = ExampleProgram(
    id: "parity-of-time",
    title: "t mod 2, by a cyclic state",
    specify: { tokens, _ in tokens.indices.map { [Rational($0 % 2)] } },
    tokens: { _ in .sequences(average: 8, limit: 20) { $0.fractions(1) } })

  static let parityOfBits = ExampleProgram(
    id: "parity-of-bits",
    title: "the parity of the 1s so far, for a bounded number of them",
    settings: [[:], ["most": .number(1)], ["most": .number(5), "mu": .number(2)]],
    specify: { tokens, parameters in
      var ones = 0
      return tokens.map { token in
        if token == [1] { ones += 1 }
        return ones <= parameters.count("most") ? [ones % 2 == 1 ? 1 : 0] : nil
      }
    },
    tokens: { parameters in
      let most = parameters.count("most")
      return .sequences(average: 10, limit: 20) { [$0.index(below: 12 + most) < 12 ? 0 : 1] }
    })

  static let runningMaximum = ExampleProgram(
    id: "running-maximum",
    title: "the largest token so far, of whole numbers within a range",
    settings: [[:], ["most": .number(1)], ["most": .number(12), "mu": .number(2)]],
    specify: { tokens, _ in tokens.indices.map { tokens[...$0].max { $0[0] < $1[0] } } },
    tokens: { parameters in
      let most = parameters.count("most")
      return .sequences(average: 8, limit: 20) { [$0.whole(from: 0, to: most)] }
    })
}
