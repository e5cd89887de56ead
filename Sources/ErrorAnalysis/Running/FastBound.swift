import ExactArithmetic

/// The running bound in its fast mode: with x exact and x̂ float, e ≥ |x̂ − x| for every number,
/// from
///
///     row       e = |δb| + Σ ( |â| e(x) + |δa| (|x̂| + e(x)) + u |p̂| + min(u |ŝ|, |ŝ before|, |p̂|) )
///     product   e = |â| e(b) + |b̂| e(a) + e(a) e(b) + u |p̂|
///     ReLU      e if x̂ > 0, else max(0, x̂ + e): the float is 0, the exact number at most that
///
/// with eta more for a product that may have underflowed, and without u |p̂| if the weight is a
/// power of two and nothing underflows. Each sum's error is at most the smaller of its operands,
/// because that operand's fellow is a float, too: so adding 0 costs nothing.
///
/// Rows are summed in rounded arithmetic, and the result is widened once: k roundings lose at most
/// the part 2 k 2^−53, and each product one underflow.
final class FastBound<Model: RoundingModel>: BoundEngine {
  /// A weight as the inner loop wants it.
  private struct Term: BitwiseCopyable {
    let weight: Double

    /// |weight − exact weight|.
    let deviation: Double

    /// u, or 0 for powers of two.
    let productUnit: Double

    /// Products below it may have underflowed.
    let threshold: Double
    let register: Int
  }

  private struct Row: BitwiseCopyable {
    let offset: Double
    let deviation: Double
    let end: Int

    /// What the rounded sum is multiplied by, and what is added first.
    let widening: Double
    let slack: Double
  }

  private enum Step {
    case affine(rows: Range<Int>, firstTerm: Int, target: Int)
    case relu(sources: Range<Int>, target: Int)
    case multiply(left: Range<Int>, right: Int, target: Int)
    case copy(from: Int, count: Int, target: Int)
  }

  private let steps: [Step]
  private let rows: Block<Row>
  private let terms: Block<Term>
  private let registers: Block<Int>
  private let values: Block<Double>
  private let errors: Block<Double>
  private let inputs: Range<Int>
  private let outputs: [Int]
  private let states: [(target: Int, initial: [(value: Double, error: Double)])]

  init(_ tape: FlatTape) {
    var steps: [Step] = []
    var rows: [Row] = []
    var terms: [Term] = []
    var registers: [Int] = []
    func append(_ list: [Int]) -> Range<Int> {
      registers += list
      return registers.count - list.count..<registers.count
    }
    func affine(_ list: [FlatTape.Row], _ target: Int) -> Step {
      let first = terms.count
      for row in list {
        terms += row.terms.map(FastBound.term)
        rows.append(FastBound.row(row, end: terms.count))
      }
      return .affine(
        rows: rows.count - list.count..<rows.count, firstTerm: first, target: target)
    }
    // A state is computed beside the old one, then copied over it.
    let scratch = tape.registerCount
    for step in tape.steps {
      switch step {
      case .affine(let list, let target): steps.append(affine(list, target))
      case .relu(let sources, let target):
        steps.append(.relu(sources: append(sources), target: target))
      case .multiply(let left, let right, let target):
        steps.append(
          .multiply(left: append(left), right: append(right).lowerBound, target: target))
      case .update(let list, let target):
        steps.append(affine(list, scratch))
        steps.append(.copy(from: scratch, count: list.count, target: target))
      }
    }
    self.steps = steps
    self.rows = Block(rows, or: Row(offset: 0, deviation: 0, end: 0, widening: 1, slack: 0))
    self.terms = Block(
      terms, or: Term(weight: 0, deviation: 0, productUnit: 0, threshold: 0, register: 0))
    self.registers = Block(registers, or: 0)
    let room = scratch + (tape.states.map(\.initial.count).max() ?? 0)
    values = Block(repeating: 0, count: room)
    errors = Block(repeating: 0, count: room)
    inputs = tape.inputs
    outputs = tape.outputs
    states = tape.states.map { ($0.target, $0.initial.map(FastBound.rounded)) }
  }

  private static func rounded(_ exact: Rational) -> (value: Double, error: Double) {
    let value = Model.Number(nearest: exact).double
    return (value, Model.deviation(of: value, from: exact).bound)
  }

  private static func term(_ term: FlatTape.Term) -> Term {
    let (weight, deviation) = rounded(term.weight)
    let isPower = weight.isPowerOfTwo
    // A power of two that is no fraction keeps every digit; others may push some below eta.
    let threshold = Model.underflowThreshold * (isPower ? 2 : 1)
    return Term(
      weight: weight, deviation: deviation, productUnit: isPower ? 0 : Model.productUnit,
      threshold: isPower && weight.magnitude >= 1 ? 0 : threshold, register: term.register)
  }

