import Architectures
import ExactArithmetic
import LSRL

/// One cell for each ReLU, state and multiplication. Maps that are not named are zero.
///
/// - ReLU and state: i = g = 1, f = 0, so c = 1, and h = o: the output gate is a recurrent ReLU
///   layer (`SignedState`). d units, and 2d.
/// - State in the cell, for a diagonal A ≥ 0, if options say so: o = i = 1, f = A, and
///   c ← A c + σ(±(B x + b)), from c = σ(±s₀). Each of the two parts is a sum of what came in, never
///   negative, and s is their difference. 2d units.
/// - Product: i and g are parts of the factors (`ProductTerms`), f = 0, o = 1: h = c = i ⊙ g. 4d
///   units, fewer where signs are known.
///
/// Source: arXiv 2406.01424, appendix D, for the gates' roles; there states start at zero and
/// factors are nonnegative.
struct LSTMPrimitives: CellPrimitives {
  let architecture = Architecture.lstm
  let options: LoweringOptions

  init(_ options: LoweringOptions) { self.options = options }

  func cell(_ layer: RNNLayer) -> Layer {
    let gates = ConstantGates(size: layer.size, inputDimension: layer.inputDimension)
    return .lstm(
      LSTMLayer(
        forget: gates.all(0), input: gates.all(1), output: layer.map, candidate: gates.all(1),
        initialHidden: layer.initial, initialCell: gates.zeros))
  }

  func state(_ state: LinState, reading value: WireValue, _ ranges: [Interval]) -> Cells {
    if options.keepsStatesInCell, let decays = state.recurrence.nonnegativeDiagonal {
      return stateInCell(state, decays, reading: value)
    }
    let signed = SignedState(state, reading: value.map, ranges, options.initialState)
    if signed.layer.size == 0 { return .constant(state.initial, reading: value) }
    return Cells(
      layers: [cell(signed.layer)], wire: signed.wire,
      note: options.keepsStatesInCell ? "a state in h" : nil)
  }

  private func stateInCell(
    _ state: LinState, _ decays: [Rational], reading value: WireValue
  ) -> Cells {
    let isShifted = options.initialState == .shifted
    let input = isShifted ? state.inputFromZero : state.input
    let start = isShifted ? Array(repeating: 0, count: state.dimension) : state.initial
    let known = zip(input(value.ranges), start).map { $0.union(Interval($1)) }
    let units = SignedCoordinate.units(of: known)
    if units.isEmpty { return .constant(state.initial, reading: value) }
    let gates = ConstantGates(size: units.count, inputDimension: value.map.inputDimension)
    let layer = LSTMLayer(
      forget: .constant(units.map { decays[$0.coordinate] }, reading: gates.inputDimension),
      input: gates.all(1), output: gates.all(1),
      candidate: RecurrentMap(input: input.composed(after: value.map).signed(units)),
      initialHidden: gates.zeros,
      initialCell: units.map { (start[$0.coordinate] * $0.sign).positivePart })
    var rows = [[Matrix.Entry]](repeating: [], count: state.dimension)
    for (place, unit) in units.enumerated() {
      rows[unit.coordinate].append(Matrix.Entry(column: place, value: unit.sign))
    }
    let wire = AffineMap(
      Matrix(columnCount: units.count, rows: rows),
      offset: zip(state.initial, start).map { $0 - $1 })
    return Cells(layers: [.lstm(layer)], wire: wire, note: "a state in c")
  }

  func product(of value: WireValue) -> Cells? {
    let product = ProductTerms(value.ranges)
    let terms = product.terms
    let zeros = [Rational](repeating: 0, count: product.dimension)
    if terms.isEmpty { return .constant(zeros, reading: value) }
    let gates = ConstantGates(size: terms.count, inputDimension: value.map.inputDimension)
    let layer = LSTMLayer(
      forget: gates.all(0),
      input: RecurrentMap(input: value.map.signed(terms.map { product.parts[$0.gate] })),
      output: gates.all(1),
      candidate: RecurrentMap(input: value.map.signed(terms.map { product.parts[$0.value] })),
      initialHidden: gates.zeros, initialCell: gates.zeros)
    var rows = [[Matrix.Entry]](repeating: [], count: product.dimension)
    for (place, term) in terms.enumerated() {
      rows[term.output].append(Matrix.Entry(column: place, value: term.sign))
    }
    return Cells(
      layers: [.lstm(layer)], wire: AffineMap(Matrix(columnCount: terms.count, rows: rows)))
  }
}

/// Gates that do not depend on anything.
struct ConstantGates {
  let size: Int
  let inputDimension: Int

  func all(_ value: Rational) -> RecurrentMap {
    .constant(Array(repeating: value, count: size), reading: inputDimension)
  }

  var zeros: [Rational] { Array(repeating: 0, count: size) }
}

extension Matrix {
  /// The diagonal, if nothing is beside it and nothing on it is negative.
  fileprivate var nonnegativeDiagonal: [Rational]? {
    var diagonal: [Rational] = []
    for (index, row) in rows.enumerated() {
      guard row.allSatisfy({ $0.column == index && $0.value >= 0 }) else { return nil }
      diagonal.append(row.first?.value ?? 0)
    }
    return diagonal
  }
}
