extension Plot {
  private static let height = 270.0

  func drawing(named name: String) -> Drawing {
    let frame = frame
    let legend = Legend(entries: legendEntries)
    let bottom = frame.bottom + 36
    var content = frame.markup(xTitle: x.title, yTitle: y.title)
    content += markup(of: levels, in: frame)
    content.append(.tag("g", series.flatMap { $0.markup(in: frame) }))
    content += legend.markup(below: bottom)
    return Drawing(
      width: Frame.width, height: bottom + legend.height + 4, name: name, title: title,
      description: description, content: content)
  }

  private var frame: Frame {
    let points = series.flatMap(\.points)
    let (left, right, top, bottom) = (58.0, Frame.width - 12, 10.0, Plot.height - 40)
    // Steps reach half a token beyond the first and the last.
    let reach = series.contains { $0.mark == .steps || $0.mark == .band } ? 0.5 : 0
    var across = points.map(\.x)
    if reach > 0, let least = across.min(), let most = across.max() {
      across += [least - reach, most + reach]
    }
    return Frame(
      x: Scale(x, across, from: left + 4, to: right - 4, isCounted: reach > 0),
      y: Scale(y, points.map(\.y) + levels.map(\.y), from: bottom - 4, to: top + 4),
      left: left, right: right, top: top, bottom: bottom)
  }

  /// Names stand on their lines, or below where the next line above is near.
  private func markup(of levels: [Level], in frame: Frame) -> [Markup] {
    var above = -Double.infinity
    return levels.sorted { $0.y > $1.y }.flatMap { level -> [Markup] in
      guard let y = frame.y.position(level.y) else { return [] }
      let place = y - above < 22 ? y + 10 : y - 3
      above = y
      return [
        .path("M\(frame.left.pixels) \(y.pixels)H\(frame.right.pixels)", "level"),
        .label(level.name, frame.right - 3, place, anchor: "end", kind: "small halo"),
      ]
    }
  }

  /// One for all series of a hue: "written" for "written: bound" and "written: observed".
  private var legendEntries: [Legend.Entry] {
    var order: [Int] = []
    for series in series where !order.contains(series.hue) { order.append(series.hue) }
    return order.map { hue in
      let mine = series.filter { $0.hue == hue }
      var names: [String] = []
      for series in mine where !names.contains(series.family) { names.append(series.family) }
      return Legend.Entry(name: names.joined(separator: ", ")) { x, y in
        mine.flatMap { $0.sample(x, y) }
      }
    }
  }

  /// What is seen, in words.
  private var description: String {
    let parts = series.map { series -> String in
      let values = series.points.map(\.y).filter { !$0.isNaN }
      guard let least = values.min(), let most = values.max() else {
        return "\(series.name): no points"
      }
      return least == most
        ? "\(series.name): \(least.shown) everywhere"
        : "\(series.name): from \(least.shown) to \(most.shown)"
    }
    return "\(y.title) against \(x.title). " + parts.joined(separator: ". ") + "."
  }
}

extension Plot.Series {
  /// What stands before a colon.
  fileprivate var family: String { String(name.prefix { $0 != ":" }) }

  fileprivate func sample(_ x: Double, _ y: Double) -> [Markup] {
    let hue = SeriesStyle.hue(hue)
    let line = Markup.path(
      "M\(x.pixels) \(y.pixels)h26", "series s\(hue)", dashes: SeriesStyle.dashes(hue))
    switch mark {
    case .line, .steps: return [line]
    case .band: return [.path("M\(x.pixels) \(y.pixels)h26v6h-26Z", "band f\(hue)"), line]
    case .points: return [.path(SeriesStyle.point(hue, x + 13, y), "mark hollow s\(hue)")]
    }
  }

  fileprivate func markup(in frame: Frame) -> [Markup] {
    let hue = SeriesStyle.hue(self.hue)
    let places = thinned(in: frame)
    switch mark {
    case .points:
      let path = places.map { SeriesStyle.point(hue, $0.x, $0.y) }.joined()
      return path.isEmpty ? [] : [.path(path, "mark hollow s\(hue)")]
    case .line:
      return lines(through: places, in: frame, hue)
    case .steps, .band:
      let outline = steps(places, in: frame)
      guard mark == .band, let first = outline.first, let last = outline.last else {
        return line(through: outline, hue)
      }
      let area =
        "M\(first.0.pixels) \(frame.bottom.pixels)"
        + outline.map { "L\($0.0.pixels) \($0.1.pixels)" }.joined()
        + "L\(last.0.pixels) \(frame.bottom.pixels)Z"
      return [.path(area, "band f\(hue)")] + line(through: outline, hue)
    }
  }

  private func line(through places: [(Double, Double)], _ hue: Int) -> [Markup] {
    guard let first = places.first else { return [] }
    let path =
      "M\(first.0.pixels) \(first.1.pixels)"
      + places.dropFirst().map { "L\($0.0.pixels) \($0.1.pixels)" }.joined()
    return [.path(path, "series s\(hue)", dashes: SeriesStyle.dashes(hue))]
  }

  /// What is infinite stands apart, at its place beyond the end of the axis.
  private func lines(
    through places: [(x: Double, y: Double)], in frame: Frame, _ hue: Int
  ) -> [Markup] {
    var parts: [[(Double, Double)]] = [[]]
    for place in places {
      if place.y == frame.y.infinity {
        parts += [[(place.x - 5, place.y), (place.x + 5, place.y)], []]
      } else {
        parts[parts.count - 1].append((place.x, place.y))
      }
    }
    return parts.flatMap { line(through: $0, hue) }
  }

  /// Points as pixels: of those in one column of pixels the lowest and the highest, where there
  /// are too many to tell apart.
  private func thinned(in frame: Frame) -> [(x: Double, y: Double)] {
    let places = points.compactMap { point -> (x: Double, y: Double)? in
      guard let x = frame.x.position(point.x), let y = frame.y.position(point.y) else {
        return nil
      }
      return (x, y)
    }
    guard places.count > 800 else { return places }
    var kept: [(x: Double, y: Double)] = []
    var column: [(x: Double, y: Double)] = []
    func close() {
      guard let least = column.indices.min(by: { column[$0].y < column[$1].y }),
        let most = column.indices.max(by: { column[$0].y < column[$1].y })
      else { return }
      kept += Set([least, most]).sorted().map { column[$0] }
      column = []
    }
    for place in places {
      if let first = column.first, (place.x - first.x).magnitude >= 1 { close() }
      column.append(place)
    }
    close()
    return kept
  }

  /// Level from half way to the point before to half way to the next.
  private func steps(
    _ places: [(x: Double, y: Double)], in frame: Frame
  ) -> [(Double, Double)] {
    guard places.count > 1 else {
      return places.flatMap { [($0.x - 8, $0.y), ($0.x + 8, $0.y)] }
    }
    let last = places.count - 1
    var outline: [(Double, Double)] = []
    for (index, place) in places.enumerated() {
      let before = index > 0 ? (places[index - 1].x + place.x) / 2 : nil
      let after = index < last ? (place.x + places[index + 1].x) / 2 : nil
      outline.append((before ?? 2 * place.x - (after ?? place.x), place.y))
      outline.append((after ?? 2 * place.x - (before ?? place.x), place.y))
    }
    return outline
  }
}
