import ExactArithmetic
import LSRL
import PropertyTesting

extension ExampleProgram {
  static let continuous = ExampleProgram(
    id: "continuous",
    title: "a function looked up in a grid of cells that the prompt describes",
    source: "arXiv 2406.01424, listing 1, corrected",
    settings: gridSettings,
    specify: { tokens, parameters in
      lookUp(tokens, parameters, isQueryACell: false)
    },
    tokens: { parameters in .grids(parameters) })

  static let continuousAsPrinted = ExampleProgram(
    id: "continuous-as-printed",
    title: "listing 1 as printed, which takes the query for a cell as well",
    source: "arXiv 2406.01424, listing 1",
    settings: gridSettings,
    specify: { tokens, parameters in
      lookUp(tokens, parameters, isQueryACell: true)
    },
    tokens: { parameters in .grids(parameters) })

  private static let gridSettings = ConditionalVariant.all([
    [:],
    ["d_in": .number(2), "mu": .number(16), "lambda": .number(32)],
    ["d_out": .number(2), "mu": .number(2), "lambda": .number(16)],
    ["d_in": .number(3), "d_out": .number(2), "mu": .number(100), "lambda": .number(100)],
  ])

  /// The sum of the values of the cells so far that the query lies in; nil from the first cell on
  /// whose ramps the query stands and whose value is not 0.
  ///
  /// Let b be the sum over the dimensions of how far the query is in: 1 from 1/μ above the lower
  /// corner to the upper one, 0 at the lower corner and below, and from 1/μ above the upper one,
  /// linear between. With μ ≥ 2 and λ ≥ all values, a cell counts if b ≥ d − 1/2 + (1/2 + 1/μ)/μ²
  /// and does not if b ≤ d − 1/2 + 1/(2μ²). So a query that is at least 1/μ inside of a cell's
  /// lower sides, and not above its upper ones, gets the cell's value and no other.
  private static func lookUp(
    _ tokens: [[Rational]], _ parameters: ExampleParameters, isQueryACell: Bool
  ) -> [[Rational]?] {
    let (inputs, outputs) = (parameters.count("d_in"), parameters.count("d_out"))
    let mu = parameters.number("mu")
    guard let query = tokens.first?.prefix(inputs), mu >= 2 else { return tokens.map { _ in nil } }
    let half = Rational(inputs) - Rational(1, 2)
    var sum: [Rational]? = Array(repeating: 0, count: outputs)
    return tokens.enumerated().map { step, token in
      let (width, value) = (token[0], token.suffix(outputs))
      guard step > 0 || isQueryACell, value.contains(where: { $0 != 0 }) else { return sum }
      let corner = token[1...].prefix(inputs)
      let depth = zip(query, corner).reduce(Rational(0)) { depth, side in
        let (position, lower) = side
        return depth + ramp(position - lower, mu) - ramp(position - lower - width, mu)
      }
      if depth >= half + (Rational(1, 2) + mu.reciprocal) / (mu * mu) {
        sum = sum.map { zip($0, value).map { $0 + $1 } }
      } else if depth > half + (2 * mu * mu).reciprocal {
        sum = nil
      }
      return sum
    }
  }

  private static func ramp(_ distance: Rational, _ mu: Rational) -> Rational {
    distance <= 0 ? 0 : min(1, mu * distance)
  }
}

extension Generator where Value == [[Rational]] {
  /// A query and all cells of a grid over [0, 1]^d. The query lies anywhere, or at the edges of a
  /// cell and of its ramps. What follows it in its token, zeros in the paper, is anything.
  fileprivate static func grids(_ parameters: ExampleParameters) -> Self {
    let (inputs, outputs) = (parameters.count("d_in"), parameters.count("d_out"))
    let ramp = parameters.number("mu").reciprocal
    return Generator { choices in
      let cells = 1 + choices.index(below: inputs == 1 ? 5 : 3)
      let width = Rational(1, cells)
      var query: [Rational] = []
      for _ in 0..<inputs {
        let corner = width * choices.whole(from: 0, to: cells - 1)
        let offsets = [
          width / 2, 0, ramp, width, width + ramp, ramp / 2, width - ramp,
          (choices.fraction() + 1) / 4,
        ]
        query.append(corner + choices.element(of: offsets))
      }
      let padding = (0..<1 + outputs).map { _ in choices.fraction() }
      var tokens = [query + padding]
      var corners: [[Rational]] = [[]]
      for _ in 0..<inputs {
        corners = corners.flatMap { corner in
          (0..<cells).map { corner + [width * Rational($0)] }
        }
      }
      for corner in corners { tokens.append([width] + corner + choices.fractions(outputs)) }
      return tokens
    }
  }
}
