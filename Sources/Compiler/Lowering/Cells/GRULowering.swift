import Architectures
import ExactArithmetic
import LSRL

/// One cell for each ReLU (d units) and each state (2d units, `SignedState`): z = r = 1, so h is
/// the candidate, which is a recurrent ReLU layer.
///
/// A product is a sum of terms P Q of parts that are never negative (`ProductTerms`). A cell
/// before, of at most 4d units, rectifies the parts; it is not needed where signs are known. Then
/// two units for each term, at most 8d, whose difference is the term:
///
/// - Bounded, for 0 ≤ P ≤ V: with g = P/V,
///
///       h ← (1 − g) h + g Q         z = g, n = Q
///       κ ← (1 − g) h               z = 1, n = the last h, seen through r_h = 1 − g
///
///   and P Q = V (h − κ). h and κ stay from 0 to the largest Q there was, as h is an average of Qs
///   and 0.
///
/// - Accumulating, for parts without a known bound:
///
///       h ← (1 − P) h + P (h + Q) = h + P Q        z = P, n = h + Q
///       κ ← h                                      z = 1, n = the last h
///
///   and P Q = h − κ. h is the sum of all P Q so far: exact over the rationals, but it grows.
///
/// Source: none. The gate of arXiv 2406.01424, appendix C.3, does not multiply: for the factors 2
/// and 3 in the first step it gives 0.
struct GRUPrimitives: CellPrimitives {
  let architecture = Architecture.gru
  let options: LoweringOptions

  init(_ options: LoweringOptions) { self.options = options }

  func cell(_ layer: RNNLayer) -> Layer {
    let gates = ConstantGates(size: layer.size, inputDimension: layer.inputDimension)
    return .gru(
      GRULayer(
        update: gates.all(1), reset: gates.all(1), candidate: layer.map, initial: layer.initial))
  }

  func product(of value: WireValue) -> Cells? {
    let product = ProductTerms(value.ranges)
    let terms = product.terms
    let zeros = [Rational](repeating: 0, count: product.dimension)
    if terms.isEmpty { return .constant(zeros, reading: value) }
    var parts = value.map.signed(product.parts)
    var layers: [Layer] = []
    if !product.areSignsKnown {
      layers.append(cell(.rectifying(parts)))
      parts = .identity(product.parts.count)
    }
    layers.append(.gru(GRULayer(multiplying: terms, of: parts)))
    var rows = [[Matrix.Entry]](repeating: [], count: product.dimension)
    for (index, term) in terms.enumerated() {
      let factor = term.sign * (term.bound ?? 1)
      rows[term.output] += [
        Matrix.Entry(column: 2 * index, value: factor),
        Matrix.Entry(column: 2 * index + 1, value: -factor),
      ]
    }
    return Cells(
      layers: layers, wire: AffineMap(Matrix(columnCount: 2 * terms.count, rows: rows)),
      note: product.note(unbounded: "accumulating", cells: layers.count))
  }
}

extension GRULayer {
  /// Units 2k and 2k + 1 are h and κ of term k.
  fileprivate init(multiplying terms: [ProductTerms.Term], of parts: AffineMap) {
    let one = AffineRow.constant(1)
    var update = UnitRows(reading: parts.inputDimension)
    var reset = UnitRows(reading: parts.inputDimension)
    var candidate = UnitRows(reading: parts.inputDimension)
    for term in terms {
      let last = [Matrix.Entry].unit(update.count)
      let value = parts.row(term.value)
      if let bound = term.bound {
        let share = parts.row(term.gate).scaled(by: 1 / bound)
        update.append(share)
        reset.append(share.scaled(by: -1) + 1)
        candidate.append(value)
      } else {
        update.append(parts.row(term.gate))
        reset.append(one)
        candidate.append(value, seeing: last)
      }
      update.append(one)
      reset.append(one)
      candidate.append(.constant(0), seeing: last)
    }
    self.init(
      update: update.map, reset: reset.map, candidate: candidate.map,
      initial: Array(repeating: 0, count: update.count))
  }
}
