import ExactArithmetic

/// One coordinate of an affine map: x ↦ a·x + c.
struct AffineRow: Hashable {
  var entries: [Matrix.Entry]
  var offset: Rational

  var isConstant: Bool { entries.isEmpty }

  /// The first coefficient that is not zero, the offset's last; zero for the row that is zero.
  var leading: Rational { entries.first?.value ?? offset }

  func scaled(by factor: Rational) -> AffineRow {
    AffineRow(
      entries: entries.map { Matrix.Entry(column: $0.column, value: $0.value * factor) },
      offset: offset * factor)
  }
}

extension AffineMap {
  func row(_ index: Int) -> AffineRow {
    AffineRow(entries: Array(matrix.row(index)), offset: offset[index])
  }
}

/// Which coordinates of an event need computing, and how the rest follows from them.
struct Sharing<Key: Hashable> {
  private enum Coordinate {
    case constant(Rational)
    case multiple(of: Int, by: Rational)
  }

  private var coordinates: [Coordinate] = []
  private var places: [Key: Int] = [:]
  private var scales: [Rational] = []

  /// The coordinates that stay, ascending.
  private(set) var kept: [Int] = []

  /// The next coordinate is `scale` times what the key stands for. `scale` is not zero.
  mutating func add(_ key: Key, times scale: Rational) {
    if let place = places[key] {
      coordinates.append(.multiple(of: place, by: scale / scales[place]))
    } else {
      places[key] = kept.count
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
    var rows: [[Matrix.Entry]] = []
    var offset: [Rational] = []
    for coordinate in coordinates {
      switch coordinate {
      case .constant(let value):
        rows.append([])
        offset.append(value)
      case .multiple(let place, let scale):
        rows.append([Matrix.Entry(column: place, value: scale)])
        offset.append(0)
      }
    }
    return AffineMap(Matrix(columnCount: kept.count, rows: rows), offset: offset)
  }
}
