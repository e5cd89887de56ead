import ExactArithmetic

extension StraightLine {
  /// The value at `place`, exactly.
  func exact(_ place: Int, _ leaves: [Rational]) -> Rational {
    var values: [Rational] = []
    values.reserveCapacity(operations.count)
    for operation in operations[...place] {
      switch operation {
      case .leaf(let index): values.append(leaves[index])
      case .constant(let value): values.append(value)
      case .scale(let weight, let value): values.append(weight * values[value])
      case .sum(let left, let right): values.append(values[left] + values[right])
      case .relu(let value): values.append(values[value].positivePart)
      case .product(let left, let right): values.append(values[left] * values[right])
      }
    }
    return values[place]
  }
}

extension RoundedLine {
  /// The value at `place` in floats of the format, in the order of `Tape`.
  func float(_ place: Int, _ leaves: [Double]) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: instructions.count) { values in
      for (place, instruction) in instructions[...place].enumerated() {
        let (left, right) = (instruction.left, instruction.right)
        values[place] =
          switch instruction.kind {
          case .leaf: leaves[left]
          case .constant: weights[left].rounded
          case .scale: rounding.nearest(weights[left].rounded * values[right])
          case .sum: rounding.nearest(values[left] + values[right])
          case .relu: values[left].positivePart
          case .product: rounding.nearest(values[left] * values[right])
          }
      }
      return values[place]
    }
  }
}
