import ExactArithmetic

/// One coordinate of an affine map: x ↦ a·x + c.
struct AffineRow: Hashable {
  var entries: ArraySlice<Matrix.Entry>
  var offset: Rational

  var isConstant: Bool { entries.isEmpty }

  /// The first coefficient that is not zero, the offset's last; zero for the row that is zero.
  var leading: Rational { entries.first?.value ?? offset }

  func scaled(by factor: Rational) -> AffineRow {
    if factor == 1 { return self }
    return AffineRow(
      entries: entries.map { Matrix.Entry(column: $0.column, value: $0.value * factor) }[...],
      offset: offset * factor)
  }
}

extension AffineRow {
  /// That of the row scaled by `factor`, without making it.
  func sketch(scaledBy factor: Rational) -> UInt64 {
    if factor == 1 { return sketch }
    var sketch = Sketch()
    for entry in entries {
      sketch.add(entry.column)
      sketch.add((entry.value * factor).sketch)
    }
    sketch.add((offset * factor).sketch)
    return sketch.value
  }
}

extension [UInt64] {
  /// Whether some are equal: of sketches, whether what they are of may be. Rows are many and hardly
  /// ever shared, so they are looked at this way before anything is made of them.
  var haveRepeats: Bool {
    guard count <= 16 else { return Set(self).count < count }
    return indices.contains { index in self[..<index].contains(self[index]) }
  }
}

extension AffineMap {
  func row(_ index: Int) -> AffineRow {
    AffineRow(entries: matrix.row(index), offset: offset[index])
  }
}

/// Which coordinates of an event need computing, and how the rest follows from them.
struct Sharing<Key: Sketched> {
  private enum Coordinate {
    case constant(Rational)
    case multiple(of: Int, by: Rational)
  }

  private var coordinates: [Coordinate] = []
  private var keys = PlaceTable<Key>()

  /// By key, where among the kept coordinates it is.
  private var places: [Int] = []
  private var scales: [Rational] = []

  /// The coordinates that stay, ascending.
  private(set) var kept: [Int] = []

  init(reserving count: Int) {
    coordinates.reserveCapacity(count)
    places.reserveCapacity(count)
    scales.reserveCapacity(count)
    kept.reserveCapacity(count)
  }

  /// The next coordinate is `scale` times what the key stands for. `scale` is not zero.
  mutating func add(_ key: Key, times scale: Rational) {
    let place = keys.place(of: key)
    if places.indices.contains(place) {
      let kept = places[place]
      coordinates.append(.multiple(of: kept, by: scale / scales[kept]))
    } else {
      places.append(kept.count)
      keep(scale)
    }
  }

  /// The next coordinate is always `value`. Of nothing but constants the last one is kept all the
  /// same, as there is no vector of dimension 0; hence `isLast`.
  mutating func add(constant value: Rational, isLast: Bool) {
    if isLast, kept.isEmpty { keep(1) } else { coordinates.append(.constant(value)) }
  }

  private mutating func keep(_ scale: Rational) {
    coordinates.append(.multiple(of: kept.count, by: 1))
    kept.append(coordinates.count - 1)
    scales.append(scale)
  }

  /// Whether anything is gained.
  var saves: Bool { kept.count < coordinates.count }

  /// For each coordinate, the place among the kept ones of that which it is a multiple of.
  var representatives: [Int?] {
    coordinates.map { if case .multiple(let place, _) = $0 { place } else { nil } }
  }

  /// The kept coordinates ↦ all of them.
  var expansion: AffineMap {
    var values: [Matrix.Entry?] = []
    var offset: [Rational] = []
    values.reserveCapacity(coordinates.count)
    offset.reserveCapacity(coordinates.count)
    for coordinate in coordinates {
      switch coordinate {
      case .constant(let value):
        values.append(nil)
        offset.append(value)
      case .multiple(let place, let scale):
        values.append(Matrix.Entry(column: place, value: scale))
        offset.append(0)
      }
    }
    return AffineMap(Matrix(columnCount: kept.count, rowsOfOne: values), offset: offset)
  }
}
