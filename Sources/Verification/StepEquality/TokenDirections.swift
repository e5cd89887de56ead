import Certificates
import ExactArithmetic

/// Tokens as functions of other variables, so that what programs read of them is short.
///
/// Many programs read a token only in a few combinations ℓ = a x. With coordinates in which these
/// are variables, a power of ℓ is one term, not hundreds. Where tokens may be any numbers, so may
/// independent combinations of them, and nothing is lost.
struct TokenDirections {
  /// By coordinate of the token, what it is of the variables.
  private let inverse: [[Matrix.Entry]]
  private let ranges: [Interval]

  /// The combinations that either program multiplies, then those that it rectifies, come first, as
  /// long as they are independent of those before, and then coordinates. With any bounds,
  /// coordinates only.
  init(_ before: CellProgram, _ after: CellProgram, inputBounds: [Interval]) {
    let dimension = inputBounds.count
    ranges = inputBounds
    var read: [[Rational]] = []
    if dimension > 1, inputBounds.allSatisfy({ $0 == .everything }) {
      let directions = [before, after].map { $0.directions(reading: dimension) }
      read = directions.flatMap(\.multiplied) + directions.flatMap(\.rectified)
    }
    let units = (0..<dimension).map { place in
      (0..<dimension).map { $0 == place ? Rational(1) : 0 }
    }
    inverse = Self.inverse(ofFirstIndependent: read + units, dimension)
  }

  /// Coordinates only.
  init(coordinatesWithin inputBounds: [Interval]) {
    ranges = inputBounds
    inverse = inputBounds.indices.map { [Matrix.Entry(column: $0, value: 1)] }
  }

  /// A token of new variables.
  func token(in table: inout SymbolTable) throws(TooLarge) -> [Polynomial] {
    var variables: [Polynomial] = []
    for range in ranges { variables.append(try table.variable(within: range)) }
    return inverse.map { row in
      row.reduce(Polynomial(0)) { $0.adding(variables[$1.column], times: $1.value) }
    }
  }

  /// x as functions of y = B x, where B has the first rows that are independent. Gauß and Jordan's
  /// elimination on the columns of B: keeps C with B C in reduced form.
  private static func inverse(
    ofFirstIndependent rows: [[Rational]], _ dimension: Int
  ) -> [[Matrix.Entry]] {
    /// By column of C.
    var columns = (0..<dimension).map { place in
      (0..<dimension).map { $0 == place ? Rational(1) : 0 }
    }
    var rank = 0
    for row in rows where rank < dimension {
      func product(_ column: [Rational]) -> Rational {
        zip(row, column).reduce(0) { $0 + $1.0 * $1.1 }
      }
      guard let pivot = (rank..<dimension).first(where: { product(columns[$0]) != 0 }) else {
        continue
      }
      columns.swapAt(rank, pivot)
      let factor = product(columns[rank]).reciprocal
      columns[rank] = columns[rank].map { factor * $0 }
      for other in columns.indices where other != rank {
        let excess = product(columns[other])
        if excess == 0 { continue }
        columns[other] = zip(columns[other], columns[rank]).map { $0 - excess * $1 }
      }
      rank += 1
    }
    return (0..<dimension).map { place in
      columns.indices.compactMap { column in
        columns[column][place] == 0
          ? nil : Matrix.Entry(column: column, value: columns[column][place])
      }
    }
  }
}

extension CellProgram {
  /// What of the token is linear in the factors of products, and in what is rectified.
  fileprivate func directions(
    reading dimension: Int
  ) -> (multiplied: [[Rational]], rectified: [[Rational]]) {
    let zero = [Rational](repeating: 0, count: dimension)
    var found: (multiplied: [[Rational]], rectified: [[Rational]]) = ([], [])
    /// By node and coordinate; what is not linear counts as 0.
    var parts: [[[Rational]]] = []
    func applied(_ map: AffineMap, to vectors: [[Rational]]) -> [[Rational]] {
      (0..<map.outputDimension).map { row in
        map.matrix.row(row).reduce(into: zero) { sum, entry in
          for (place, value) in vectors[entry.column].enumerated() where value != 0 {
            sum[place] += entry.value * value
          }
        }
      }
    }
    for node in nodes {
      switch node {
      case .input:
        parts.append(
          (0..<dimension).map { place in (0..<dimension).map { $0 == place ? 1 : 0 } })
      case .linear(let map, let source), .state(_, let map, let source):
        parts.append(applied(map, to: parts[source]))
      case .relu(let source):
        found.rectified += parts[source]
        parts.append(parts[source].map { _ in zero })
      case .multiply(let source):
        found.multiplied += parts[source]
        parts.append(parts[source].prefix(parts[source].count / 2).map { _ in zero })
      case .concat(let sources): parts.append(sources.flatMap { parts[$0] })
      case .previous(let source): parts.append(initialValue(of: source).map { _ in zero })
      }
    }
    return found
  }
}
