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
  private enum Step {
    case affine(runs: Range<Int>)
    case relu(sources: Range<Int>, target: Int)
    case multiply(left: Range<Int>, right: Int, target: Int)
    case copy(from: Int, count: Int, target: Int)
  }

  private let steps: [Step]
  private let runs: Block<FastPart.Run>
  private let rows: Block<FastPart.Row>
  private let terms: Block<FastPart.Term>
  private let rests: Block<FastPart.Rest>
  private let registers: Block<Int>

  /// By register: a float, and how far it is from the exact number at most.
  private let cells: Block<SIMD2<Double>>
  private let inputs: Range<Int>
  private let outputs: [Int]
  private let states: [(target: Int, initial: [(value: Double, error: Double)])]

  init(_ tape: FlatTape) {
    var steps: [Step] = []
    var runs: [FastPart.Run] = []
    var rows = FastRows<Model>()
    var registers: [Int] = []
    func append(_ list: [Int]) -> Range<Int> {
      registers += list
      return registers.count - list.count..<registers.count
    }
    func affine(_ list: [FlatTape.Row], _ target: Int) -> Step {
      let first = runs.count
      runs += rows.append(list, to: target)
      return .affine(runs: first..<runs.count)
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
    self.runs = Block(runs, or: FastPart.Run(kind: .general, rows: .none, firstTerm: 0))
    self.rows = Block(
      rows.rows,
      or: FastPart.Row(offset: 0, deviation: 0, end: 0, target: 0, widening: 1, slack: 0))
    terms = Block(rows.terms, or: FastPart.Term(pair: .zero, productUnit: 0, register: 0))
    rests = Block(rows.rests, or: FastPart.Rest(deviation: 0, threshold: 0))
    self.registers = Block(registers, or: 0)
    let room = scratch + (tape.states.map(\.initial.count).max() ?? 0)
    cells = Block(repeating: .zero, count: room)
    inputs = tape.inputs
    outputs = tape.outputs
    states = tape.states.map { ($0.target, $0.initial.map(FastRows<Model>.rounded)) }
  }

  func reset() {
    for (target, initial) in states {
      for (index, state) in initial.enumerated() {
        cells.start[target + index] = SIMD2(state.value, state.error)
      }
    }
  }

  func step(_ tokens: RoundedTokens, at index: Int, into outputs: inout [BoundedValue]) {
    let cells = cells.start
    for (place, register) in inputs.enumerated() {
      cells[register] = SIMD2(
        tokens.values[index + place], tokens.deviations[index + place].bound)
    }
    for step in steps {
      switch step {
      case .affine(let range): for index in range { run(runs.start[index]) }
      case .relu(let sources, let target): relu(sources, target)
      case .multiply(let left, let right, let target): multiply(left, right, target)
      case .copy(let source, let count, let target):
        (cells + target).update(from: cells + source, count: count)
      }
    }
    for register in self.outputs {
      outputs.append(BoundedValue(value: cells[register].x, bound: cells[register].y))
    }
  }

  // MARK: - Rows

  @inline(__always)
  private func run(_ run: FastPart.Run) {
    switch run.kind {
    case .scaled: scale(run)
    case .powers: sum(run, roundsProducts: false)
    case .plain: sum(run, roundsProducts: true)
    case .general: sumAnything(run)
    }
  }

  private func scale(_ run: FastPart.Run) {
    let cells = cells.start
    var term = terms.start + run.firstTerm
    for index in run.rows.range {
      let target = rows.start[index].target
      let result = term.pointee.pair * cells[term.pointee.register]
      // As a sum from 0 on: never −0.
      let value = Model.Number.round(result.x) + 0
      cells[target] = SIMD2(
        value,
        value.magnitude < .infinity ? result.y : Model.deviation(ofNonFinite: value).radius)
      term += 1
    }
  }

  /// Rows whose weights are in the format. Beside each product and sum runs |weight| · e, in the
  /// other lane.
  @inline(__always)
  private func sum(_ run: FastPart.Run, roundsProducts: Bool) {
    let rows = rows.start
    let cells = cells.start
    var term = terms.start + run.firstTerm
    for index in run.rows.range {
      let row = rows + index
      let end = terms.start + row.pointee.end
      var sum = SIMD2(row.pointee.offset, row.pointee.deviation)
      var size = sum.x.magnitude
      var lost = 0.0
      // Bits of everything that could have underflowed to 0 in the bound.
      var touched = sum.y.bitPattern
      while term < end {
        let cell = cells[term.pointee.register]
        var product = term.pointee.pair * cell
        if Model.isShort { product.x = Model.Number.round(product.x) }
        sum += product
        if Model.isShort { sum.x = Model.Number.round(sum.x) }
        let productSize = product.x.magnitude
        let nextSize = sum.x.magnitude
        lost += smaller(smaller(Model.unit * nextSize, size), productSize)
        size = nextSize
        if roundsProducts {
          let unit = term.pointee.productUnit
          lost += unit * productSize
          touched |= cell.y.bitPattern
          if Model.leastStep > 0 { touched |= unit > 0 ? cell.x.bitPattern : 0 }
        }
        term += 1
      }
      finish(row, sum.x, sum.y + lost, touched)
    }
  }

  @inline(__always)
  private func smaller(_ left: Double, _ right: Double) -> Double { left < right ? left : right }

  @inline(__always)
  private func finish(
    _ row: UnsafeMutablePointer<FastPart.Row>, _ sum: Double, _ error: Double, _ touched: UInt64
  ) {
    // The widening is large enough for the roundings here, too, and eight times the smallest
    // number for what they may push below it.
    let widened = (error + row.pointee.slack) * row.pointee.widening
    let bound = (touched | error.bitPattern) == 0 ? 0 : widened
    let isKnown = sum.magnitude < .infinity && bound <= .infinity
    cells.start[row.pointee.target] = SIMD2(
      sum,
      isKnown
        ? bound : sum.magnitude < .infinity ? .infinity : Model.deviation(ofNonFinite: sum).radius)
  }

  private func sumAnything(_ run: FastPart.Run) {
    let cells = cells.start
    var place = run.firstTerm
    for index in run.rows.range {
      let row = rows.start + index
      var sum = row.pointee.offset
      var error = row.pointee.deviation
      var touched = error.bitPattern
      while place < row.pointee.end {
        let term = terms.start + place
        let rest = rests.start + place
        place &+= 1
        let x = cells[term.pointee.register].x
        let e = cells[term.pointee.register].y
        let size = x.magnitude
        let product = Model.Number.round(term.pointee.pair.x * x)
        let productSize = product.magnitude
        let next = Model.Number.round(sum + product)
        let underflow =
          productSize < rest.pointee.threshold && size > 0 ? Model.leastStep : 0
        let ofProduct = term.pointee.productUnit * productSize + underflow
        let ofSum = min(Model.unit * next.magnitude, min(sum.magnitude, productSize))
        let ofWeight = rest.pointee.deviation * (size + e)
        error += (term.pointee.pair.y * e + ofWeight) + (ofProduct + ofSum)
        touched |= e.bitPattern | (rest.pointee.deviation > 0 ? size.bitPattern : 0)
        sum = next
      }
      finish(row, sum, error, touched)
    }
  }

  // MARK: - ReLUs and products

  private func relu(_ sources: Range<Int>, _ target: Int) {
    let cells = cells.start
    var target = target
    for index in sources {
      let (x, e) = (cells[registers.start[index]].x, cells[registers.start[index]].y)
      // An infinite bound stays; x + e would be no number if x is −∞.
      let reach = x + e
      let ofNothing = reach > 0 ? reach.above : 0
      cells[target] = SIMD2(x <= 0 ? 0 : x, x > 0 || !(e < .infinity) ? e : ofNothing)
      target &+= 1
    }
  }

  private func multiply(_ left: Range<Int>, _ right: Int, _ target: Int) {
    let cells = cells.start
    var target = target
    var right = right
    for index in left {
      let first = cells[registers.start[index]]
      let second = cells[registers.start[right]]
      let (a, b) = (first.x, second.x)
      let (ea, eb) = (first.y, second.y)
      let product = Model.Number.round(a * b)
      var error = FastBound.roundingError(a, b, product)
      if ea > 0 || eb > 0 {
        error = error.upward(plus: a.magnitude.upward(times: eb))
          .upward(plus: b.magnitude.upward(times: ea)).upward(plus: ea.upward(times: eb))
      }
      cells[target] = SIMD2(
        product,
        product.magnitude < .infinity ? error : Model.deviation(ofNonFinite: product).radius)
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
