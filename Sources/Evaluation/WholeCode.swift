import ExactArithmetic
import LSRL

/// A `WholeProgram` under construction: one pass over the tape.
struct WholeCode {
  /// Where a register's value really is, and times what.
  struct Place {
    /// The register itself, or one of the pool's.
    var column: Int32
    var scale: Ratio
  }

  /// Registers that hold 0, 1 and −1: a constant c is ±1 at the scale 1/|c|.
  static let poolSize = 3

  let tape: Tape
  let layout: RegisterLayout
  let pool: Int
  var code: LaneCode<Double>
  var places: [Place]
  var stateScales: [[Int64]]

  /// Whether weights, offsets and initial values may be fractions over powers of two.
  let allowsHalves: Bool

  /// Whether some state is halved again and again, which no scale makes whole.
  private(set) var needsHalves = false

  /// By slot.
  private var stateOfSlot: [Int]

  /// Its memory is used again and again.
  private var spareRow = Row()

  init(
    _ tape: Tape, _ layout: RegisterLayout, _ inputScale: Int64, _ stateScales: [[Int64]],
    allowsHalves: Bool
  ) {
    self.tape = tape
    self.layout = layout
    self.allowsHalves = allowsHalves
    code = LaneCode(for: tape)
    self.stateScales = stateScales
    pool = layout.count
    places = (0..<layout.count).map { Place(column: Int32($0), scale: .one) }
    stateOfSlot = Array(repeating: -1, count: tape.slotSizes.count)
    for index in 0..<tape.inputDimension {
      places[layout.starts[tape.inputSlot] + index].scale = Ratio(lowestTerms: inputScale, 1)
    }
    for (number, state) in tape.states.enumerated() {
      stateOfSlot[state.slot] = number
      for index in state.initial.indices {
        places[layout.starts[state.slot] + index].scale =
          Ratio(lowestTerms: stateScales[number][index], 1)
      }
    }
  }

  mutating func run() throws(NotWhole) {
    var first: [Int32] = []
    var second: [Int32] = []
    for instruction in tape.instructions {
      let target = layout.starts[instruction.slot]
      switch instruction {
      case .affine(let map, let source, _):
        layout.list(source, in: &first)
        try affine(map, first, target)
      case .relu(let source, _):
        layout.list(source, in: &first)
        relu(first, target)
      case .multiply(let left, let right, _):
        layout.list(left, in: &first)
        layout.list(right, in: &second)
        try multiply(first, second, target)
      case .update(let state, let source, let slot):
        layout.list(source, in: &first)
        try update(state, first, target, stateOfSlot[slot])
      case .keep(let source, let slot):
        layout.list(source, in: &first)
        try keep(first, target, stateOfSlot[slot])
      case .constant(let constants, _): try constant(constants, target)
      }
      // All of it again, then.
      if needsHalves, !allowsHalves { return }
    }
  }

  // MARK: Constants

  /// −1, 0 or 1 if the place is of the pool.
  private func sign(_ place: Place) -> Int64? {
    switch Int(place.column) - pool {
    case 0: 0
    case 1: 1
    case 2: -1
    default: nil
    }
  }

  private func known(_ value: Ratio) -> Place {
    if value.isZero { return Place(column: Int32(pool), scale: .one) }
    return Place(
      column: Int32(pool + (value.top > 0 ? 1 : 2)), scale: value.magnitude.reciprocal)
  }

  /// Precondition: the place is of the pool, with this sign.
  private func value(_ place: Place, _ sign: Int64) -> Ratio {
    let magnitude = place.scale.reciprocal
    return Ratio(lowestTerms: sign * magnitude.top, magnitude.bottom)
  }

  private mutating func constant(_ constants: [Tape.Constant], _ target: Int) throws(NotWhole) {
    for (index, constant) in constants.enumerated() {
      guard let number = constant.value(in: Rational.self) else { throw NotWhole() }
      places[target + index] = known(try Ratio(number))
    }
  }

  // MARK: Rows

  /// A row's products, over the scales of what they read, and its offset with all constants.
  private struct Row {
    var offset = Ratio.one
    var columns: [Int32] = []
    var weights: [Ratio] = []
    var denominator: Int64 = 1

    /// Whether some number is 1 or −1.
    var hasUnit: Bool {
      offset.top.magnitude == 1 || weights.contains { $0.top.magnitude == 1 }
    }

    mutating func restart(offset: Ratio) {
      self.offset = offset
      columns.removeAll(keepingCapacity: true)
      weights.removeAll(keepingCapacity: true)
      denominator = 1
    }
  }

