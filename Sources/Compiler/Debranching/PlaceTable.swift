import ExactArithmetic

/// Values with a number that equal ones share, and that costs less than a hash.
protocol Sketched: Equatable {
  var sketch: UInt64 { get }
}

/// Numbers different values in the order in which they come: 0, 1, 2, …
struct PlaceTable<Key: Sketched> {
  private var keys: [Key] = []
  private var sketches: [UInt64] = []

  /// By sketch, the last key that has it; built when there are many.
  private var last: [UInt64: Int] = [:]

  /// By key, the one before it with the same sketch.
  private var previous: [Int?] = []

  /// So many are looked through one by one.
  private static var few: Int { 16 }

  init() {}

  /// The number of `key`, which is new if it is the count of those before.
  mutating func place(of key: Key) -> Int {
    let sketch = key.sketch
    if keys.count <= Self.few {
      for index in keys.indices where sketches[index] == sketch && keys[index] == key {
        return index
      }
      if keys.count == Self.few { for index in keys.indices { enter(sketches[index], index) } }
    } else {
      var candidate = last[sketch]
      while let index = candidate {
        if keys[index] == key { return index }
        candidate = previous[index]
      }
    }
    keys.append(key)
    sketches.append(sketch)
    if keys.count > Self.few { enter(sketch, keys.count - 1) }
    return keys.count - 1
  }

  private mutating func enter(_ sketch: UInt64, _ index: Int) {
    previous.append(last[sketch])
    last[sketch] = index
  }
}

extension AffineRow: Sketched {
  var sketch: UInt64 {
    var sketch = Sketch()
    sketch.add(entries)
    sketch.add(offset.sketch)
    return sketch.value
  }
}

extension AffineMap: Sketched {
  var sketch: UInt64 {
    var sketch = Sketch()
    for index in 0..<outputDimension {
      sketch.add(matrix.row(index))
      sketch.add(offset[index].sketch)
    }
    return sketch.value
  }
}
