import ExactArithmetic
import PropertyTesting

extension ExampleProgram {
  static let moreOnesThanZeros = ExampleProgram(
    id: "more-ones-than-zeros",
    title: "1 when there have been more 1s than 0s so far",
    source: "arXiv 2406.01424, figure 1",
    settings: [[:], ["mu": .number(1)], ["mu": .number(1000)]],
    specify: { tokens, _ in
      var (ones, zeros) = (0, 0)
      return tokens.map { token in
        guard token == [0] || token == [1] else { return nil }
        if token == [1] { ones += 1 } else { zeros += 1 }
        return [ones > zeros ? 1 : 0]
      }
    },
    tokens: { _ in .sequences(average: 12, limit: 30) { [$0.whole(from: 0, to: 1)] } })
}
