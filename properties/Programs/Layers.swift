import ExactArithmetic
import LSRL
import PropertyTesting

/// Programs that strain one operation: Multi, ReLU in depth, Concat in width.
extension ExampleProgram {
  static let signedProducts = ExampleProgram(
    id: "signed-products",
    title: "x y, (x − y)², and x times the sum of all y",
    specify: { tokens, _ in
      tokens.indices.map { now in
        let (x, y) = (tokens[now][0], tokens[now][1])
        let total = tokens[...now].map { $0[1] }.reduce(0, +)
        return [x * y, x * x - 2 * x * y + y * y, x * total]
      }
    },
    tokens: { _ in .sequences { $0.fractions(2) } })

  /// A zigzag of period 2^(1−6): how far 2^6 x is from the nearest even whole number.
  static let deepReLU = ExampleProgram(
    id: "deep-relu",
    title: "the tent map, six times over",
    specify: { tokens, _ in
      tokens.map { token in
        guard 0 <= token[0], token[0] <= 1 else { return nil }
        var rest = 64 * token[0]
        while rest >= 2 { rest -= 2 }
        return [min(rest, 2 - rest)]
      }
    },
    tokens: { _ in
      .sequences { choices in
        let denominator = choices.element(of: [1, 64, 63, 97, 1000])
        return [Rational(choices.index(below: denominator + 1), denominator)]
      }
    })

  static let reluLadder = ExampleProgram(
    id: "relu-ladder",
    title: "seven times the positive part",
    specify: { tokens, _ in tokens.map { [$0[0] > 0 ? 7 * $0[0] : 0] } },
    tokens: { _ in .sequences { $0.fractions(1) } })

  static let wideConcat = ExampleProgram(
    id: "wide-concat",
    title: "multiples of the token, and the token twice",
    settings: [[:], ["width": .number(1)]],
    specify: { tokens, parameters in
      let factors = (0..<parameters.count("width")).map { Rational($0) } + [1, 1]
      return tokens.map { token in factors.flatMap { factor in token.map { factor * $0 } } }
    },
    tokens: { _ in .sequences { $0.fractions(2) } })
}
