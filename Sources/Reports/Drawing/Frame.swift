/// The rectangle that a plot is drawn in, with its axes.
struct Frame {
  static let width = 420.0

  let x: Scale
  let y: Scale
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double

  /// Grid, axes, ticks and labels.
  func markup(xTitle: String, yTitle: String?, yTicks: Int = 6, xTicks: Int = 6) -> [Markup] {
    var grid = ""
    var labels: [Markup] = []
    for tick in x.ticks(xTicks) {
      grid += "M\(tick.position.pixels) \(top.pixels)V\(bottom.pixels)"
      labels.append(.label(tick.label, tick.position, bottom + 13, anchor: "middle", kind: "small"))
    }
    if let yTitle {
      for tick in y.ticks(yTicks) {
        grid += "M\(left.pixels) \(tick.position.pixels)H\(right.pixels)"
        labels.append(
          .label(tick.label, left - 5, tick.position + 3.5, anchor: "end", kind: "small"))
      }
      labels.append(
        .label(yTitle, 11, (top + bottom) / 2, anchor: "middle", turned: true))
    }
    labels.append(.label(xTitle, (left + right) / 2, bottom + 28, anchor: "middle"))
    var axes = "M\(left.pixels) \(top.pixels)V\(bottom.pixels)H\(right.pixels)"
    if yTitle != nil {
      for place in y.breaks {
        axes += "M\((left - 4).pixels) \((place + 2).pixels)l8 -4"
      }
    }
    for place in x.breaks { axes += "M\((place - 2).pixels) \((bottom + 4).pixels)l4 -8" }
    return [.path(grid, "grid"), .path(axes, "axis")] + labels
  }
}

/// What stands beside each sample in a legend.
struct Legend {
  struct Entry {
    let name: String

    /// Drawn from `x` to `x` + 26 about `y`.
    let sample: (_ x: Double, _ y: Double) -> [Markup]
  }

  let entries: [Entry]

  private static let rowHeight = 16.0

  /// Places entries in lines of the frame's width.
  private var places: [(x: Double, row: Int)] {
    var x = 10.0
    var row = 0
    return entries.map { entry in
      let width = 34 + Double(Legend.shown(entry.name).count) * 6 + 14
      if x > 10, x + width > Frame.width {
        x = 10
        row += 1
      }
      defer { x += width }
      return (x, row)
    }
  }

  private static func shown(_ name: String) -> String { name.clipped(60) }

  var height: Double { Double((places.last?.row ?? -1) + 1) * Legend.rowHeight }

  func markup(below top: Double) -> [Markup] {
    zip(entries, places).flatMap { entry, place in
      let y = top + Double(place.row) * Legend.rowHeight + 8
      return entry.sample(place.x, y)
        + [.label(Legend.shown(entry.name), place.x + 32, y + 3.5)]
    }
  }
}
