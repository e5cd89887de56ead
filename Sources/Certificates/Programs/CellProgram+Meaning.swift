import ExactArithmetic

/// Why a program has no outputs on a sequence.
public enum CellProgramError: Error, Hashable, Sendable {
  case malformed(Malformation)
  case tokenSize(expected: Int, found: Int)

  /// A vector of numbers that take more room than allowed.
  case tooLarge(node: Int, bits: Int, limit: Int)
}

extension CellProgramError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let malformation): "\(malformation)"
    case .tokenSize(let expected, let found):
      "expected a token of \(expected) numbers, found \(found)"
    case .tooLarge(let node, let bits, let limit):
      "the value of node \(node) takes \(bits) bits, more than the \(limit) allowed"
    }
  }
}

extension CellProgram {
  /// The outputs after each token: the definition of what a program means, written to be obviously
  /// right. The first token says how many numbers a token has.
  public func run(
    _ tokens: [[Rational]], bitLimit: Int = 1 << 28
  ) throws(CellProgramError) -> [[Rational]] {
    let inputDimension = tokens.first?.count ?? 0
    if tokens.isEmpty { return [] }
    do {
      _ = try dimensions(reading: inputDimension)
    } catch {
      throw .malformed(error)
    }
    var previous = nodes.indices.map(initialValue)
    var outputs: [[Rational]] = []
    for token in tokens {
      guard token.count == inputDimension else {
        throw .tokenSize(expected: inputDimension, found: token.count)
      }
      var values: [[Rational]] = []
      values.reserveCapacity(nodes.count)
      for (position, node) in nodes.enumerated() {
        let value = CellProgram.value(of: node, at: position, token, values, previous)
        let bits = value.reduce(0) { $0 + $1.bitCount }
        guard bits <= bitLimit else {
          throw .tooLarge(node: position, bits: bits, limit: bitLimit)
        }
        values.append(value)
      }
      outputs.append(values[output])
      previous = values
    }
    return outputs
  }

  private static func value(
    of node: Node, at position: Int, _ token: [Rational], _ values: [[Rational]],
    _ previous: [[Rational]]
  ) -> [Rational] {
    switch node {
    case .input: return token
    case .linear(let map, let source): return map(values[source])
    case .relu(let source): return values[source].map(\.positivePart)
    case .state(let recurrence, let input, let source):
      return recurrence.accumulate(previous[position], onto: input(values[source]))
    case .previous(let source): return previous[source]
    case .concat(let sources): return sources.flatMap { values[$0] }
    case .multiply(let source):
      let factors = values[source]
      return zip(factors, factors.dropFirst(factors.count / 2)).map { $0 * $1 }
    }
  }
}
