import Certificates
import ExactArithmetic

extension CellProgram {
  /// The values of all nodes in one step, as `run` says. Precondition: the program is well formed.
  func step(_ token: [Rational], after previous: [[Rational]]) -> [[Rational]] {
    var values: [[Rational]] = []
    values.reserveCapacity(nodes.count)
    for (position, node) in nodes.enumerated() {
      switch node {
      case .input: values.append(token)
      case .linear(let map, let source):
        values.append(map.matrix.sums(of: values[source], map.offset))
      case .relu(let source): values.append(values[source].map(\.positivePart))
      case .state(let recurrence, let input, let source):
        let entering = input.matrix.sums(of: values[source], input.offset)
        values.append(recurrence.sums(of: previous[position], entering))
      case .previous(let source): values.append(previous[source])
      case .concat(let sources): values.append(sources.flatMap { values[$0] })
      case .multiply(let source):
        let half = values[source].count / 2
        values.append((0..<half).map { values[source][$0] * values[source][half + $0] })
      }
    }
    return values
  }
}

extension Matrix {
  /// `sums` + self · `vector`. Most numbers are 0 here, and most weights 1 or −1.
  fileprivate func sums(of vector: [Rational], _ sums: [Rational]) -> [Rational] {
    var sums = sums
    for row in 0..<rowCount {
      for entry in self.row(row) {
        let value = vector[entry.column]
        if value == 0 { continue }
        sums[row] += entry.value == 1 ? value : entry.value * value
      }
    }
    return sums
  }
}