  private static func row(_ row: FlatTape.Row, end: Int) -> Row {
    let (offset, deviation) = rounded(row.offset)
    let roundings = Double(row.terms.count + 8)
    return Row(
      offset: offset, deviation: deviation, end: end,
      widening: (1 + roundings * 0x1p-51).nextUp,
      slack: roundings * 8 * Double.leastNonzeroMagnitude)
  }

  func reset() {
    for (target, initial) in states {
      for (index, state) in initial.enumerated() {
        values.start[target + index] = state.value
        errors.start[target + index] = state.error
      }
    }
  }

  func step(_ tokens: RoundedTokens, at index: Int, into outputs: inout [BoundedValue]) {
    for (place, register) in inputs.enumerated() {
      values.start[register] = tokens.values[index + place]
      errors.start[register] = tokens.deviations[index + place].bound
    }
    let values = values.start
    let errors = errors.start
    for step in steps {
      switch step {
      case .affine(let rows, let firstTerm, let target): affine(rows, firstTerm, target)
      case .relu(let sources, let target): relu(sources, target)
      case .multiply(let left, let right, let target): multiply(left, right, target)
      case .copy(let source, let count, let target):
        (values + target).update(from: values + source, count: count)
        (errors + target).update(from: errors + source, count: count)
      }
    }
    for register in self.outputs {
      outputs.append(BoundedValue(value: values[register], bound: errors[register]))
    }
  }

  private func affine(_ range: Range<Int>, _ firstTerm: Int, _ target: Int) {
    let rows = rows.start
    let terms = terms.start
    let values = values.start
    let errors = errors.start
    var place = firstTerm
    var target = target
    for index in range {
      let row = rows[index]
      var sum = row.offset
      var error = row.deviation
      // Bits of everything that could have underflowed to 0 in `error`.
      var touched = error.bitPattern
      while place < row.end {
        let term = terms[place]
        place &+= 1
        let x = values[term.register]
        let e = errors[term.register]
        let size = x.magnitude
        let product = Model.Number.round(term.weight * x)
        let productSize = product.magnitude
        let next = Model.Number.round(sum + product)
        let underflow = productSize < term.threshold && size > 0 ? Model.leastStep : 0
        let ofProduct = term.productUnit * productSize + underflow
        let ofSum = min(Model.unit * next.magnitude, min(sum.magnitude, productSize))
        let ofWeight = term.deviation * (size + e)
        error += (term.weight.magnitude * e + ofWeight) + (ofProduct + ofSum)
        touched |= e.bitPattern | (term.deviation > 0 ? size.bitPattern : 0)
        sum = next
      }
      if (touched | error.bitPattern) != 0 {
        error = ((error + row.slack).above * row.widening).above
      }
      values[target] = sum
      errors[target] =
        sum.magnitude < .infinity ? error : Model.deviation(ofNonFinite: sum).radius
      target &+= 1
    }
  }

  private func relu(_ sources: Range<Int>, _ target: Int) {
    var target = target
    for index in sources {
      let source = registers.start[index]
      let x = values.start[source]
      let e = errors.start[source]
      values.start[target] = x <= 0 ? 0 : x
      // An infinite bound stays; x + e would be no number if x is −∞.
      let reach = x + e
      errors.start[target] =
        x > 0 || !(e < .infinity) ? e : reach > 0 ? reach.above : 0
      target &+= 1
    }
  }

  private func multiply(_ left: Range<Int>, _ right: Int, _ target: Int) {
    var target = target
    var right = right
    for index in left {
      let first = registers.start[index]
      let second = registers.start[right]
      let (a, b) = (values.start[first], values.start[second])
      let (ea, eb) = (errors.start[first], errors.start[second])
      let product = Model.Number.round(a * b)
      var error = FastBound.roundingError(a, b, product)
      if ea > 0 || eb > 0 {
        error = error.upward(plus: a.magnitude.upward(times: eb))
          .upward(plus: b.magnitude.upward(times: ea)).upward(plus: ea.upward(times: eb))
      }
      values.start[target] = product
      errors.start[target] =
        product.magnitude < .infinity ? error : Model.deviation(ofNonFinite: product).radius
      target &+= 1
      right &+= 1
    }
  }

  @inline(__always)
  private static func roundingError(_ a: Double, _ b: Double, _ product: Double) -> Double {
    if a == 0 || b == 0 { return 0 }
    if product.magnitude >= 2 * Model.underflowThreshold {
      let isExact = a.significandBitPattern == 0 || b.significandBitPattern == 0
      return isExact ? 0 : product.magnitude * Model.productUnit
    }
    if a.magnitude == 1 || b.magnitude == 1 { return 0 }
    return (product.magnitude * Model.productUnit).upward(plus: Model.leastStep)
  }
}
