import ExactArithmetic
import LSRL
import PropertyTesting

/// Every function of the standard library alone, specified by its exact meaning and only where that
/// holds. (What the functions are everywhere else, ramps included, is tested beside them.)
extension ExampleProgram {
  static let sugar: [ExampleProgram] = pointwise + comparisons + logic + conditionals + counters

  /// A function of the token alone.
  private static func function(
    _ id: String, _ title: String, settings: [[String: ParameterValue]] = [[:]],
    of token: @escaping @Sendable (inout Choices, ExampleParameters) -> [Rational],
    is meaning: @escaping @Sendable ([Rational], ExampleParameters) -> [Rational]?
  ) -> ExampleProgram {
    ExampleProgram(
      id: id, title: title, source: "arXiv 2406.01424, appendix F", folder: "sugar/",
      settings: settings,
      specify: { tokens, parameters in tokens.map { meaning($0, parameters) } },
      tokens: { parameters in .sequences { token(&$0, parameters) } })
  }

  private static let steepnesses: [[String: ParameterValue]] = [
    [:], ["mu": .number(1)], ["mu": .number(1000)],
  ]

  private static func bits(_ choices: inout Choices, _: ExampleParameters) -> [Rational] {
    [choices.whole(from: 0, to: 1), choices.whole(from: 0, to: 1)]
  }

  private static func pair(
    _ choices: inout Choices, _ parameters: ExampleParameters
  ) -> [Rational] {
    choices.neighbours(2, mu: parameters.number("mu"))
  }

  private static let pointwise: [ExampleProgram] = [
    function(
      "f_constant", "the constant c", settings: [[:], ["c": .number(0)]],
      of: { choices, _ in choices.fractions(2) }, is: { _, given in [given.number("c")] }),
    function("f_not", "NOT of bits", of: bits, is: { bits, _ in bits.map { $0 == 0 ? 1 : 0 } }),
    function(
      "f_relu_identity", "the token", of: { choices, _ in choices.fractions(2) },
      is: { token, _ in token }),
    function("f_step", "0 up to 0, 1 from 1/μ", settings: steepnesses, of: pair) { token, given in
      token.map { $0 <= 0 ? 0 : min(1, $0 * given.number("mu")) }
    },
  ]

  private static let comparisons: [ExampleProgram] = [
    function("f_larger", "whether x > y", settings: steepnesses, of: pair) { token, given in
      if token[0] <= token[1] { return [0] }
      return token[0] >= token[1] + given.number("mu").reciprocal ? [1] : nil
    },
    function("f_smaller", "whether x < y", settings: steepnesses, of: pair) { token, given in
      if token[0] >= token[1] { return [0] }
      return token[0] <= token[1] - given.number("mu").reciprocal ? [1] : nil
    },
    function(
      "f_bump", "whether x lies between l and u", settings: steepnesses,
      of: { $0.neighbours(3, mu: $1.number("mu")) },
      is: { token, given in
        let (x, lower, upper) = (token[0], token[1], token[2])
        let ramp = given.number("mu").reciprocal
        guard lower <= upper else { return nil }
        if x <= lower || x >= upper + ramp { return [0] }
        return lower + ramp <= x && x <= upper ? [1] : nil
      }),
    function("f_eq", "whether x = y", settings: steepnesses, of: pair) { token, given in
      let distance = max(token[0] - token[1], token[1] - token[0])
      let ramp = given.number("mu").reciprocal
      return distance <= ramp * (1 - ramp) ? [1] : distance >= ramp ? [0] : nil
    },
    function("f_neq", "whether x and y differ", settings: steepnesses, of: pair) { token, given in
      let distance = max(token[0] - token[1], token[1] - token[0])
      let ramp = given.number("mu").reciprocal
      return distance == 0 ? [0] : distance >= ramp * ramp ? [1] : nil
    },
  ]

  private static let logic: [ExampleProgram] = [
    function("f_and", "AND of bits", settings: steepnesses, of: bits) { token, _ in
      [token == [1, 1] ? 1 : 0]
    },
    function("f_or", "OR of bits", settings: steepnesses, of: bits) { token, _ in
      [token == [0, 0] ? 0 : 1]
    },
  ]

  private static let conditionals: [ExampleProgram] = [
    function(
      "f_ifelse", "t or f, by a bit", settings: ConditionalVariant.all([[:], ["mu": .number(2)]]),
      of: { choices, _ in [choices.whole(from: 0, to: 1)] + choices.fractions(4) },
      is: { token, _ in Array(token[0] == 1 ? token[1...2] : token[3...4]) }),
    function(
      "f_ifeq", "t or f, by whether x = y",
      settings: ConditionalVariant.all([[:], ["mu": .number(2)]]),
      of: { $0.neighbours(2, mu: $1.number("mu")) + $0.fractions(2) },
      is: { token, given in
        let distance = max(token[0] - token[1], token[1] - token[0])
        let ramp = given.number("mu").reciprocal
        if distance <= ramp * (1 - ramp) { return [token[2]] }
        return distance >= ramp ? [token[3]] : nil
      }),
  ]

  private static let counters: [ExampleProgram] = [
    counter("f_modulo_counter", "t mod n") { step, n in [Rational(step % n)] },
    counter("f_one_hot_counter", "the unit vector e_(t mod n)") { step, n in
      (0..<n).map { $0 == step % n ? 1 : 0 }
    },
  ]

  private static func counter(
    _ id: String, _ title: String, is value: @escaping @Sendable (Int, Int) -> [Rational]
  ) -> ExampleProgram {
    ExampleProgram(
      id: id, title: title, source: "arXiv 2406.01424, appendix F.7, corrected", folder: "sugar/",
      settings: [[:], ["n": .number(1)], ["n": .number(8)]],
      specify: { tokens, given in tokens.indices.map { value($0, given.count("n")) } },
      tokens: { _ in .sequences(average: 12, limit: 30) { $0.fractions(1) } })
  }
}
