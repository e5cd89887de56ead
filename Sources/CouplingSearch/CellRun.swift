import Certificates
import ExactArithmetic

extension CellProgram {
  /// The values of all nodes in one step, over any numbers: for looking at, not for judging.
  /// `isWanted`: by node, whether its values are; nil: all are. Those of others are empty.
  /// Precondition: the program is well formed, and what a wanted node reads in the step is wanted.
  public func values<Number: Scalar>(
    reading token: [Number], after previous: [[Number]], of isWanted: [Bool]? = nil
  ) -> [[Number]] {
    var values: [[Number]] = []
    values.reserveCapacity(nodes.count)
    for (position, node) in nodes.enumerated() {
      if let isWanted, !isWanted[position] {
        values.append([])
        continue
      }
      switch node {
      case .input: values.append(token)
      case .linear(let map, let source): values.append(map(values[source]))
      case .relu(let source): values.append(values[source].map(\.positivePart))
      case .state(let recurrence, let input, let source):
        values.append(recurrence.accumulate(previous[position], onto: input(values[source])))
      case .previous(let source): values.append(previous[source])
      case .concat(let sources): values.append(sources.flatMap { values[$0] })
      case .multiply(let source):
        let factors = values[source]
        let half = factors.count / 2
        values.append(zip(factors[..<half], factors[half...]).map { $0 * $1 })
      }
    }
    return values
  }

  /// By node what it remembers before the first step.
  public func memory<Number: Scalar>(_ type: Number.Type = Number.self) -> [[Number]] {
    nodes.indices.map { initialValue(of: $0).map(Number.init(nearest:)) }
  }
}
