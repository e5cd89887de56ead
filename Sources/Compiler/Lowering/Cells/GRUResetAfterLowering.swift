import Architectures
import ExactArithmetic
import LSRL

/// One cell for each ReLU (d units) and each state (2d units, `SignedState`): z = 0 and r = 1, so h
/// is the candidate, which is a recurrent ReLU layer.
///
/// A product is a sum of terms P Q of parts that are never negative (`ProductTerms`), each of two
/// units; at most 8d. A cell before it makes the parts.
///
/// - Bounded, for 0 ≤ P ≤ V: with g = P/V,
///
///       h ← (1 − g) h + g Q         z = 1 − g, n = Q
///       κ ← (1 − g) h               z = 0, n = r_κ · (the last h), with r_κ = 1 − g
///
///   and P Q = V (h − κ), with h and κ from 0 to the largest Q there was. Where all terms are
///   bounded, the cell before only rectifies the parts, with at most 4d units, and is not needed
///   where signs are known.
///
/// - Alternating, for parts without a known bound. As z = σ(…) keeps the state, h ← P Q + …, which
///   needs 1 − z = P, takes a bound; but z = 1 + P gives h ← −P Q + (1 + P) h for n = Q, which is
///   −P Q if h was 0 before. So two units take turns: on its beat a unit multiplies, on the other
///   beat it goes back to 0 by z = n = 0.
///
///   The cell before has a clock c ← 1 − c from 0, that is n = 1 − c, and lets parts through on one
///   of the two beats only. There r does the multiplication, and by a bit: z = 0, r = the part,
///   U_n h + c_n = 1 − c or c, so n = P · (1 − c) or P · c with the last c. Then, with P₀, Q₀, P₁,
///   Q₁ for what is let through and c for the new value of the clock, 1 on the first beat,
///
///       h₀ ← −P₀ Q₀ + (1 + P₀) h₀   on the first beat, 0 on the second:    z = P₀ + c, n = Q₀
///       h₁ ← 0 on the first beat, −P₁ Q₁ + (1 + P₁) h₁ on the second:      z = P₁ + 1 − c, n = Q₁
///
///   On the first beat h₀ is 0 before (it is 0 at the start, and each second beat leaves z = n = 0),
///   so h₀ = −P Q and h₁ = 0; on the second beat the other way round. P Q = −(h₀ + h₁) always, no
///   bound is needed, and nothing grows: each unit is at most one product.
///
///   The cell before has two units for each of the at most 4d parts, and the clock.
///
/// Source: none. Appendix C of arXiv 2406.01424 has the other form of the unit.
struct GRUResetAfterPrimitives: CellPrimitives {
  let architecture = Architecture.gruResetAfter
  let options: LoweringOptions

  init(_ options: LoweringOptions) { self.options = options }

  func cell(_ layer: RNNLayer) -> Layer {
    let gates = ConstantGates(size: layer.size, inputDimension: layer.inputDimension)
    return .gruResetAfter(
      GRUResetAfterLayer(
        update: gates.all(0), reset: gates.all(1), candidateInput: layer.map.input,
        candidateState: AffineMap(layer.map.recurrence), initial: layer.initial))
  }

  func product(of value: WireValue) -> Cells? {
    let product = ProductTerms(value.ranges)
    let terms = product.terms
    let zeros = [Rational](repeating: 0, count: product.dimension)
    if terms.isEmpty { return .constant(zeros, reading: value) }
    let parts = value.map.signed(product.parts)
    var layers: [Layer] = []
    if terms.allSatisfy({ $0.bound != nil }) {
      if !product.areSignsKnown { layers.append(cell(.rectifying(parts))) }
      let isDirect = layers.isEmpty
      let read = isDirect ? parts : .identity(parts.outputDimension)
      var units = ResetAfterUnits(reading: read.inputDimension)
      for term in terms { units.multiply(term, read.row(term.gate), read.row(term.value)) }
      layers.append(units.layer)
    } else {
      let beats = BeatParts(terms, of: parts)
      layers.append(beats.layer)
      layers.append(beats.multiplying(terms))
    }
    var rows = [[Matrix.Entry]](repeating: [], count: product.dimension)
    for (index, term) in terms.enumerated() {
      // V (h − κ) or −(h₀ + h₁).
      let second = -term.sign * (term.bound ?? 1)
      let first = term.bound == nil ? second : -second
      rows[term.output] += [
        Matrix.Entry(column: 2 * index, value: first),
        Matrix.Entry(column: 2 * index + 1, value: second),
      ]
    }
    return Cells(
      layers: layers, wire: AffineMap(Matrix(columnCount: 2 * terms.count, rows: rows)),
      note: product.note(unbounded: "alternating", cells: layers.count))
  }
}

