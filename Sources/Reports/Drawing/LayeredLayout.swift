/// Places the nodes of a graph without cycles in layers, so that edges go down and cross little.
///
/// After Sugiyama, Tagawa and Toda (1981): each node one layer below the lowest that it reads, long
/// edges through places of their own, layers sorted by the middle of their neighbours, a few times
/// down and up.
struct LayeredLayout {
  struct Place {
    var x = 0.0
    var layer = 0
  }

  /// By node.
  private(set) var places: [Place]

  /// For each edge the x at each layer that it passes, from its source's to its target's.
  private(set) var edges: [(source: Int, target: Int, xs: [Double])] = []
  private(set) var width = 0.0
  private(set) var layerCount = 0

  /// More places on the way of long edges than this are too many to draw.
  private static let mostPlaces = 4_000

  /// `inputs[v]` are the nodes that v reads, all less than v. Nil if that is too much to draw.
  init?(widths: [Double], inputs: [[Int]], gap: Double = 16) {
    var layers = [Int](repeating: 0, count: widths.count)
    for (node, sources) in inputs.enumerated() {
      layers[node] = (sources.map { layers[$0] }.max() ?? -1) + 1
    }
    var ordering = LayerOrdering(widths: widths, layers: layers, gap: gap)
    var routes: [(source: Int, target: Int, route: [Int])] = []
    for (node, sources) in inputs.enumerated() {
      for source in Set(sources).sorted() {
        let passed = (layers[source] + 1)..<max(layers[source] + 1, layers[node])
        guard ordering.count + passed.count <= widths.count + LayeredLayout.mostPlaces else {
          return nil
        }
        let route = [source] + passed.map { ordering.addPlace(in: $0) } + [node]
        for (upper, lower) in zip(route, route.dropFirst()) { ordering.connect(upper, lower) }
        routes.append((source, node, route))
      }
    }
    ordering.reduceCrossings()
    let xs = ordering.coordinates()
    places = layers.indices.map { Place(x: xs[$0], layer: layers[$0]) }
    edges = routes.map { route in (route.source, route.target, route.route.map { xs[$0] }) }
    layerCount = (layers.max() ?? -1) + 1
    width = ordering.width(xs)
    let left = ordering.left(xs)
    for index in places.indices { places[index].x -= left }
    for index in edges.indices { edges[index].xs = edges[index].xs.map { $0 - left } }
  }
}

/// Nodes and the places of edges, in the order in which they stand in their layers.
private struct LayerOrdering {
  private var widths: [Double]
  private var above: [[Int]]
  private var below: [[Int]]
  private var rows: [[Int]]
  private let gap: Double

  init(widths: [Double], layers: [Int], gap: Double) {
    self.widths = widths
    self.gap = gap
    above = Array(repeating: [], count: widths.count)
    below = above
    rows = Array(repeating: [], count: (layers.max() ?? -1) + 1)
    for (node, layer) in layers.enumerated() { rows[layer].append(node) }
  }

  var count: Int { widths.count }

  mutating func addPlace(in layer: Int) -> Int {
    widths.append(2)
    above.append([])
    below.append([])
    rows[layer].append(count - 1)
    return count - 1
  }

  mutating func connect(_ upper: Int, _ lower: Int) {
    below[upper].append(lower)
    above[lower].append(upper)
  }

  mutating func reduceCrossings() {
    var best = rows
    var least = crossings
    for round in 0..<12 where least > 0 {
      let order = round.isMultiple(of: 2) ? Array(rows.indices) : rows.indices.reversed()
      for row in order { sort(row, by: round.isMultiple(of: 2) ? above : below) }
      let found = crossings
      if found < least { (best, least) = (rows, found) }
    }
    rows = best
  }

  /// What has no neighbours on that side keeps its place.
  private mutating func sort(_ row: Int, by neighbours: [[Int]]) {
    let positions = positions
    let keys = rows[row].enumerated().map { index, place -> (Double, Int) in
      let others = neighbours[place].map { Double(positions[$0]) }
      return (others.isEmpty ? Double(index) : others.reduce(0, +) / Double(others.count), index)
    }
    rows[row] = keys.sorted { $0 < $1 }.map { rows[row][$0.1] }
  }

  private var positions: [Int] {
    var positions = [Int](repeating: 0, count: count)
    for row in rows { for (index, place) in row.enumerated() { positions[place] = index } }
    return positions
  }

  /// Pairs of edges between neighbouring layers that cross.
  private var crossings: Int {
    let positions = positions
    var sum = 0
    for row in rows {
      let ends = row.flatMap { place in below[place].map { positions[$0] }.sorted() }
      // Insertion into what is sorted so far: as many crossings as ends passed.
      var seen: [Int] = []
      for end in ends {
        var low = 0
        var high = seen.count
        while low < high {
          let middle = (low + high) / 2
          if seen[middle] <= end { low = middle + 1 } else { high = middle }
        }
        sum += seen.count - low
        seen.insert(end, at: low)
      }
    }
    return sum
  }

  /// The middle of each place: near the middle of its neighbours, none over another.
  func coordinates() -> [Double] {
    var xs = [Double](repeating: 0, count: count)
    for row in rows { spread(row, row.map { _ in 0 }, &xs) }
    for round in 0..<16 {
      let isDown = round.isMultiple(of: 2)
      let order = isDown ? Array(rows.indices) : rows.indices.reversed()
      for row in order {
        let wanted = rows[row].map { place -> Double in
          let side = isDown ? above[place] : below[place]
          let others = side.isEmpty ? (isDown ? below[place] : above[place]) : side
          guard !others.isEmpty else { return xs[place] }
          return others.reduce(0) { $0 + xs[$1] } / Double(others.count)
        }
        spread(rows[row], wanted, &xs)
      }
    }
    return xs
  }

  /// As near to what is wanted as the order and the widths allow: groups that touch move together.
  private func spread(_ row: [Int], _ wanted: [Double], _ xs: inout [Double]) {
    struct Group {
      var start: Int
      var sum: Double
      var count: Double
      var place: Double { sum / count }
    }
    var groups: [Group] = []
    var offsets: [Double] = []
    for (index, place) in row.enumerated() {
      let half = widths[place] / 2
      let offset =
        index == 0 ? 0 : offsets[index - 1] + widths[row[index - 1]] / 2 + gap + half
      offsets.append(offset)
      groups.append(Group(start: index, sum: wanted[index] - offset, count: 1))
      while groups.count > 1, groups[groups.count - 2].place > groups[groups.count - 1].place {
        let last = groups.removeLast()
        groups[groups.count - 1].sum += last.sum
        groups[groups.count - 1].count += last.count
      }
    }
    for (number, group) in groups.enumerated() {
      let end = number + 1 < groups.count ? groups[number + 1].start : row.count
      for index in group.start..<end { xs[row[index]] = group.place + offsets[index] }
    }
  }

  func left(_ xs: [Double]) -> Double { xs.indices.map { xs[$0] - widths[$0] / 2 }.min() ?? 0 }

  func width(_ xs: [Double]) -> Double {
    (xs.indices.map { xs[$0] + widths[$0] / 2 }.max() ?? 0) - left(xs)
  }
}
