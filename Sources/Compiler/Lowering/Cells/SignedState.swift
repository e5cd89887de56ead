import Architectures
import ExactArithmetic
import LSRL

/// A state kept by units that are never negative: s = s⁺ − s⁻, and
///
///     [s⁺; s⁻] ← σ([A −A; −A A] [s⁺; s⁻] + [B; −B] x + [b; −b])
///
/// from (σ(s₀), σ(−s₀)). Units that enclosures prove to be zero are left out.
///
/// Source: arXiv 2406.01424, Eq. 11; its initial values must differ by s₀, which [s₀; −s₀] do not.
struct SignedState {
  let layer: RNNLayer

  /// h ↦ s.
  let wire: AffineMap

  /// `ranges`: enclosures of s after each update.
  init(
    _ state: LinState, reading value: AffineMap, _ ranges: [Interval],
    _ start: LoweringOptions.InitialState
  ) {
    let isShifted = start == .shifted
    let known = zip(ranges, state.initial).map { range, initial in
      isShifted ? range - Interval(initial) : range.union(Interval(initial))
    }
    let units = SignedCoordinate.units(of: known)
    let entering = (isShifted ? state.inputFromZero : state.input).composed(after: value)

    var places = [[Matrix.Entry]](repeating: [], count: state.dimension)
    for (place, unit) in units.enumerated() {
      places[unit.coordinate].append(Matrix.Entry(column: place, value: unit.sign))
    }
    let recurrence = units.map { unit in
      state.recurrence.row(unit.coordinate).flatMap { entry in
        places[entry.column].map {
          Matrix.Entry(column: $0.column, value: unit.sign * entry.value * $0.value)
        }
      }.sorted { $0.column < $1.column }
    }
    layer = RNNLayer(
      RecurrentMap(
        input: entering.signed(units),
        recurrence: Matrix(columnCount: units.count, rows: recurrence)),
      initial: units.map { isShifted ? 0 : (state.initial[$0.coordinate] * $0.sign).positivePart })
    wire = AffineMap(
      Matrix(columnCount: units.count, rows: places),
      offset: isShifted ? state.initial : Array(repeating: 0, count: state.dimension))
  }
}

/// The positive or the negative part of a coordinate.
struct SignedCoordinate: Hashable {
  let coordinate: Int

  /// 1 or −1.
  let sign: Rational

  /// The parts that are not known to be zero: the positive ones, then the negative ones.
  static func units(of ranges: [Interval]) -> [SignedCoordinate] {
    [1, -1].flatMap { sign in
      ranges.indices.filter { ranges[$0].signs.contains(sign) }
        .map { SignedCoordinate(coordinate: $0, sign: sign) }
    }
  }
}

extension AffineMap {
  /// For each unit its coordinate of self(x), times its sign.
  func signed(_ units: [SignedCoordinate]) -> AffineMap {
    AffineMap(rows: units.map { row($0.coordinate).scaled(by: $0.sign) }, of: inputDimension)
  }

  init(rows: [AffineRow], of inputDimension: Int) {
    self.init(
      Matrix(columnCount: inputDimension, rows: rows.map { Array($0.entries) }),
      offset: rows.map(\.offset))
  }
}