/// The units of a cell under construction, with z, r and both sides of the candidate for each.
private struct ResetAfterUnits {
  private var update: UnitRows
  private var reset: UnitRows
  private var input: UnitRows
  private var state: [AffineRow] = []

  init(reading inputDimension: Int) {
    update = UnitRows(reading: inputDimension)
    reset = update
    input = update
  }

  var count: Int { update.count }

  mutating func append(
    z: AffineRow, r: AffineRow = .constant(1), reading input: AffineRow = .constant(0),
    seeing state: AffineRow = .constant(0)
  ) {
    update.append(z)
    reset.append(r)
    self.input.append(input)
    self.state.append(state)
  }

  /// h and κ of a bounded term.
  mutating func multiply(_ term: ProductTerms.Term, _ gate: AffineRow, _ value: AffineRow) {
    guard let bound = term.bound else { preconditionFailure("a term without a bound") }
    let kept = gate.scaled(by: -1 / bound) + 1
    let last = AffineRow.coordinate(count)
    append(z: kept, reading: value)
    append(z: .constant(0), r: kept, seeing: last)
  }

  var layer: Layer {
    .gruResetAfter(
      GRUResetAfterLayer(
        update: update.map, reset: reset.map, candidateInput: input.input,
        candidateState: AffineMap(rows: state, of: count),
        initial: Array(repeating: 0, count: count)))
  }
}

/// The cell that lets parts through, at all times for bounded terms, on one of two beats for the
/// others.
private struct BeatParts {
  let layer: Layer
  private let count: Int

  /// Where each part is.
  private var always: [Int: Int] = [:]
  private var onBeats: [Int: Int] = [:]

  init(_ terms: [ProductTerms.Term], of parts: AffineMap) {
    var units = ResetAfterUnits(reading: parts.inputDimension)
    let clock = 0
    let running = AffineRow.coordinate(clock)
    let waiting = running.scaled(by: -1) + 1
    units.append(z: .constant(0), seeing: waiting)
    for term in terms {
      for part in [term.gate, term.value] {
        if term.bound != nil, always[part] == nil {
          always[part] = units.count
          units.append(z: .constant(0), reading: parts.row(part))
        }
        if term.bound == nil, onBeats[part] == nil {
          onBeats[part] = units.count
          units.append(z: .constant(0), r: parts.row(part), seeing: waiting)
          units.append(z: .constant(0), r: parts.row(part), seeing: running)
        }
      }
    }
    layer = units.layer
    count = units.count
  }

  /// The cell behind it: two units for each term.
  func multiplying(_ terms: [ProductTerms.Term]) -> Layer {
    var units = ResetAfterUnits(reading: count)
    func place(_ part: Int, _ places: [Int: Int]) -> Int {
      guard let place = places[part] else { preconditionFailure("part \(part) is nowhere") }
      return place
    }
    for term in terms {
      guard term.bound == nil else {
        units.multiply(
          term, .coordinate(place(term.gate, always)), .coordinate(place(term.value, always)))
        continue
      }
      let gate = place(term.gate, onBeats)
      let value = place(term.value, onBeats)
      func row(_ sign: Rational, _ gate: Int) -> AffineRow {
        AffineRow(
          entries: [Matrix.Entry(column: 0, value: sign), Matrix.Entry(column: gate, value: 1)],
          offset: 0)
      }
      units.append(z: row(1, gate), reading: .coordinate(value))
      units.append(z: row(-1, gate + 1) + 1, reading: .coordinate(value + 1))
    }
    return units.layer
  }
}