  private func read(
    _ entries: ArraySlice<Matrix.Entry>, _ registers: [Int32], into row: inout Row
  ) throws(NotWhole) {
    for entry in entries {
      let place = places[Int(registers[entry.column])]
      let weight = try Ratio(entry.value)
      if place.scale == .one, Int(place.column) < pool {
        row.columns.append(place.column)
        row.weights.append(weight)
        if weight.bottom != 1 {
          row.denominator = try Ratio.commonMultiple(row.denominator, weight.bottom)
        }
        continue
      }
      if let sign = sign(place) {
        if sign != 0 { row.offset = try row.offset + weight * value(place, sign) }
        continue
      }
      let scaled = try weight / place.scale
      row.columns.append(place.column)
      row.weights.append(scaled)
      row.denominator = try Ratio.commonMultiple(row.denominator, scaled.bottom)
    }
  }

  /// Appends `row` times `scale`, which makes its numbers whole.
  private mutating func append(_ row: Row, times scale: Ratio) throws(NotWhole) {
    for (column, weight) in zip(row.columns, row.weights) {
      code.add(try whole(weight, scale), times: column)
    }
    code.endRow(offset: try whole(row.offset, scale))
  }

  private func whole(_ weight: Ratio, _ scale: Ratio) throws(NotWhole) -> Double {
    if scale == .one, weight.bottom == 1, weight.top.magnitude <= WholeProgram.largestWeight {
      return Double(weight.top)
    }
    let product = try weight * scale
    if allowsHalves, product.bottom & (product.bottom - 1) == 0 {
      // A power of two below: the quotient is exact.
      guard product.top.magnitude <= WholeProgram.largestWeight else { throw NotWhole() }
      return Double(product.top) / Double(product.bottom)
    }
    guard product.bottom == 1, product.top.magnitude <= WholeProgram.largestWeight else {
      throw NotWhole()
    }
    return Double(product.top)
  }

  private mutating func affine(
    _ map: AffineMap, _ registers: [Int32], _ target: Int
  ) throws(NotWhole) {
    code.beginRows(to: target)
    var isConstant = true
    var row = Row()
    swap(&row, &spareRow)
    defer { swap(&row, &spareRow) }
    for index in map.offset.indices {
      row.restart(offset: try Ratio(map.offset[index]))
      try read(map.matrix.row(index), registers, into: &row)
      guard !row.columns.isEmpty else {
        places[target + index] = known(row.offset)
        code.endRow(offset: 0)
        continue
      }
      isConstant = false
      if row.denominator == 1, row.offset.bottom == 1, row.hasUnit {
        // The content is 1, and so is the scale.
        try append(row, times: .one)
        places[target + index] = Place(column: Int32(target + index), scale: .one)
        continue
      }
      let multiple = try Ratio.commonMultiple(row.denominator, row.offset.bottom)
      var content: Int64 = try Ratio.product(row.offset.top, multiple / row.offset.bottom)
      for weight in row.weights where content != 1 {
        content = Ratio.commonDivisor(
          content, try Ratio.product(weight.top, multiple / weight.bottom))
      }
      let scale = try Ratio(lowestTerms: multiple, 1) / Ratio(lowestTerms: abs(content), 1)
      try append(row, times: scale)
      places[target + index] = Place(column: Int32(target + index), scale: scale)
    }
    if isConstant { code.dropRows() } else { code.endRows() }
  }

  private mutating func relu(_ registers: [Int32], _ target: Int) {
    var read: [Int32] = []
    read.reserveCapacity(registers.count)
    var isConstant = true
    for (index, register) in registers.enumerated() {
      let place = places[Int(register)]
      if let sign = sign(place) {
        let zero = Place(column: Int32(pool), scale: .one)
        places[target + index] = sign > 0 ? place : zero
        read.append(Int32(pool))
      } else {
        isConstant = false
        places[target + index] = Place(column: Int32(target + index), scale: place.scale)
        read.append(place.column)
      }
    }
    guard !isConstant else { return }
    code.append(.relu, read, rows: read.count, to: target, filler: 0)
  }

  private mutating func multiply(
    _ left: [Int32], _ right: [Int32], _ target: Int
  ) throws(NotWhole) {
    var first: [Int32] = []
    var second: [Int32] = []
    first.reserveCapacity(2 * left.count)
    second.reserveCapacity(left.count)
    var isConstant = true
    for index in left.indices {
      let a = places[Int(left[index])]
      let b = places[Int(right[index])]
      let (p, q) = (sign(a), sign(b))
      if p == 0 || q == 0 {
        places[target + index] = known(Ratio(lowestTerms: 0, 1))
      } else if let p, let q {
        places[target + index] = known(try value(a, p) * value(b, q))
      } else {
        isConstant = false
        places[target + index] = Place(
          column: Int32(target + index), scale: try a.scale * b.scale)
        first.append(a.column)
        second.append(b.column)
        continue
      }
      first.append(Int32(pool))
      second.append(Int32(pool))
    }
    guard !isConstant else { return }
    first += second
    code.append(.multiply, first, rows: second.count, to: target, filler: 0)
  }

