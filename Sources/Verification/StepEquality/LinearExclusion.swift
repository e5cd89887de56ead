import ExactArithmetic

extension SymbolTable {
  /// Conditions and monomials of them that are taken on.
  private static let exclusionLimits = (conditions: 24, monomials: 60)

  /// Whether the conditions contradict each other, as far as a sum of multiples of them shows: all
  /// are positive, so Σ λ g with λ ≥ 0, not all 0, cannot be at most 0 everywhere.
  ///
  /// λ comes from a linear program in which each monomial is a number in its range; that the sum is
  /// at most 0 is looked at again here.
  ///
  /// Source: J. Farkas, *Theorie der einfachen Ungleichungen*, Crelle 124, 1902.
  func isExcluded(_ conditions: Conditions) -> Bool {
    let positive = conditions.positive
    guard positive.count > 1, positive.count <= SymbolTable.exclusionLimits.conditions else {
      return false
    }
    let monomials = Set(positive.flatMap { $0.terms.keys }).subtracting([[]])
      .sorted { $0.lexicographicallyPrecedes($1) }
    guard monomials.count <= SymbolTable.exclusionLimits.monomials else { return false }
    var program = LeastSlack(
      rows: positive.map { polynomial in
        (polynomial.offset, monomials.map { polynomial.terms[$0] ?? 0 })
      },
      ranges: monomials.map { range(of: $0, Conditions()) })
    let found = program.multipliers()
    // Most numbers of a tableau are 0.
    meter.count(program.work / 8)
    guard let multipliers = found else { return false }
    guard multipliers.contains(where: { $0 > 0 }), multipliers.allSatisfy({ $0 >= 0 }) else {
      return false
    }
    var sum = Polynomial(0)
    for (polynomial, multiplier) in zip(positive, multipliers) {
      sum.add(polynomial, times: multiplier)
    }
    return range(of: sum).isNonpositive
  }
}

/// The linear program: the greatest t ≤ 1 such that each row, offset + Σ coefficient · y, is at
/// least t, for numbers y within their ranges. By the simplex method on a dense tableau.
///
/// Written with u = 1 − t ≥ 0, which is minimized, and y shifted to start at 0.
private struct LeastSlack {
  /// Pivots.
  static let patience = 300

  /// By row its entries and, last, its right side: of rows that are asked for and of upper bounds.
  private var tableau: [[Rational]] = []
  private var costs: [Rational] = []
  private var basis: [Int] = []
  private let slackColumns: [Int]

  /// Numbers that were written.
  private(set) var work = 0
  private let slackOfU: Int

  init(rows: [(offset: Rational, coefficients: [Rational])], ranges: [Interval]) {
    /// A column is sign · (y − origin), at least 0.
    var columns: [(variable: Int, sign: Rational)] = []
    var origins: [Rational] = []
    var widths: [(column: Int, width: Rational)] = []
    for (variable, range) in ranges.enumerated() {
      if let lower = range.lower {
        if let upper = range.upper { widths.append((columns.count, upper - lower)) }
        columns.append((variable, 1))
        origins.append(lower)
      } else if let upper = range.upper {
        columns.append((variable, -1))
        origins.append(upper)
      } else {
        columns.append((variable, 1))
        columns.append((variable, -1))
        origins.append(0)
      }
    }
    let u = columns.count
    slackOfU = u
    let height = rows.count + widths.count
    slackColumns = rows.indices.map { u + 1 + $0 }
    let width = u + 1 + height + 1
    // 1 − u ≤ row: −row' − u + slack = offset' − 1.
    for (index, row) in rows.enumerated() {
      var entries = [Rational](repeating: 0, count: width)
      for (column, part) in columns.enumerated() {
        entries[column] = -part.sign * row.coefficients[part.variable]
      }
      entries[u] = -1
      entries[u + 1 + index] = 1
      let shifted = zip(row.coefficients, origins).reduce(row.offset) { $0 + $1.0 * $1.1 }
      entries[width - 1] = shifted - 1
      tableau.append(entries)
      basis.append(u + 1 + index)
    }
    for (column, length) in widths {
      var entries = [Rational](repeating: 0, count: width)
      entries[column] = 1
      entries[u + 1 + tableau.count] = 1
      entries[width - 1] = length
      basis.append(u + 1 + tableau.count)
      tableau.append(entries)
    }
    costs = [Rational](repeating: 0, count: width)
    costs[u] = 1
  }

  /// Multipliers of the rows whose sum is at most 0 for all y; nil if there are none, or if they
  /// are not found with patience.
  mutating func multipliers() -> [Rational]? {
    let right = costs.count - 1
    let rows = slackColumns.indices
    guard let worst = rows.min(by: { tableau[$0][right] < tableau[$1][right] }) else { return nil }
    guard tableau[worst][right] < 0 else { return nil }
    pivot(worst, slackOfU)
    for _ in 0..<Self.patience {
      // −cost at the right is u.
      if -costs[right] < 1 { return nil }
      guard let column = (0..<right).first(where: { costs[$0] < 0 }) else {
        return slackColumns.map { costs[$0] }
      }
      var best: (row: Int, ratio: Rational)?
      for row in tableau.indices where tableau[row][column] > 0 {
        let ratio = tableau[row][right] / tableau[row][column]
        if let found = best, (found.ratio, basis[found.row]) <= (ratio, basis[row]) { continue }
        best = (row, ratio)
      }
      guard let best else { return nil }
      pivot(best.row, column)
    }
    return nil
  }

  private mutating func pivot(_ row: Int, _ column: Int) {
    let factor = tableau[row][column].reciprocal
    for index in tableau[row].indices where tableau[row][index] != 0 {
      tableau[row][index] = tableau[row][index] * factor
    }
    let source = tableau[row]
    for other in tableau.indices where other != row {
      Self.subtract(source, times: tableau[other][column], from: &tableau[other])
    }
    Self.subtract(source, times: costs[column], from: &costs)
    basis[row] = column
    work += tableau.count * costs.count
  }

  private static func subtract(
    _ source: [Rational], times factor: Rational, from target: inout [Rational]
  ) {
    if factor == 0 { return }
    for index in source.indices where source[index] != 0 {
      target[index] = target[index] - factor * source[index]
    }
  }
}
