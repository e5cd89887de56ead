extension StripPlot {
  private static let stripHeight = 13.0
  private static let headHeight = 20.0

  func drawing(named name: String) -> Drawing {
    var y = 6.0
    var content: [Markup] = []
    let values = groups.flatMap { $0.strips.flatMap(\.values) }.map { $0.isNaN ? .infinity : $0 }
    let (left, right) = (64.0, Frame.width - 12)
    let scale = Scale(axis, values, from: left + 6, to: right - 6)
    for group in groups {
      content.append(.label(group.name, 6, y + 13, kind: "halo"))
      y += StripPlot.headHeight
      var shown: String?
      for strip in group.strips {
        if shown != nil, strip.row != shown { y += 4 }
        let middle = y + StripPlot.stripHeight / 2
        if strip.row != shown {
          content.append(.label(strip.row, left - 6, middle + 3.5, anchor: "end", kind: "small"))
        }
        content += strip.markup(scale, at: middle)
        shown = strip.row
        y += StripPlot.stripHeight
      }
      y += 6
    }
    let frame = Frame(
      x: scale, y: scale, left: left, right: right, top: 4, bottom: y + 2)
    let legend = Legend(entries: legendEntries)
    let legendTop = frame.bottom + 36
    return Drawing(
      width: Frame.width, height: legendTop + legend.height + 4, name: name, title: title,
      description: description,
      content: frame.markup(xTitle: axis.title, yTitle: nil) + content
        + legend.markup(below: legendTop))
  }

  private var legendEntries: [Legend.Entry] {
    sources.enumerated().map { source, name in
      Legend.Entry(name: name) { x, y in
        [.path(SeriesStyle.point(source, x + 13, y), "mark hollow s\(SeriesStyle.hue(source))")]
      }
    } + [
      Legend.Entry(name: "median") { x, y in
        [.path("M\((x + 13).pixels) \((y - 5).pixels)v10", "median")]
      }
    ]
  }

  private var description: String {
    let parts = groups.map { group in
      "\(group.name): "
        + group.strips.map { strip in
          let source = sources.indices.contains(strip.source) ? sources[strip.source] : ""
          return "\(rowLabel) \(strip.row), \(source) median \((strip.median ?? .nan).shown)"
        }.joined(separator: "; ")
    }
    return "\(axis.title) by \(rowLabel). " + parts.joined(separator: ". ")
  }
}

extension StripPlot.Strip {
  /// Points of about the same place go up and down in turn, so that none hides another.
  fileprivate func markup(_ scale: Scale, at y: Double) -> [Markup] {
    var counts: [Int: Int] = [:]
    let hue = SeriesStyle.hue(source)
    let points = values.compactMap { value -> String? in
      guard let x = scale.position(value.isNaN ? .infinity : value) else { return nil }
      let column = Int((x / 4).rounded())
      let count = counts[column, default: 0]
      counts[column] = count + 1
      let lift = Double((count + 1) / 2 % 4) * 1.4 * (count.isMultiple(of: 2) ? 1 : -1)
      return SeriesStyle.point(hue, x, y + lift)
    }
    var parts: [Markup] = []
    if !points.isEmpty { parts.append(.path(points.joined(), "mark s\(hue)")) }
    if let median, let x = scale.position(median) {
      parts.append(.path("M\(x.pixels) \((y - 6).pixels)v12", "median"))
    }
    return parts
  }
}
