/// A sum in which ReLU(g + v) − ReLU(g − v) occurs: the difference lies between 0 and 2v, however
/// wrong g is. Two errors that are bounded one by one would be added instead.
struct CancellingPairs: Sendable {
  private struct Pair: Sendable {
    /// What the two ReLUs are applied to, and the v in it.
    let plus: Int
    let minus: Int
    let value: Int
  }

  private var pairs: [Pair] = []

  /// Terms of no pair.
  private var others: [Int] = []

  /// The value and the partial sums on the way to it.
  private var sums: [Int] = []

  /// Nil if there is no such pair in the sum at `place`.
  init?(_ line: StraightLine, at place: Int) {
    var terms: [(sign: Int, value: Int)] = []
    var rest = place
    while case .sum(let left, let right) = line.operations[rest] {
      sums.append(rest)
      terms.append(line.signed(right))
      rest = left
    }
    terms.append(line.signed(rest))
    var open = terms
    while let term = open.popLast() {
      let partner = open.firstIndex { other in
        other.sign == -term.sign
          && line.pairValue(of: term.value, and: other.value) != nil
      }
      guard let partner else {
        others.append(term.value)
        continue
      }
      let other = open.remove(at: partner)
      let (plus, minus) =
        term.sign > 0 ? (term.value, other.value) : (other.value, term.value)
      guard let value = line.pairValue(of: plus, and: minus),
        case .relu(let first) = line.operations[plus],
        case .relu(let second) = line.operations[minus]
      else { continue }
      pairs.append(Pair(plus: first, minus: second, value: value))
    }
    if pairs.isEmpty { return nil }
  }

  /// A bound on the sum's error, given what is known of all values.
  ///
  /// Rounding ascends, so the floats of g + v and g − v are in the order of v and −v, as the exact
  /// numbers are; and they differ by at most 2|v| and their two roundings.
  func error(_ values: [Enclosure], _ rounding: FormatRounding) -> Double {
    func roundingError(_ place: Int) -> Double {
      let size = values[place].float.largestMagnitude
      return rounding.halfPlace(upTo: Directed.sumUp(size, rounding.reach(of: size)))
    }
    let places = sums + others + pairs.flatMap { [$0.plus, $0.minus, $0.value] }
    guard places.allSatisfy({ values[$0].error.isFinite }) else { return .infinity }
    let parts =
      sums.map(roundingError) + others.map { values[$0].error }
      + pairs.flatMap { pair in
        let value = values[pair.value]
        let size = max(value.float.largestMagnitude, value.exact.largestMagnitude)
        // An inexact v may have another sign than the exact one.
        let reach = value.error == 0 ? 2 * size : 4 * size
        return [reach, roundingError(pair.plus), roundingError(pair.minus)]
      }
    return parts.reduce(0, Directed.sumUp)
  }
}

extension StraightLine {
  /// The value without a factor of −1, and its sign.
  fileprivate func signed(_ place: Int) -> (sign: Int, value: Int) {
    if case .scale(-1, let value) = operations[place] { return (-1, value) }
    return (1, place)
  }

  /// v, if the two are ReLU(g + v) and ReLU(g − v), in either order.
  fileprivate func pairValue(of first: Int, and second: Int) -> Int? {
    guard case .relu(let left) = operations[first], case .relu(let right) = operations[second],
      case .sum(let base, let value) = operations[left],
      case .sum(base, let other) = operations[right]
    else { return nil }
    let (a, b) = (signed(value), signed(other))
    return a.value == b.value && a.sign == -b.sign ? a.value : nil
  }
}
