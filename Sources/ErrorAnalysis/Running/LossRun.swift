import ExactArithmetic

/// A run that looks at every rounding. Slow: for showing people where things go wrong.
struct LossRun<Model: RoundingModel> {
  private(set) var losses = Losses()
  private let tape: FlatTape
  private var values: [Double]
  private var step = 0
  private var instruction: Int?
  private var row = 0

  init(_ tape: FlatTape) {
    self.tape = tape
    values = Array(repeating: 0, count: tape.registerCount)
    for state in tape.states {
      for (index, number) in state.initial.enumerated() {
        row = index
        values[state.target + index] = rounded(number, .initialState(number))
      }
    }
  }

  private mutating func note(_ operation: Loss.Operation, _ result: Double, _ lost: Deviation) {
    if lost.isZero { return }
    losses.note(
      Loss(
        step: step, instruction: instruction, row: row, operation: operation, result: result,
        amount: lost.bound))
  }

  private mutating func rounded(_ exact: Rational, _ operation: Loss.Operation) -> Double {
    let value = Model.Number(nearest: exact).double
    note(operation, value, Model.deviation(of: value, from: exact))
    return value
  }

  /// A value that was not finite before has lost all it had.
  private mutating func product(_ left: Double, _ right: Double) -> Double {
    let product = Model.Number.round(left * right)
    if left.isFinite, right.isFinite {
      note(
        .product(left, right), product,
        product.isFinite ? Model.productDeviation(left, right, product) : .unknown)
    }
    return product
  }

  private mutating func sum(_ left: Double, _ right: Double) -> Double {
    let sum = Model.Number.round(left + right)
    if left.isFinite, right.isFinite {
      note(
        .sum(left, right), sum, sum.isFinite ? Model.sumDeviation(left, right, sum) : .unknown)
    }
    return sum
  }

  private mutating func result(of row: FlatTape.Row) -> Double {
    var sum = rounded(row.offset, .offset(row.offset))
    for term in row.terms {
      let x = values[term.register]
      let weight = Model.Number(nearest: term.weight).double
      let deviation = Model.deviation(of: weight, from: term.weight)
      if x.isFinite {
        note(.weight(term.weight, factor: x), weight, deviation.scaled(by: x))
      }
      sum = self.sum(sum, product(weight, x))
    }
    return sum
  }

  mutating func read(_ token: [Rational]) {
    instruction = nil
    for (index, register) in tape.inputs.enumerated() {
      row = index
      values[register] = rounded(token[index], .token(coordinate: index))
    }
    for (position, step) in tape.steps.enumerated() {
      instruction = position
      switch step {
      case .affine(let rows, let target), .update(let rows, let target):
        var results: [Double] = []
        for (index, row) in rows.enumerated() {
          self.row = index
          results.append(result(of: row))
        }
        values.replaceSubrange(target..<target + rows.count, with: results)
      case .relu(let sources, let target):
        let results = sources.map { values[$0].positivePart }
        values.replaceSubrange(target..<target + sources.count, with: results)
      case .multiply(let left, let right, let target):
        var results: [Double] = []
        for (index, pair) in zip(left, right).enumerated() {
          row = index
          results.append(product(values[pair.0], values[pair.1]))
        }
        values.replaceSubrange(target..<target + results.count, with: results)
      }
    }
    step += 1
  }
}