  // MARK: States

  private mutating func update(
    _ state: LinState, _ registers: [Int32], _ target: Int, _ number: Int
  ) throws(NotWhole) {
    let own = (0..<state.dimension).map { Int32(target + $0) }
    code.beginRows(to: layout.scratch)
    var row = Row()
    swap(&row, &spareRow)
    defer { swap(&row, &spareRow) }
    for index in own.indices {
      row.restart(offset: try Ratio(state.input.offset[index]))
      try checkFactor(of: index, in: state)
      try read(state.recurrence.row(index), own, into: &row)
      try read(state.input.matrix.row(index), registers, into: &row)
      let needed = try Ratio.commonMultiple(row.denominator, row.offset.bottom)
      if try enlarge(number, index, toMultipleOf: needed) {
        code.endRow(offset: 0)
      } else {
        try append(row, times: Ratio(lowestTerms: stateScales[number][index], 1))
      }
    }
    code.endRows()
    code.append(
      .copy, own.indices.map { Int32(layout.scratch + $0) }, rows: own.count, to: target,
      filler: 0)
  }

  /// What a coordinate is multiplied with from token to token is the same at every scale.
  private mutating func checkFactor(of index: Int, in state: LinState) throws(NotWhole) {
    guard let entry = state.recurrence.row(index).first(where: { $0.column == index }) else {
      return
    }
    let bottom = try Ratio(entry.value).bottom
    if bottom == 1 { return }
    guard bottom & (bottom - 1) == 0 else { throw NotWhole() }
    needsHalves = true
  }

  /// Whether a state's scale was too small: it is another one now.
  private mutating func enlarge(
    _ state: Int, _ index: Int, toMultipleOf needed: Int64
  ) throws(NotWhole) -> Bool {
    let old = stateScales[state][index]
    let needed = allowsHalves ? needed >> needed.trailingZeroBitCount : needed
    guard old % needed != 0 else { return false }
    let scale = try Ratio.commonMultiple(old, needed)
    stateScales[state][index] = scale
    places[layout.starts[tape.states[state].slot] + index].scale = Ratio(lowestTerms: scale, 1)
    return true
  }

  private mutating func keep(
    _ registers: [Int32], _ target: Int, _ number: Int
  ) throws(NotWhole) {
    var isCopy = true
    var factors: [Ratio] = []
    for (index, register) in registers.enumerated() {
      let place = places[Int(register)]
      // The state's scale over that of what is kept in it is to be whole.
      _ = try enlarge(number, index, toMultipleOf: place.scale.top)
      let factor = try Ratio(lowestTerms: stateScales[number][index], 1) / place.scale
      if factor != .one, sign(place) != 0 { isCopy = false }
      factors.append(factor)
    }
    if isCopy {
      let read = registers.map { places[Int($0)].column }
      return code.append(.copy, read, rows: read.count, to: target, filler: 0)
    }
    code.beginRows(to: target)
    for (factor, register) in zip(factors, registers) {
      code.add(try whole(factor, .one), times: places[Int(register)].column)
      code.endRow(offset: 0)
    }
    code.endRows()
  }

  // MARK: Finishing

  var outputFactors: [Rational]? {
    let scales = layout.registers(of: tape.output).map { places[Int($0)].scale }
    if scales.allSatisfy({ $0 == .one }) { return nil }
    return scales.map(\.reciprocal.rational)
  }

  func finish() throws(NotWhole) -> LaneProgram<Double> {
    var initial: [(start: Int, numbers: [Double])] = [(pool, [0, 1, -1])]
    for (state, scales) in zip(tape.states, stateScales) {
      var numbers: [Double] = []
      for (number, scale) in zip(state.initial, scales) {
        numbers.append(try whole(Ratio(number), Ratio(lowestTerms: scale, 1)))
      }
      initial.append((layout.starts[state.slot], numbers))
    }
    return LaneProgram(
      code: code.finish(), inputStart: layout.starts[tape.inputSlot],
      inputDimension: tape.inputDimension,
      outputColumns: layout.registers(of: tape.output).map { places[Int($0)].column },
      initial: initial, registerCount: layout.count + WholeCode.poolSize)
  }
}
